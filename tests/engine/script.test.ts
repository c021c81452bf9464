// A part of the worker's script that cannot be had for a while, since the line is gone or the site was replaced.
import { afterEach, expect, it, vi } from 'vitest';
import { local, type Local } from './link';
import { toy } from './toys';

let isGone = false;
vi.mock('../../src/engine/training', async (original) => {
  const { Trainings } = await original<typeof import('../../src/engine/training')>();
  return {
    get Trainings() {
      if (isGone) throw new TypeError('Failed to fetch dynamically imported module');
      return Trainings;
    },
  };
});

let inside: Local;
afterEach(() => {
  inside.engine.close();
  vi.restoreAllMocks();
});

it('a new worker whose script of trainings does not come says so, and has their checkpoints and imports as soon as it does', async () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  inside = local();
  const { engine } = inside;
  engine.attend('here');
  const [going, ended] = [engine.train({ ...toy, steps: 1000 }), engine.train({ ...toy, name: 'ended', steps: 2 })];
  const imported = await engine.importModel(await engine.exportModel(await ended.result));
  await vi.waitUntil(() => (going.latest?.step ?? 0) >= 12, { timeout: 20_000, interval: 1 });
  going.pause();
  await vi.waitUntil(() => going.checkpoints().at(-1)!.step === going.latest!.step, { timeout: 20_000 });
  const draw = (model: string) =>
    engine.sample({ model, sampler: 'ddim', schedule: 'cosine', steps: 2, seed: 1, prompt: 'left' }).result.then(({ values }) => values);
  const all = () => Promise.all(['training:toy@10', 'training:ended@2', imported].map(draw));
  const before = await all();
  isGone = true;
  inside.crash();
  await expect(going.result).rejects.toMatchObject({ code: 'worker-lost' });
  await expect(draw('training:ended@2')).rejects.toMatchObject({ code: 'worker-lost' });
  isGone = false;
  expect(await all()).toEqual(before);
  expect(await engine.train(toy).result).toBe('training:toy@20');
});
