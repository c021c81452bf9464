// ONNX Runtime Web as the bench uses it: its files lie beside the page, and of its interface only what is called stands here.

export interface OrtTensor {
  readonly data: Float32Array;
  readonly gpuBuffer: GPUBuffer;
  dispose(): void;
}

export interface OrtSession {
  run(feeds: Record<string, OrtTensor>, fetches?: Record<string, OrtTensor>): Promise<Record<string, OrtTensor>>;
  release(): Promise<void>;
}

export interface SessionOptions {
  readonly executionProviders: readonly unknown[];
  readonly graphOptimizationLevel: 'all';
  readonly enableGraphCapture?: boolean;
  readonly preferredOutputLocation?: 'gpu-buffer';
}

export interface Ort {
  readonly env: {
    readonly versions: { readonly common: string };
    logLevel: string;
    readonly wasm: { numThreads: number; wasmPaths: { wasm: string }; wasmBinary?: Uint8Array };
    readonly webgpu: { readonly device: Promise<GPUDevice>; powerPreference: string };
  };
  readonly InferenceSession: { create(bytes: Uint8Array, options: SessionOptions): Promise<OrtSession> };
  readonly Tensor: {
    new (type: 'float32', values: Float32Array, shape: readonly number[]): OrtTensor;
    fromGpuBuffer(buffer: GPUBuffer, options: { dataType: 'float32'; dims: readonly number[] }): OrtTensor;
  };
}

/** The builds of it: its WebGPU provider with stack switching compiled in or done by the browser, the older provider in JavaScript, wasm alone. */
const builds = {
  asyncify: { script: 'ort.webgpu.bundle.min', wasm: 'ort-wasm-simd-threaded.asyncify.wasm' },
  jspi: { script: 'ort.jspi.bundle.min', wasm: 'ort-wasm-simd-threaded.jspi.wasm' },
  jsep: { script: 'ort.all.bundle.min', wasm: 'ort-wasm-simd-threaded.jsep.wasm' },
  wasm: { script: 'ort.wasm.bundle.min', wasm: 'ort-wasm-simd-threaded.wasm' },
} as const;
export type Build = keyof typeof builds;

/** Loads a build from the folder at `base`, where its scripts have this ending; `read` gives what cannot be fetched. One thread, as our engine has. */
export async function openRuntime(
  build: Build,
  base: string,
  ending: '.js' | '.mjs',
  read?: (address: string) => Promise<Uint8Array>,
): Promise<Ort> {
  const { script, wasm } = builds[build];
  const ort = (await import(/* @vite-ignore */ base + script + ending)) as Ort;
  ort.env.wasm.numThreads = 1;
  if (read) ort.env.wasm.wasmBinary = await read(base + wasm);
  else ort.env.wasm.wasmPaths = { wasm: base + wasm };
  ort.env.logLevel = 'error';
  ort.env.webgpu.powerPreference = 'high-performance';
  return ort;
}
