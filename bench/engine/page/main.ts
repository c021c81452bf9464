// The bench's page: starts a worker for each part, so that none inherits anything of another, and hands over what it finds.
import { createEngine } from '../../../src/engine';
import type { Answer, Asked } from './worker';

declare global {
  interface Window {
    measure(asked: Asked): Promise<unknown>;
    /** Has the museum's engine make a digit in so many steps; answers with the steps that this page was told of. */
    sample(steps: number): Promise<number>;
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

let engine: ReturnType<typeof createEngine> | undefined;
window.sample = async (steps) => {
  engine ??= createEngine({ weights: new URL('weights/', location.href).href });
  const job = engine.sample({ model: 'digits', sampler: 'ddim', schedule: 'cosine', steps, seed: 5, prompt: '3' });
  // As a room does: the frame reads what is there.
  const seen = new Set<number>();
  let isOver = false;
  const look = () => {
    if (job.latest) seen.add(job.latest.index);
    if (!isOver) requestAnimationFrame(look);
  };
  look();
  await job.result.finally(() => (isOver = true));
  return job.latest ? job.latest.index + 1 : 0;
};
