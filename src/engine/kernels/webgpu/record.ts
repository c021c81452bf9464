// Records the dispatches of a forward on tfjs's WebGPU backend, so that they can be issued again without tfjs; nothing is computed meanwhile.
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { tidy, type Tensor } from '@tensorflow/tfjs-core';
import { placed, type Given } from '../../networks/question';

interface Dispatched {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly workgroups: readonly [number, number?, number?];
}

export interface Recording {
  readonly dispatches: readonly Dispatched[];
  /** What the inputs are written to, in their order, and where the output comes. */
  readonly inputs: readonly GPUBuffer[];
  readonly output: GPUBuffer;
  /** All buffers that are the recording's alone: inputs, outputs of every dispatch, uniforms. */
  readonly held: readonly GPUBuffer[];
}

/** Where tfjs 4.22 (the last of its line) keeps what it is about to submit. */
interface Inside {
  commandEncoder: unknown;
}

/** Destroyed, not given back: one that memory was too short for would be handed out again. */
export function free({ bufferManager }: WebGPUBackend, held: readonly GPUBuffer[]): void {
  held.forEach((buffer) => bufferManager.releaseBuffer(buffer, false));
}

/** Throws where `run` does what cannot be issued again: reading back, copying what it computed, answering with what is not its own. */
export function record(backend: WebGPUBackend, given: readonly Given[], run: (inputs: readonly Tensor[]) => Tensor): Recording {
  const { bufferManager, device } = backend;
  const inside = backend as unknown as Inside;
  backend.endComputePassEncoder();
  if (inside.commandEncoder) backend.submitQueue();

  const dispatches: Dispatched[] = [];
  let next: Partial<Dispatched> = {};
  const pass = {
    setPipeline: (pipeline: GPUComputePipeline) => (next = { pipeline }),
    setBindGroup: (_: 0, group: GPUBindGroup) => (next = { ...next, group }),
    dispatchWorkgroups: (...workgroups: [number, number, number]) => dispatches.push({ ...next, workgroups } as Dispatched),
    end: () => undefined,
  };
  // Constants are copied into their buffers now, and stay there.
  const uploads = device.createCommandEncoder();
  inside.commandEncoder = {
    beginComputePass: () => pass,
    copyBufferToBuffer(from: GPUBuffer, start: number, to: GPUBuffer, at: number, size: number) {
      if (!(from.usage & GPUBufferUsage.MAP_WRITE)) throw new Error('numbers on the device are copied');
      uploads.copyBufferToBuffer(from, start, to, at, size);
    },
    finish: () => uploads.finish(),
  };
  // What tfjs lets go of is the recording's from now on; what it keeps, as a weight that was not there yet, belongs to others.
  const held: GPUBuffer[] = [];
  const release = bufferManager.releaseBuffer.bind(bufferManager);
  bufferManager.releaseBuffer = (buffer, reuse = true) => (reuse ? void held.push(buffer) : release(buffer, false));
  backend.submitQueue = () => undefined;
  try {
    let ends: unknown[] = [];
    try {
      tidy(() => {
        const inputs = given.map(placed);
        // Nothing that comes of them is computed on the processor then.
        inputs.forEach(({ dataId }) => backend.uploadToGPU(dataId));
        ends = [run(inputs), ...inputs].map(({ dataId }) => backend.tensorMap.get(dataId).resource);
      });
    } finally {
      // The classes' own again.
      Reflect.deleteProperty(backend, 'submitQueue');
      backend.endComputePassEncoder();
      try {
        backend.submitQueue();
      } finally {
        Reflect.deleteProperty(bufferManager, 'releaseBuffer');
      }
    }
    const [output, ...inputs] = ends as [GPUBuffer, ...GPUBuffer[]];
    if (dispatches.length === 0 || ![output, ...inputs].every((buffer) => held.includes(buffer))) throw new Error('not its own output');
    return { dispatches, inputs, output, held };
  } catch (why) {
    free(backend, held);
    throw why;
  }
}
