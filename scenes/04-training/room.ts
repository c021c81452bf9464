// The training lab: its name, size, places and needs.
import type { Room } from '../../src/museum/contract';
import { training } from './controls';

export default {
  name: 'training',
  hue: 14,
  floor: { width: 13, depth: 12, height: 5, material: 'terrazzo' },
  stops: [
    { name: 'door', at: [0, -1.3], tall: [0, -1.3], look: [0, 2.1, -12] },
    { name: 'wall', at: [0, -5.1], tall: [0, -4.2], look: [0, 2.2, -11.8], route: 5 },
    { name: 'run', at: [0, -5.5], tall: [-1.05, -6.3], look: [0, 1.3, -11.8], route: 20 },
    { name: 'loss', at: [-1.6, -7.6], tall: [-3.45, -8.05], look: [-6.3, 1.65, -8.05], route: 20 },
    { name: 'rate', at: [-3.7, -3.5], tall: [-2.9, -3.5], look: [-6.2, 1.45, -3.5] },
    { name: 'checkpoints', at: [3.2, -8.3], tall: [2.6, -8.3], look: [6.2, 1.5, -8.3], route: 20 },
    { name: 'file', at: [3.6, -5.7], tall: [3, -5.7], look: [6.2, 1.5, -5.7], route: 20 },
    { name: 'draw', at: [3.5, -3.2], tall: [2.5, -3.2], look: [6.1, 1.45, -3.2] },
    { name: 'cloud', at: [3, -7.7], tall: [2.8, -7.2], look: [4.75, 1.5, -10.3], route: 20 },
  ],
  needs: { models: ['judge'] },
  controls: training,
  story: () => import('./Story'),
  scene: () => import('./Room'),
} satisfies Room;
