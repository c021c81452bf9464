// The site of a worker in Chromium: files come from the page's own server.
import { startProcessor } from '../../../src/engine/device';
import { files } from '../../../src/engine/wasm';
import { shipped } from '../competitor';
import { startGraphics } from '../graphics';
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
      return startGraphics('no WebGPU adapter', (message) => void errors.push(message));
    },
    model: (name) => shipped(name, fetchFile),
    runtime(build) {
      const coming = runtimes.get(build) ?? openRuntime(build, `${base}ort/`, '.js');
      runtimes.set(build, coming);
      return coming;
    },
    errors: () => errors,
    say,
  };
}
