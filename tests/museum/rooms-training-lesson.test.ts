// The training lab's lesson on a real engine: the last drawing comes even where drawings fail, and drawings are few.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Said } from '../../src/controls';
import type { Engine, Training } from '../../src/engine';
import { training } from '../../scenes/04-training/controls';
import { openLesson } from '../../scenes/04-training/lesson';
import { lesson } from '../../scenes/04-training/lessonRecipe';
import { local } from '../engine/link';

const { press, useValues } = training;
const said = () => useValues.getState().cloudSays as Said | null;
const lastModel = `@${lesson.steps}`;

let engine: Engine;
let close: () => void;
/** Models that were drawn, and how many drawings of the last one are still to fail. */
let drawn: { model: string; at: number }[];
let failing: number;
beforeEach(() => {
  drawn = [];
  failing = 0;
  training.reset();
  ({ engine } = local());
  engine.attend('training');
});
function opened(changed: Partial<Engine> = {}) {
  const sample: Engine['sample'] = (request) => {
    drawn.push({ model: request.model, at: performance.now() });
    const isLost = request.model.endsWith(lastModel) && failing-- > 0;
    return engine.sample({ ...request, count: 300, ...(isLost && { model: 'training:gone@1' }) });
  };
  // As many steps as in the lab, and fewer points in each and in the drawings: what is tested here is their order, and that it learns.
  const train: Engine['train'] = (request) => engine.train({ ...request, batch: 128 });
  close = openLesson({ ...engine, sample, train, ...changed });
}
afterEach(() => {
  close();
  engine.close();
});

test(
  'a drawing of the last checkpoint that fails is tried again, and drawings leave the training its time',
  { timeout: 120_000 },
  async () => {
    failing = 2;
    opened();
    press('learn');
    await vi.waitUntil(() => said()?.key === 'cloudDone', { timeout: 110_000, interval: 20 });
    expect(said()!.with).toMatchObject({ step: lesson.steps });
    expect(Number(said()!.with!['stray'])).toBeLessThan(0.4);
    expect(drawn.filter(({ model }) => model.endsWith(lastModel))).toHaveLength(3);
    expect(drawn.length).toBeLessThanOrEqual(11 + 2);
    for (const [at, one] of drawn.entries()) if (at > 0) expect(one.at - drawn[at - 1]!.at).toBeGreaterThanOrEqual(500);
  },
);

test('where the last checkpoint cannot be drawn at all, that is said', { timeout: 20_000 }, async () => {
  const [model, raw] = [`training:gone${lastModel}`, 'training:gone'];
  const cancel = vi.fn();
  const checkpoints = () => [{ step: lesson.steps, examples: 0, model, raw }];
  opened({ train: () => ({ result: new Promise(() => undefined), checkpoints, cancel }) as unknown as Training });
  press('learn');
  await vi.waitUntil(() => said()?.key.startsWith('engine.error.'), { timeout: 15_000, interval: 20 });
  expect(said()!.key).toBe('engine.error.unknown-model');
  expect(drawn).toHaveLength(5);
  expect(cancel).toHaveBeenCalled();
});
