// A graphics device that is only played: tfjs's wasm under the name of webgpu, behind a device that can be lost, hang, or be wrong.
import { env, findBackend, getKernelsForBackend, registerKernel, type KernelBackend } from '@tensorflow/tfjs-core';
import { BufferManager } from '@tensorflow/tfjs-backend-webgpu/dist/buffer_manager';
import { vi } from 'vitest';

env().registerFlag('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', () => 15);

type Read = (dataId: object) => Promise<Float32Array>;

let present: Played;

export interface Played {
  /** Devices opened so far, and those of them that are destroyed. */
  opened: number;
  destroyed: number;
  /** Reading results back never ends. */
  isStuck: boolean;
  /** The most results that were ever read back from one device at one time. */
  most: number;
  /** The buffers of the device that was opened last. */
  buffers: BufferManager;
  /** Results as the device gives them. */
  read: (values: Float32Array) => Float32Array;
  lose(): void;
  /** An error that is not thrown. */
  report(error: object): void;
  /** Memory that runs out: as Dawn tells of it, first that, and then of each thing that was to be made of what it lacks. */
  runShort(): void;
}

/** Plays a graphics card until the test's globals are restored. */
export function play(): Played {
  const played: Played = {
    opened: 0,
    destroyed: 0,
    isStuck: false,
    most: 0,
    buffers: buffersOf(),
    read: (values) => values,
    lose: () => undefined,
    report: () => undefined,
    runShort: () => {
      played.report(new GPUOutOfMemoryError('Failed to allocate memory for a buffer'));
      for (const what of ['Buffer', 'BindGroup', 'CommandBuffer']) played.report(new GPUValidationError(`[Invalid ${what}] is invalid.`));
    },
  };
  // A test may have named its own.
  const classes = globalThis as { GPUOutOfMemoryError?: object; GPUValidationError?: object };
  vi.stubGlobal('GPUOutOfMemoryError', classes.GPUOutOfMemoryError ?? class extends Error {});
  vi.stubGlobal('GPUValidationError', classes.GPUValidationError ?? class extends Error {});
  const requestDevice = () => {
    played.opened++;
    played.buffers = buffersOf();
    let lose!: () => void;
    const lost = new Promise<void>((done) => (lose = done));
    played.lose = () => lose();
    const destroy = () => {
      played.destroyed++;
      played.isStuck = false;
      lose();
    };
    const addEventListener = (_: string, hear: (event: object) => void) => (played.report = (error) => hear({ error }));
    return Promise.resolve({ lost, destroy, addEventListener });
  };
  const info = { vendor: 'nobody', architecture: 'none', description: 'imitation', device: '' };
  const requestAdapter = () => Promise.resolve({ limits: {}, info, requestDevice });
  vi.stubGlobal('navigator', { userAgent: 'imitation', gpu: { requestAdapter } });
  present = played;
  return played;
}

/** tfjs's own manager, of buffers that hold nothing. */
const buffersOf = () =>
  new BufferManager({ createBuffer: (what: object) => ({ ...what, destroy: () => undefined }) } as unknown as GPUDevice);

/** Made with `new`, as tfjs's own is. */
export function WebGPUBackend(): KernelBackend {
  const wasm = findBackend('wasm');
  const known = new Set(getKernelsForBackend('webgpu').map(({ kernelName }) => kernelName));
  for (const { kernelName, kernelFunc } of getKernelsForBackend('wasm'))
    if (!known.has(kernelName)) registerKernel({ kernelName, kernelFunc, backendName: 'webgpu' });
  let reading = 0;
  return new Proxy(wasm, {
    get(target, key: string) {
      if (key === 'dispose') return () => undefined;
      if (key === 'bufferManager') return present.buffers;
      if (key === 'read')
        return async (dataId: object) => {
          present.most = Math.max(present.most, ++reading);
          // A device answers in a later task.
          await new Promise((next) => setTimeout(next, 1));
          const values = await (target.read as Read)(dataId);
          reading--;
          return present.isStuck ? new Promise(() => undefined) : present.read(values);
        };
      return Reflect.get(target, key, target) as unknown;
    },
  });
}
