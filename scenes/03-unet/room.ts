// The hall of the U-Net: its name, size, places and needs.
import type { Room } from '../../src/museum/contract';
import { unet } from './controls';

export default {
  name: 'unet',
  hue: 262,
  floor: { width: 12, depth: 19, height: 6, material: 'terrazzo', pit: { from: 4.4, deep: 2.1 } },
  stops: [
    { name: 'door', at: [0, -0.9], tall: [0, -0.4], look: [0, 2.3, -17] },
    { name: 'blocks', at: [0, -1.25], tall: [-0.68, -2], look: [-0.8, 1.8, -17], route: 5 },
    { name: 'bridge', at: [0, -7.4], tall: [0.42, -7.4], look: [-1.3, -0.6, -17], route: 5 },
    { name: 'bottleneck', at: [0, -16.1], look: [0, -0.85, -18.6], route: 20 },
    { name: 'levers', at: [2.8, -2.4], tall: [2.75, -2.75], look: [6, 1.5, -2.6], route: 20 },
    { name: 'dial', at: [-3, -2.2], tall: [-2.78, -2.2], look: [-6, 1.5, -2.2], route: 20 },
    { name: 'misconceptions', at: [3.7, -3], tall: [3.72, -3.2], look: [3.7, 1.5, 0] },
    { name: 'sizes', at: [-3.7, -3], tall: [-3.72, -3.2], look: [-3.7, 1.5, 0] },
  ],
  needs: { models: ['digits', 'judge'] },
  controls: unet,
  story: () => import('./Story'),
  scene: () => import('./Room'),
} satisfies Room;
