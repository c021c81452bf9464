// Backends of tfjs: how each is started, tested against a golden output, and timed.
import { env, registerBackend, removeBackend, setBackend, getBackend } from '@tensorflow/tfjs-core';
import type { BackendName, DeviceReport } from '.';
import { EngineError } from './errors';
import type { Library } from './library';
import type { Start } from './protocol';
import type { Values } from './weights';

export interface Graphics {
  readonly device: GPUDevice;
  readonly info: NonNullable<DeviceReport['adapter']>;
  /** Set once the device is gone. */
  isLost?: boolean;
}

/** The model whose golden output tests a backend. */
export const testModel = 'digits';
/** Largest relative error a backend may show (fp32 against PyTorch). */
const allowed: Record<BackendName, number> = { cpu: 1e-4, wasm: 1e-4, webgpu: 1e-3 };

const softly = (info: GPUAdapterInfo) =>
  (info as { isFallbackAdapter?: boolean }).isFallbackAdapter === true ||
  /swiftshader|llvmpipe|lavapipe|basic render/i.test(`${info.description} ${info.architecture} ${info.device}`);

/** Our own GPUDevice, or undefined where there is no WebGPU. */
export async function openGraphics(): Promise<Graphics | undefined> {
  const gpu = (globalThis.navigator as Partial<Navigator> | undefined)?.gpu;
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (!adapter) return undefined;
  const wanted = [
    'maxComputeWorkgroupStorageSize',
    'maxComputeWorkgroupsPerDimension',
    'maxStorageBufferBindingSize',
    'maxBufferSize',
    'maxComputeWorkgroupSizeX',
    'maxComputeInvocationsPerWorkgroup',
  ] as const;
  const device = await adapter.requestDevice({
    requiredLimits: Object.fromEntries(wanted.map((limit) => [limit, adapter.limits[limit]])),
  });
  const { vendor, architecture, description } = adapter.info;
  return { device, info: { vendor, architecture, description, software: softly(adapter.info) } };
}

/** Starts wasm (SIMD where the browser has it, one thread: no SharedArrayBuffer) or cpu and makes it the present backend. */
export async function startProcessor(backend: 'wasm' | 'cpu', { plain, simd }: Start['wasm']): Promise<void> {
  if (backend === 'cpu') await import('@tensorflow/tfjs-backend-cpu');
  else {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    setWasmPaths({ 'tfjs-backend-wasm.wasm': plain, 'tfjs-backend-wasm-simd.wasm': simd, 'tfjs-backend-wasm-threaded-simd.wasm': simd });
  }
  await present(backend);
}

/** Registers tfjs's WebGPU backend on our device; it does not become the present one. */
export async function registerGraphics({ device }: Graphics): Promise<void> {
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  // Fewer, larger submissions: 9 to 14 ms of submitting become 3 to 4.
  env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', 200);
  dropGraphics();
  registerBackend('webgpu', () => new WebGPUBackend(device), 3);
}

/** Forgets the WebGPU backend with everything on it. */
export function dropGraphics(): void {
  try {
    removeBackend('webgpu');
  } catch {
    // A lost device cannot clean up behind itself.
  }
}

/** Makes a registered backend the present one; tfjs stays silently on the old one when it cannot. */
export async function present(backend: BackendName): Promise<void> {
  const changed = await setBackend(backend);
  if (!changed || getBackend() !== backend) throw new EngineError('no-backend', `${backend} does not start`);
}

export type Trial = DeviceReport['trials'][number];

/** Compares the present backend with the golden output and times one forward. To be called within a turn. */
export async function tryOut(library: Library): Promise<Trial> {
  const backend = getBackend() as BackendName;
  const { selftest } = await library.load(testModel);
  const { x, logSnr, class: label, v } = (selftest ?? {}) as Record<string, Values>;
  if (!x || !logSnr || !label || !v) throw new EngineError('weights-header', `${testModel} brings no self-test`);
  const model = await library.open(testModel);
  const forward = () => model.predict(x.values, logSnr.values[0]!, [label.values[0]!]);
  const error = apart(await forward(), v.values);
  const passed = error <= allowed[backend];
  let milliseconds = Infinity;
  for (let turn = 0; passed && turn < 3; turn++) {
    const start = performance.now();
    await forward();
    milliseconds = Math.min(milliseconds, performance.now() - start);
  }
  return { backend, error, passed, milliseconds };
}

/** Largest difference relative to the largest expected value; infinite where anything is not a number. */
function apart(found: Float32Array, expected: Float32Array): number {
  let [difference, largest] = [0, 0];
  for (let at = 0; at < expected.length; at++) {
    if (!Number.isFinite(found[at])) return Infinity;
    difference = Math.max(difference, Math.abs(found[at]! - expected[at]!));
    largest = Math.max(largest, Math.abs(expected[at]!));
  }
  return difference / largest;
}
