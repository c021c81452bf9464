// What tests of the engine share: a backend by name, shipped models and fixtures from the repository, and how far numbers are apart.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { setBackend } from '@tensorflow/tfjs-core';
import { registerKernels } from '../../src/engine/kernels/wasm';
import { checkManifest, checkWeights, readSafetensors, type Manifest, type Values } from '../../src/engine/weights';

export const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export const bytesOf = (path: string): ArrayBuffer => {
  const bytes = readFileSync(root(path));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
};

export async function use(backend: 'cpu' | 'wasm'): Promise<void> {
  setWasmPaths(root('node_modules/@tensorflow/tfjs-backend-wasm/dist/'));
  registerKernels();
  if (!(await setBackend(backend))) throw new Error(`${backend} does not start here`);
}

export const manifestOf = (model: string): Manifest =>
  checkManifest(JSON.parse(readFileSync(root(`assets/weights/${model}/manifest.json`), 'utf8')));

export async function shipped(model: string): Promise<{ manifest: Manifest; values: Record<string, Values> }> {
  const manifest = manifestOf(model);
  return { manifest, values: await checkWeights(bytesOf(`assets/weights/${model}/${manifest.weights.file}`), manifest) };
}

export const fixture = (name: string) => readSafetensors(bytesOf(`tests/fixtures/${name}.safetensors`));

/** Shipped files by path; where a file of weights or a self-test is not the shipped one, its manifest names it all the same. */
export function consistent(change: (path: string, values: Uint8Array<ArrayBuffer>) => void) {
  return (path: string, bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
    if (!path.endsWith('/manifest.json')) {
      change(path, bytes);
      return bytes;
    }
    const manifest = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, { file?: string; sha256?: string } | undefined>;
    for (const entry of Object.values(manifest)) {
      if (!entry?.file || !entry.sha256) continue;
      const beside = path.replace('manifest.json', entry.file);
      const changed = new Uint8Array(bytesOf(`assets/weights/${beside}`));
      change(beside, changed);
      entry.sha256 = createHash('sha256').update(changed).digest('hex');
    }
    return new TextEncoder().encode(JSON.stringify(manifest));
  };
}

/** Largest difference, relative to the largest expected value. */
export function apart(found: Float32Array, expected: Float32Array): number {
  if (found.length !== expected.length) return Infinity;
  let [difference, most] = [0, 0];
  for (let at = 0; at < found.length; at++) {
    if (!Number.isFinite(found[at]!)) return Infinity;
    difference = Math.max(difference, Math.abs(found[at]! - expected[at]!));
    most = Math.max(most, Math.abs(expected[at]!));
  }
  return difference / most;
}
