// A graphics device that is only played: tfjs's wasm under the name of webgpu, behind a device that can be lost, hang, or be wrong.
import { env, findBackend, getKernelsForBackend, registerKernel, type KernelBackend } from '@tensorflow/tfjs-core';
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
  /** Results as the device gives them. */
  read: (values: Float32Array) => Float32Array;
  lose(): void;
  /** An error that is not thrown. */
  report(error: object): void;
}

/** Plays a graphics card until the test's globals are restored. */
export function play(): Played {
  const played: Played = {
    opened: 0,
    destroyed: 0,
    isStuck: false,
    most: 0,
    read: (values) => values,
    lose: () => undefined,
    report: () => undefined,
  };
  const requestDevice = () => {
    played.opened++;
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
