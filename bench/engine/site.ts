// Where a part computes: what differs between a worker in Chromium and Dawn in Node.
import type { DeviceReport } from '../../src/engine';
import type { Shipped } from './competitor';
import type { Build, Ort } from './runtime';

export type Backend = 'webgpu' | 'wasm' | 'cpu';

export interface Started {
  readonly adapter: string;
  /** The variants of our kernels that were measured as the fastest. */
  readonly kernels?: DeviceReport['kernels'];
}

export interface Site {
  /** Starts a backend of tfjs as the engine does, its kernels chosen by their measurement, and makes it the present one. */
  start(backend: Backend): Promise<Started>;
  /** A shipped model, checked. */
  model(name: string): Promise<Shipped>;
  /** ONNX Runtime, where it runs here. */
  runtime(build: Build): Promise<Ort>;
  /** What our device reported until now without anyone catching it. */
  errors(): readonly string[];
  say(line: string): void;
}

/** Calls of dispatchWorkgroups since the count began, by whomever. */
export function countDispatches(): () => number {
  let dispatches = 0;
  const { prototype } = GPUComputePassEncoder;
  for (const name of ['dispatchWorkgroups', 'dispatchWorkgroupsIndirect'] as const) {
    const own = prototype[name] as (this: GPUComputePassEncoder, ...given: unknown[]) => undefined;
    Object.defineProperty(prototype, name, {
      value(this: GPUComputePassEncoder, ...given: unknown[]) {
        dispatches++;
        return own.apply(this, given);
      },
    });
  }
  return () => dispatches;
}
