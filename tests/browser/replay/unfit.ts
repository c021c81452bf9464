// Forwards that cannot be played again.
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { add, backend, mul, tensor, type Tensor } from '@tensorflow/tfjs-core';
import type { Player } from '../../../src/engine/kernels';
import { normals } from '../../../src/engine/noise';

export type Unfit = 'nothing computed' | 'another output' | 'an error';

/** A tensor that they do not make. */
let held: Tensor | undefined;

const unfit: Record<Unfit, (x: Tensor) => Tensor> = {
  'nothing computed': (x) => x.clone(),
  'another output': (x) => {
    add(x, x);
    return held!;
  },
  'an error': (x) => {
    mul(x, x);
    throw new Error('on purpose');
  },
};

/** How often each of three such forwards was computed by the player, and the bytes that it still held then. */
export async function tryUnfit(player: Player, what: Unfit): Promise<{ answers: number; bytes: number }> {
  const { bufferManager } = backend() as unknown as WebGPUBackend;
  held ??= add(tensor(new Float32Array(2048)), 1);
  await held.data();
  const before = bufferManager.numBytesUsed;
  let answers = 0;
  for (let turn = 0; turn < 3; turn++)
    if (await player.play([{ values: normals(1, 0, 2048), shape: [2048] }], ([x]) => unfit[what](x!))) answers++;
  player.clear();
  return { answers, bytes: bufferManager.numBytesUsed - before };
}
