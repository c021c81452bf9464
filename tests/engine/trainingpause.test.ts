// A training is steered from its first moment on.
import { expect, it, vi } from 'vitest';
import { local } from './link';
import { toy } from './toys';

it('a pause right after the start, while the script of trainings is on its way, is heard', async () => {
  const { engine } = local();
  const training = engine.train(toy);
  training.pause();
  await vi.waitUntil(() => training.checkpoints().length > 0, { timeout: 20_000 });
  training.step();
  await vi.waitUntil(() => training.checkpoints().at(-1)!.step > 0, { timeout: 20_000 });
  await engine.load('digits').result;
  expect(training.latest!.step).toBe(1);
  training.cancel();
  engine.close();
});
