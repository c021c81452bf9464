// The bench in Node: WebGPU by Dawn (the npm package webgpu), on whatever Vulkan, Metal or Direct3D driver this machine has.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openGraphics, present, registerGraphics, startProcessor, tuneKernels } from '../../src/engine/device';
import { root } from '../../tools/ready.mjs';
import { shipped } from './competitor';
import { peers } from './installing';
import { parts, type Found, type Options, type PartName } from './parts';
import type { Bench } from './report';
import type { Site } from './site';

interface Dawn {
  create(options: readonly string[]): GPU;
  readonly globals: Record<string, unknown>;
}

const wasmFolder = join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist');
const wasm = { plain: join(wasmFolder, 'tfjs-backend-wasm.wasm'), simd: join(wasmFolder, 'tfjs-backend-wasm-simd.wasm') };

function site(): Site {
  const errors: string[] = [];
  return {
    async start(backend) {
      if (backend !== 'webgpu') {
        await startProcessor(backend, wasm);
        return { adapter: backend };
      }
      const graphics = await openGraphics();
      if (!graphics) throw new Error('Dawn finds no adapter: VK_ICD_FILENAMES may name a Vulkan driver');
      graphics.device.addEventListener('uncapturederror', ({ error }) => void errors.push(error.message));
      await registerGraphics(graphics);
      await present('webgpu');
      const kernels = await tuneKernels(graphics);
      const { vendor, architecture, description } = graphics.info;
      return { adapter: [vendor, architecture, description].filter(Boolean).join(' '), kernels };
    },
    model: (name) =>
      shipped(name, async (path) => {
        const bytes = await readFile(join(root, 'assets/weights', path));
        return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
      }),
    runtime: () => Promise.reject(new Error('ONNX Runtime Web has no WebGPU in Node')),
    errors: () => errors,
    say: (line) => console.error(`  ${line}`),
  };
}

/** Gives this process a `navigator` with a GPU. */
export async function provideGpu(): Promise<void> {
  const { create, globals } = (await import(join(peers, 'node_modules/webgpu/index.js'))) as Dawn;
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu: create([]) }, configurable: true });
}

/** Our engine against stock tfjs alone: ONNX Runtime Web's WebGPU provider is made for browsers. */
export async function openDawn(): Promise<Bench> {
  await provideGpu();
  return {
    name: `Dawn in Node ${process.versions.node}`,
    peer: false,
    measure: <Part extends PartName>(part: Part, options: Options<Part>) => {
      const measure = parts[part] as (at: Site, given: Options<Part>) => Promise<unknown>;
      return measure(site(), options) as Promise<Found<Part>>;
    },
    close: () => Promise.resolve(),
  };
}
