// The bench's page: starts a worker for each part, so that none inherits anything of another, and hands over what it finds.
import { createEngine } from '../../../src/engine/client';
import type { Answer, Asked } from './worker';

declare global {
  interface Window {
    measure(asked: Asked): Promise<unknown>;
    /** Has the museum's engine make a digit: steps done, and time, ms, that this page spent in the engine's code: asking, and hearing answers. */
    sample(steps: number): Promise<{ done: number; handling: number }>;
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

let handling = 0;
const timed = <Given extends unknown[], Made>(part: (...given: Given) => Made) =>
  function (this: unknown, ...given: Given): Made {
    const start = performance.now();
    try {
      return part.apply(this, given);
    } finally {
      handling += performance.now() - start;
    }
  };

/** Times what the engine's client does whenever its worker tells it something, unpacking the message included, and whenever it asks. */
function timeClient(): void {
  const { prototype } = Worker;
  const { set, ...rest } = Object.getOwnPropertyDescriptor(prototype, 'onmessage')!;
  Object.defineProperty(prototype, 'onmessage', {
    ...rest,
    set(this: Worker, hear: (event: MessageEvent) => void) {
      set?.call(this, timed(hear));
    },
  });
  prototype.postMessage = timed(prototype.postMessage) as Worker['postMessage'];
}

let engine: ReturnType<typeof createEngine> | undefined;
window.sample = async (steps) => {
  if (!engine) timeClient();
  engine ??= createEngine({ weights: new URL('weights/', location.href).href });
  handling = 0;
  const job = timed(engine.sample)({ model: 'digits', sampler: 'ddim', schedule: 'cosine', steps, seed: 5, prompt: '3' });
  // As a room does: the frame reads what is there.
  const seen = new Set<number>();
  let isOver = false;
  const look = () => {
    if (job.latest) seen.add(job.latest.index);
    if (!isOver) requestAnimationFrame(look);
  };
  look();
  await job.result.finally(() => (isOver = true));
  return { done: job.latest ? job.latest.index + 1 : 0, handling };
};
