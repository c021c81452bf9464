// Backends of tfjs: how each is started, made the present one, and forgotten.
import { env, findBackend, registerBackend, removeBackend, setBackend, getBackend } from '@tensorflow/tfjs-core';
import type { BackendName, DeviceReport } from '.';
import { EngineError } from './errors';
import type { Start } from './protocol';
import { remember, remembered } from './remembered';

export interface Graphics {
  readonly device: GPUDevice;
  readonly info: NonNullable<DeviceReport['adapter']>;
}

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
  try {
    if (backend === 'cpu') await import('@tensorflow/tfjs-backend-cpu');
    else {
      const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
      (await import('./kernels/wasm')).registerKernels();
      env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
      setWasmPaths({ 'tfjs-backend-wasm.wasm': plain, 'tfjs-backend-wasm-simd.wasm': simd, 'tfjs-backend-wasm-threaded-simd.wasm': simd });
    }
  } catch (why) {
    throw new EngineError('no-backend', `${backend} does not come: ${String(why)}`);
  }
  await present(backend);
  if (backend === 'wasm') guardMemory();
}

/** What tfjs's wasm backend has inside. */
interface Inside {
  readonly wasm: { _malloc(bytes: number): number; _free(at: number): void };
}

const guarded = new WeakSet<object>();

/** Bytes that stay free, of what there is, for tfjs's kernels: as much as the largest tensor, which some copy; within these. */
const [leastSpare, mostSpare] = [2 ** 24, 2 ** 28];

/**
 * Throws where memory runs out. tfjs takes the 0 that says so for a place, and writes over what is held there; and its kernels stop in
 * the middle, or leave out without a word what they were to compute, where they get none for themselves.
 */
function guardMemory(): void {
  const { wasm } = findBackend('wasm') as unknown as Inside;
  if (guarded.has(wasm)) return;
  guarded.add(wasm);
  // The first call puts the true one in its own place.
  wasm._free(wasm._malloc(1));
  const malloc = wasm._malloc;
  let spare = leastSpare;
  wasm._malloc = (bytes) => {
    const at = malloc(bytes);
    const rest = at && malloc(spare);
    if (!rest) {
      wasm._free(at);
      throw new RangeError(`out of memory: wasm has no ${bytes} bytes`);
    }
    wasm._free(rest);
    spare = Math.min(mostSpare, Math.max(spare, bytes));
    return at;
  };
}

/** Registers tfjs's WebGPU backend on our device; it does not become the present one. */
export async function registerGraphics({ device }: Graphics): Promise<void> {
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  (await import('./kernels/webgpu')).registerKernels();
  // Fewer, larger submissions: 9 to 14 ms of submitting become 3 to 4.
  env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', 200);
  dropGraphics();
  registerBackend('webgpu', () => new WebGPUBackend(device), 3);
}

/**
 * Sets the kernels to the variants that are fastest on this card: measured once, then remembered for this card and this browser, of which
 * another version may order them otherwise. To be called within a turn, on WebGPU.
 */
export async function tuneKernels({ info }: Graphics): Promise<DeviceReport['kernels']> {
  const [{ chooseVariants }, { areVariants, setVariants }] = await Promise.all([
    import('./kernels/webgpu/measure'),
    import('./kernels/webgpu/variants'),
  ]);
  const name = `kernels 3: ${info.vendor} ${info.architecture} ${info.description}, ${navigator.userAgent}`;
  const known = await remembered(name);
  if (areVariants(known)) {
    setVariants(known);
    return { ...known, measured: false };
  }
  const found = await chooseVariants();
  await remember(name, found);
  return { ...found, measured: true };
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
