// The buffers that tfjs's WebGPU backend keeps for the next of their size.
import { findBackend } from '@tensorflow/tfjs-core';

/** What its manager of buffers has inside. A list stays where it is: the manager counts on it. */
interface Pool {
  readonly freeBuffers: ReadonlyMap<string, GPUBuffer[]>;
  numFreeBuffers: number;
  numBytesAllocated: number;
}

/** Gives back what nobody uses: it takes memory from others; and what never got any is kept like all else, and spoils whatever it is given to. */
export function emptyPool(): void {
  const { bufferManager: pool } = findBackend('webgpu') as unknown as { readonly bufferManager: Pool };
  for (const free of pool.freeBuffers.values())
    for (const buffer of free.splice(0)) {
      pool.numFreeBuffers--;
      pool.numBytesAllocated -= buffer.size;
      buffer.destroy();
    }
}
