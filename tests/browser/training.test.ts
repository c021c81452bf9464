// Training in a browser, on each backend it has there: the same loss, and nothing lost with a device.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Engine, Training, TrainRequest } from '../../src/engine';
import { openMuseum, ready } from './harness';

type Backend = 'webgpu' | 'wasm' | 'cpu';
interface Museum {
  museum: { createEngine(options: { backend: Backend }): Engine };
  trial: Engine;
  training: Training;
}

/** Strokes that stand or lie, each at a place of its own. */
function strokes(count: number, side: number): TrainRequest['data'] {
  const values = new Float32Array(count * side * side).fill(-1);
  const labels = Array.from({ length: count }, (_, at) => (at % 2 ? 'lying' : 'standing'));
  labels.forEach((label, at) => {
    const place = 2 + ((at * 5) % (side - 4));
    for (let along = 2; along < side - 2; along++)
      values[at * side * side + (label === 'lying' ? place * side + along : along * side + place)] = 1;
  });
  return { images: { values, shape: [count, side, side, 1] }, labels };
}

const request: TrainRequest = {
  name: 'strokes',
  network: {
    kind: 'unet',
    config: { size: 8, channels: 1, patch: 1, widths: [8, 8, 16], depths: [1, 1, 1], groups: 2, embedding: 16, frequencies: 4 },
  },
  classes: ['standing', 'lying'],
  data: strokes(24, 8),
  schedule: 'cosine',
  rate: 3e-3,
  seed: 5,
  batch: 8,
  warmup: 0,
  every: 5,
};

/** Points on a ring, for the network of clouds. */
const points: TrainRequest = {
  ...request,
  name: 'points',
  network: { kind: 'cloud', config: { points: 3, waves: 8, width: 16, layers: 2, embedding: 8, frequencies: 4 } },
  data: {
    images: { shape: [96, 3], values: Float32Array.from({ length: 288 }, (_, at) => [Math.sin(at), Math.cos(at - 1), 0.1][at % 3]!) },
    labels: Array.from({ length: 96 }, (_, at) => request.classes[at % 2]!),
  },
  batch: 128,
};

/** A page with an engine of its own on the backend. */
async function engineIn(backend: Backend): Promise<Page> {
  const { page } = await openMuseum({ query: 'twin' });
  await ready(page);
  await page.evaluate((name) => {
    const inside = window as unknown as Museum;
    inside.trial = inside.museum.createEngine({ backend: name });
  }, backend);
  return page;
}

/** Losses of so many single steps; breaks the device after `fault` of them. */
const losses = (page: Page, steps: number, { of = request, fault }: { of?: TrainRequest; fault?: number } = {}): Promise<number[]> =>
  page.evaluate(
    async ([what, count, broken]) => {
      const { trial } = window as unknown as Museum;
      const training = trial.train({ ...what, paused: true });
      const found: number[] = [];
      while (found.length < count) {
        const target = found.length + 1;
        // A step is told before its checkpoint is kept.
        while (training.checkpoints().at(-1)?.step !== found.length) await new Promise((next) => setTimeout(next, 10));
        if (found.length === broken) trial.fault('device');
        training.step();
        while ((training.latest?.step ?? 0) < target) await Promise.race([training.result, new Promise((next) => setTimeout(next, 10))]);
        found.push(training.latest!.loss);
      }
      training.cancel();
      return found;
    },
    [of, steps, fault] as const,
  );

test('one seed gives one loss on WebGPU and on WebAssembly, to three digits over twenty steps', { timeout: 240_000 }, async () => {
  const [graphics, processor] = [await engineIn('webgpu'), await engineIn('wasm')];
  const [card, wasm] = [await losses(graphics, 20), await losses(processor, 20)];
  expect(card[19]).toBeLessThan(card[0]!);
  card.forEach((loss, at) => expect(Math.abs(loss / wasm[at]! - 1)).toBeLessThan(5e-4));
  const [cloud, same] = [await losses(graphics, 8, { of: points }), await losses(processor, 8, { of: points })];
  cloud.forEach((loss, at) => expect(Math.abs(loss / same[at]! - 1), `cloud, step ${at + 1}`).toBeLessThan(5e-4));
  expect(await graphics.evaluate(() => (window as unknown as Museum).trial.report())).toMatchObject({ backend: 'webgpu', gpuErrors: 0 });
});

test('a device lost in the middle of a training takes nothing with it', { timeout: 240_000 }, async () => {
  const page = await engineIn('webgpu');
  const whole = await losses(page, 8);
  const broken = await losses(page, 8, { fault: 6 });
  expect(broken).toEqual(whole);
  expect(await page.evaluate(() => (window as unknown as Museum).trial.report().losses)).toBe(1);
});

test('a piece that holds a slow device for longer than ten seconds is no reason to replace its worker', { timeout: 240_000 }, async () => {
  const page = await engineIn('cpu');
  // One example is the smallest piece, and this network's is heavy for plain JavaScript.
  const config = { size: 64, channels: 1, patch: 1, widths: [96, 96, 96], depths: [1, 1, 1], groups: 8, embedding: 16, frequencies: 4 };
  const { longest, restarts } = await page.evaluate(
    async (what) => {
      const { trial } = window as unknown as Museum;
      trial.attend('slow');
      const training = trial.train(what);
      await training.result;
      return { longest: training.latest!.longest, restarts: trial.report().restarts };
    },
    { ...request, network: { kind: 'unet', config }, data: strokes(2, 64), batch: 1, steps: 1, room: 'slow' } as const,
  );
  expect(longest).toBeGreaterThan(10_500);
  expect(restarts).toBe(0);
});
