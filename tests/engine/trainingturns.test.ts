// Turns of trainings: others are heard in the middle of a step, and go before a training that nobody attends to.
import { afterEach, expect, it, vi } from 'vitest';
import type { Engine, TrainRequest } from '../../src/engine';
import { Turns } from '../../src/engine/turns';
import { local } from './link';
import { toy } from './toys';

/** What was computed, in its order; each may call others. */
let order: string[];
let heard: (what: string) => void;
vi.mock('../../src/engine/training/examples', async (original) => {
  const found = await original<typeof import('../../src/engine/training/examples')>();
  return {
    ...found,
    planOf: (...given: Parameters<typeof found.planOf>) => (heard('plan'), found.planOf(...given)),
    examplesOf: (...given: Parameters<typeof found.examplesOf>) => (heard('piece'), found.examplesOf(...given)),
  };
});

let engine: Engine;
/** An engine that attends `here`, and its turns. */
async function open(): Promise<Turns> {
  order = [];
  heard = (what) => order.push(what);
  const take = vi.spyOn(Turns.prototype, 'take');
  ({ engine } = local({ heard: ({ kind }) => (kind === 'trained' || kind === 'step') && heard(kind) }));
  engine.attend('here');
  await engine.load('digits').result;
  await vi.waitUntil(() => engine.report().reason === 'only', { timeout: 20_000, interval: 1 });
  return take.mock.contexts[0] as Turns;
}
afterEach(() => {
  engine.close();
  vi.restoreAllMocks();
});

const away: TrainRequest = { ...toy, room: 'away', piece: 3, steps: 1, every: 1 };

it('between two pieces of a step another room has its turn', async () => {
  const turns = await open();
  heard = (what) => {
    order.push(what);
    if (what === 'piece') void turns.take('here').then((turn) => (order.push('another'), turns.leave(turn)));
  };
  await engine.train(away).result;
  expect(order.slice(0, order.indexOf('trained')).join(), 'pieces of one step, and turns of another room').toMatch(
    /^plan,piece,another,piece,another,piece/,
  );
});

it('while much noise is drawn for a step another room has its turn', async () => {
  const turns = await open();
  heard = (what) => {
    order.push(what);
    if (what === 'plan') void turns.take('here').then((turn) => (order.push('another'), turns.leave(turn)));
    if (what === 'piece') throw new Error('that is enough');
  };
  await expect(engine.train({ ...away, batch: 1100 }).result).rejects.toThrow('that is enough');
  expect(order, 'up to the first piece').toEqual(['plan', 'another', 'piece']);
});

it('what a visitor asked for goes before a training that waits for longer, where neither is attended', async () => {
  const turns = await open();
  const take = vi.spyOn(turns, 'take');
  const wait = (room: string) => vi.waitUntil(() => take.mock.calls.some(([of]) => of === room), { timeout: 20_000, interval: 1 });
  const held = await turns.take('here');
  const training = engine.train(away);
  await wait('away');
  const sample = engine.sample({ model: 'digits', sampler: 'ddim', schedule: 'cosine', steps: 1, seed: 1, prompt: '3', room: 'elsewhere' });
  await wait('elsewhere');
  turns.leave(held);
  await Promise.all([sample.result, training.result]);
  expect(order[0], 'what came first').toBe('step');
});
