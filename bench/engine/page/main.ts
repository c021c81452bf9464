// The bench's page: starts a worker for each part, so that none inherits anything of another, and hands over what it finds.
import type { Answer, Asked } from './worker';

declare global {
  interface Window {
    measure(asked: Asked): Promise<unknown>;
  }
}

window.measure = (asked) =>
  new Promise((settle, fail) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: asked.part });
    worker.onerror = ({ message }) => fail(new Error(message || 'the worker does not load'));
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if ('said' in data) return console.info(data.said);
      worker.terminate();
      if ('failed' in data) fail(new Error(data.failed));
      else settle(data.found);
    };
    worker.postMessage(asked);
  });
