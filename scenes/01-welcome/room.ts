// The lobby: its name, size, places and needs.
import type { Room } from '../../src/museum/contract';
import { welcome } from './controls';

export default {
  name: 'welcome',
  hue: 38,
  floor: { width: 11, depth: 9, height: 5, material: 'terrazzo' },
  stops: [
    { name: 'door', at: [0, -1.3], tall: [0, -3], look: [0, 2, -9] },
    { name: 'dream', at: [0, -4.7], tall: [0, -3.4], look: [0, 2.15, -8.8], route: 5 },
    { name: 'settings', at: [-2.8, -3.6], tall: [-2, -3.6], look: [-5.4, 1.5, -3.6] },
    { name: 'route', at: [2.8, -3.2], tall: [2.1, -3.2], look: [5.4, 1.5, -3.2] },
    { name: 'device', at: [2.8, -6.6], tall: [2.1, -6.3], look: [5.4, 1.5, -6.6] },
  ],
  needs: { models: ['digits', 'judge'] },
  controls: welcome,
  story: () => import('./Story'),
  scene: () => import('./Room'),
} satisfies Room;
