// The site of a worker in Chromium: files come from the page's own server.
import { openGraphics, present, registerGraphics, startProcessor, tuneKernels } from '../../../src/engine/device';
import { files } from '../../../src/engine/wasm';
import { shipped } from '../competitor';
import { openRuntime, type Build, type Ort } from '../runtime';
import type { Site } from '../site';

const base = new URL('/', globalThis.location.href).href;

async function fetchFile(path: string): Promise<ArrayBuffer> {
  const answer = await fetch(`${base}weights/${path}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.arrayBuffer();
}

export function openSite(say: (line: string) => void): Site {
  const errors: string[] = [];
  const runtimes = new Map<Build, Promise<Ort>>();
  return {
    async start(backend) {
      if (backend !== 'webgpu') {
        await startProcessor(backend, files());
        return { adapter: backend };
      }
      const graphics = await openGraphics();
      if (!graphics) throw new Error('no WebGPU adapter');
      graphics.device.addEventListener('uncapturederror', ({ error }) => void errors.push(error.message));
      await registerGraphics(graphics);
      await present('webgpu');
      const kernels = await tuneKernels(graphics);
      const { vendor, architecture, description } = graphics.info;
      return { adapter: [vendor, architecture, description].filter(Boolean).join(' '), kernels };
    },
    model: (name) => shipped(name, fetchFile),
    runtime(build) {
      const coming = runtimes.get(build) ?? openRuntime(build, `${base}ort/`);
      runtimes.set(build, coming);
      return coming;
    },
    errors: () => errors,
    say,
  };
}
