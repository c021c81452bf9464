// The racing hall: its name, size, places and needs.
import type { Room } from '../../src/museum/contract';
import { sampling } from './controls';

export default {
  name: 'sampling',
  hue: 152,
  floor: { width: 10, depth: 18, height: 5.2, material: 'terrazzo' },
  stops: [
    { name: 'door', at: [0, -0.9], tall: [0, -0.35], look: [0, 1.75, -13] },
    { name: 'race', at: [0, -1.35], tall: [0, -0.35], look: [0, 2, -9], route: 5 },
    { name: 'samplers', at: [-2, -3.8], tall: [-1.5, -3.3], look: [-4.9, 1.5, -3.75], route: 20 },
    { name: 'podium', at: [0.65, -5.05], tall: [0.6, -5.05], look: [4.9, 1.6, -4.95], route: 20 },
    { name: 'repeat', at: [-1.8, -10.35], tall: [0, -10.35], look: [-4.9, 1.5, -10.35], route: 20 },
    { name: 'equal', at: [1.9, -8.5], tall: [1.2, -8.5], look: [4.9, 1.5, -8.5] },
    { name: 'quality', at: [1.7, -11.8], tall: [-0.1, -11.95], look: [4.9, 1.5, -11.95], route: 20 },
    { name: 'takeaways', at: [0, -14.1], look: [0, 2, -18], route: 20 },
  ],
  needs: { models: ['digits', 'judge'] },
  controls: sampling,
  story: () => import('./Story'),
  scene: () => import('./Room'),
} satisfies Room;
