// The racing hall: its name, size, places and needs.
import type { Room } from '../../src/museum/contract';
import { sampling } from './controls';

export default {
  name: 'sampling',
  hue: 8,
  floor: { width: 10, depth: 18, height: 5.2, material: 'terrazzo' },
  stops: [
    { name: 'door', at: [0, -1.2], tall: [0, -0.7], look: [0, 1.5, -15] },
    { name: 'race', at: [0, -2.7], tall: [0, -1], look: [0, 1.35, -9], route: 5 },
    { name: 'samplers', at: [-2, -3.8], tall: [-0.9, -3.8], look: [-4.9, 1.5, -3.8], route: 20 },
    { name: 'podium', at: [1.5, -5.2], tall: [-0.8, -5], look: [4.9, 1.35, -5.4], route: 5 },
    { name: 'repeat', at: [-1.9, -9.8], tall: [0.6, -9.8], look: [-4.9, 1.5, -9.8], route: 20 },
    { name: 'equal', at: [2.3, -9.4], tall: [1.2, -9.4], look: [4.9, 1.5, -9.4] },
    { name: 'quality', at: [1.9, -13.3], tall: [-0.4, -13.3], look: [4.9, 1.5, -13.3], route: 20 },
    { name: 'takeaways', at: [-2.2, -14.4], tall: [-0.6, -14.4], look: [-4.9, 1.7, -14.4], route: 5 },
  ],
  needs: { models: ['digits', 'judge'] },
  controls: sampling,
  story: () => import('./Story'),
  scene: () => import('./Room'),
} satisfies Room;
