// Models that were made here, while jobs use them: they stay what they are, whoever gets their name, and few stay on the device.
import { afterEach, expect, it, vi } from 'vitest';
import type { Engine, SampleRequest } from '../../src/engine';
import { local } from './link';
import { toy } from './toys';

let engine: Engine;
const open = () => {
  ({ engine } = local());
  engine.attend('here');
};
afterEach(() => engine.close());

const draw = (model: string, steps = 2): SampleRequest => ({
  ...{ model, sampler: 'ddim', schedule: 'cosine', steps, seed: 1, prompt: 'left', room: 'here' },
});
const retrained = { ...toy, seed: 4, steps: 3 };
const name = 'training:toy@3';

it('a run goes on with its model when that is trained anew under its name, and the new one is drawn with the new', async () => {
  open();
  const first = engine.train({ ...toy, steps: 3 });
  await first.result;
  const old = (await engine.sample(draw(name, 600)).result).values;
  first.cancel();
  await engine.train(retrained).result;
  const fresh = (await engine.sample(draw(name)).result).values;
  engine.close();

  open();
  const again = engine.train({ ...toy, steps: 3 });
  await again.result;
  const run = engine.sample(draw(name, 600));
  await vi.waitUntil(() => run.latest, { timeout: 20_000, interval: 1 });
  again.cancel();
  await engine.train(retrained).result;
  const [plan, other] = [await engine.peek(name, 'bottleneck'), (await engine.sample(draw(name)).result).values];
  // Still under way: the two stood side by side.
  expect(run.latest!.index).toBeLessThan(599);
  expect(other).toEqual(fresh);
  expect(plan.values.every(Number.isFinite)).toBe(true);
  expect((await run.result).values).toEqual(old);
});

it('what is asked of a model that is forgotten in the same moment is answered of that model', async () => {
  open();
  const training = engine.train({ ...toy, steps: 3 });
  await training.result;
  const file = await engine.exportModel(name);
  const [plan, activation] = [await engine.plan(name), await engine.peek(name, 'bottleneck')];
  const asked = [engine.exportModel(name), engine.plan(name), engine.peek(name, 'bottleneck')] as const;
  training.cancel();
  const found = await Promise.all(asked);
  expect(found).toEqual([file, plan, activation]);
  await expect(engine.plan(name)).rejects.toMatchObject({ code: 'unknown-model' });
});

it('whoever leafs through checkpoints fills the device with no more than a few of them', async () => {
  open();
  const training = engine.train({ ...toy, steps: 12, every: 1 });
  await training.result;
  const names = training.checkpoints().flatMap(({ model, raw }) => [model, raw]);
  expect(names).toHaveLength(24);
  const before = (await engine.memory()).tensors;
  const tensors: number[] = [];
  for (const one of [...names, ...names]) {
    await engine.sample(draw(one)).result;
    tensors.push((await engine.memory()).tensors - before);
  }
  expect(tensors[3]! / tensors[0]!).toBe(4);
  expect(Math.max(...tensors)).toBe(tensors[3]);
  training.cancel();
  await engine.load('digits').result;
  expect((await engine.memory()).tensors).toBe(before);
});
