// The hall of noise: its name, size, places and needs.
import type { Room } from '../../src/museum/contract';
import { noise } from './controls';

export default {
  name: 'noise',
  hue: 205,
  floor: { width: 10, depth: 12, height: 5, material: 'wood' },
  stops: [
    { name: 'door', at: [0, -1.3], tall: [0, -3.4], look: [0, 2, -12] },
    { name: 'digit', at: [-1.7, -3.9], tall: [0.5, -3.7], look: [-4.9, 1.5, -3.95], route: 20 },
    { name: 'lever', at: [0, -6.7], tall: [0, -4.1], look: [0, 2.3, -11.8], route: 5 },
    { name: 'clean', at: [-2.4, -8.6], tall: [-1.75, -8.1], look: [-4.9, 1.6, -8.6], route: 20 },
    { name: 'schedule', at: [2.4, -8.6], tall: [0.8, -6.1], look: [4.9, 1.6, -8.6], route: 20 },
    { name: 'misconceptions', at: [1.8, -3.5], tall: [-0.8, -3.3], look: [4.9, 1.5, -3.5] },
  ],
  needs: { models: ['digits', 'judge', 'cloud'] },
  controls: noise,
  story: () => import('./Story'),
  scene: () => import('./Room'),
} satisfies Room;
