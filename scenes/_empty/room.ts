// The template's name, size, places and needs: copy the folder to NN-name and change what follows.
import type { Room } from '../../src/museum/contract';
import { empty } from './controls';

export default {
  // The address: #/empty. The folder is NN-empty, and `controls.ts` names the same.
  name: 'empty',
  hue: 140,
  floor: { width: 9, depth: 9, height: 5, material: 'wood' },
  stops: [
    { name: 'door', at: [0, -1.3], look: [0, 1.8, -9] },
    { name: 'picture', at: [0, -4.8], look: [0, 1.8, -8.8] },
  ],
  needs: { models: ['digits'] },
  controls: empty,
  story: () => import('./Story'),
  scene: () => import('./Room'),
} satisfies Room;
