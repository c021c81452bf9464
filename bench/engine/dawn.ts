// The bench in Node: WebGPU by Dawn (the npm package webgpu), on whatever Vulkan, Metal or Direct3D driver this machine has.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startProcessor } from '../../src/engine/device';
import { root } from '../../tools/ready.mjs';
import { shipped } from './competitor';
import { startGraphics } from './graphics';
import { peers } from './installing';
import { parts, type Found, type Options, type PartName } from './parts';
import type { Bench } from './report';
import { openRuntime, type Build, type Ort } from './runtime';
import type { Site } from './site';

interface Dawn {
  create(options: readonly string[]): GPU;
  readonly globals: Record<string, unknown>;
}

const wasmFolder = join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist');
const wasm = { plain: join(wasmFolder, 'tfjs-backend-wasm.wasm'), simd: join(wasmFolder, 'tfjs-backend-wasm-simd.wasm') };
const runtimeFolder = `${pathToFileURL(join(peers, 'node_modules/onnxruntime-web/dist')).href}/`;

function site(): Site {
  const errors: string[] = [];
  const runtimes = new Map<Build, Promise<Ort>>();
  return {
    async start(backend) {
      if (backend !== 'webgpu') {
        await startProcessor(backend, wasm);
        return { adapter: backend };
      }
      return startGraphics('Dawn finds no adapter: VK_ICD_FILENAMES may name a Vulkan driver', (message) => void errors.push(message));
    },
    model: (name) =>
      shipped(name, async (path) => {
        const bytes = await readFile(join(root, 'assets/weights', path));
        return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
      }),
    runtime(build) {
      const coming = runtimes.get(build) ?? openRuntime(build, runtimeFolder, '.mjs', (address) => readFile(new URL(address)));
      runtimes.set(build, coming);
      return coming;
    },
    errors: () => errors,
    say: (line) => console.error(`  ${line}`),
  };
}

/** Gives this process a `navigator` with a GPU. */
export async function provideGpu(): Promise<void> {
  const { create, globals } = (await import(join(peers, 'node_modules/webgpu/index.js'))) as Dawn;
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu: create([]) }, configurable: true });
  acceptSharedMemory();
}

/** ONNX Runtime's memory is shared among threads, be it one only, and Dawn for Node takes none such: it gets a copy. */
function acceptSharedMemory(): void {
  const { prototype } = GPUQueue;
  const own = prototype.writeBuffer as (this: GPUQueue, ...given: unknown[]) => undefined;
  Object.defineProperty(prototype, 'writeBuffer', {
    value(this: GPUQueue, buffer: GPUBuffer, at: number, data: AllowSharedBufferSource, start = 0, size?: number) {
      const view = ArrayBuffer.isView(data);
      const shared = (view ? data.buffer : data) instanceof SharedArrayBuffer;
      if (!shared) return own.call(this, buffer, at, data, start, ...(size === undefined ? [] : [size]));
      const unit = view && 'BYTES_PER_ELEMENT' in data ? (data as Uint8Array).BYTES_PER_ELEMENT : 1;
      const all = view ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);
      return own.call(this, buffer, at, all.slice(start * unit, size === undefined ? undefined : (start + size) * unit));
    },
  });
}

export async function openDawn(): Promise<Bench> {
  await provideGpu();
  return {
    name: `Dawn in Node ${process.versions.node}`,
    peer: true,
    measure: <Part extends PartName>(part: Part, options: Options<Part>) => {
      const measure = parts[part] as (at: Site, given: Options<Part>) => Promise<unknown>;
      return measure(site(), options) as Promise<Found<Part>>;
    },
    close: () => Promise.resolve(),
  };
}
