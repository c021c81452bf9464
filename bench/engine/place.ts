// Where a part computes: a backend of tfjs started as the engine starts it, the device's errors and dispatches counted.
import { openGraphics, present, registerGraphics, startProcessor } from '../../src/engine/device';
import { files } from '../../src/engine/wasm';
import { shipped, type Shipped } from './competitor';

export interface Place {
  readonly adapter: string;
  /** Errors that the device has reported. */
  errors(): string[];
}

/** Starts the backend and makes it the present one. */
export async function start(backend: 'webgpu' | 'wasm' | 'cpu'): Promise<Place> {
  const errors: string[] = [];
  if (backend !== 'webgpu') {
    await startProcessor(backend, files());
    return { adapter: backend, errors: () => errors };
  }
  const graphics = await openGraphics();
  if (!graphics) throw new Error('no WebGPU adapter');
  graphics.device.addEventListener('uncapturederror', ({ error }) => errors.push(error.message));
  await registerGraphics(graphics);
  await present('webgpu');
  const { vendor, architecture, description } = graphics.info;
  return { adapter: [vendor, architecture, description].filter(Boolean).join(' '), errors: () => errors };
}

/** Address of the page's folder, from a file of its assets. */
const here = () => new URL('/', globalThis.location.href).href;

export const runtimes = () => `${here()}ort/`;

export const model = (name: string): Promise<Shipped> =>
  shipped(name, async (path) => {
    const answer = await fetch(`${here()}weights/${path}`);
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.arrayBuffer();
  });
