// Training through the engine's door, on wasm: it learns, repeats, pauses, leaves checkpoints that sample, and nothing else behind.
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EngineError, type Engine, type TrainRequest } from '../../src/engine';
import { normals } from '../../src/engine/noise';
import { local, type Local } from './link';

const opened: Engine[] = [];
const open = (options?: Parameters<typeof local>[0]): Local => {
  const made = local(options);
  opened.push(made.engine);
  return made;
};
afterEach(() => opened.splice(0).forEach((engine) => engine.close()));

const count = 24;
/** Bars at the left or at the right of 8 x 8 pixels, with a little noise. */
const bars = {
  images: {
    shape: [count, 8, 8, 1],
    values: normals(9, 0, count * 64).map((eps, at) => {
      const ink = (at % 8 < 4) === (Math.floor(at / 64) % 2 === 0) ? 0.8 : -0.8;
      return Math.min(1, Math.max(-1, ink + 0.05 * eps));
    }),
  },
  labels: Array.from({ length: count }, (_, at) => (at % 2 ? 'right' : 'left')),
};
const toy: TrainRequest = {
  network: { kind: 'unet', config: { size: 8, channels: 1, patch: 2, widths: [8, 8, 8], depths: [1, 1, 1], groups: 2, embedding: 8, frequencies: 4 } },
  classes: ['left', 'right'],
  data: bars,
  schedule: 'cosine',
  rate: 5e-3,
  seed: 3,
  batch: 8,
  steps: 20,
  warmup: 5,
  every: 10,
};
const codeOf = (job: { result: Promise<unknown> }) =>
  job.result.then(
    () => 'no error',
    (why: unknown) => (why instanceof EngineError ? why.code : String(why)),
  );

describe('a training', () => {
  it('learns', async () => {
    const { engine } = open();
    const training = engine.train({ ...toy, steps: 120 });
    await training.result;
    console.log(training.latest, training.checkpoints());
  });
});
