// Trainings as the page holds them: by name, what a new worker is told of them, and which handle steers what.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Engine, TrainRequest } from '../../src/engine';
import { local, type Local } from './link';
import { played, points, type Stage } from './played';
import { toy } from './toys';

let engine: Engine;
beforeEach(() => vi.spyOn(console, 'warn').mockReturnValue());
afterEach(() => {
  engine.close();
  vi.restoreAllMocks();
});

const open = (): Local => {
  const inside = local();
  ({ engine } = inside);
  engine.attend('here');
  return inside;
};
const openPlayed = (): Stage => {
  const stage = played({ waits: [0, 0, 0, 0] });
  ({ engine } = stage);
  return stage;
};
const codeOf = (result: Promise<unknown>) => result.then(String, (why: { code: string }) => why.code);
/** The present worker has done all that it was asked for of a kind. */
const done = ({ present }: Stage, kind: 'steer' | 'train') => {
  for (const ask of present().asked) if (ask.kind === kind) present().hear({ kind: 'done', id: ask.id, result: undefined });
};

describe('a training that is refused', () => {
  it.each<[string, unknown]>([
    ['cannot be copied', { ...toy, room: () => 'here' }],
    ['has no network', { ...toy, network: undefined, name: undefined }],
    ['has none, though it is named', { ...toy, network: undefined }],
    ['is nothing', undefined],
  ])('says so where it should, if it %s', async (_, request) => {
    open();
    expect(await codeOf(engine.train(request as TrainRequest).result)).toBe('bad-request');
  });
});

it('a name that is given is that of no other training', async () => {
  const stage = openPlayed();
  engine.train({ ...points, name: 'cloud-1' });
  done(stage, 'train');
  engine.train({ ...points, name: 'cloud-3' });
  const { name, ...nameless } = points;
  expect(name).toBe('twice');
  expect([engine.train(nameless).name, engine.train(nameless).name]).toEqual(['cloud-2', 'cloud-4']);
});

describe('what is added to a training', () => {
  it('is refused as what it is where it cannot be copied', async () => {
    openPlayed();
    const training = engine.train(points);
    expect(await codeOf(training.add({ ...points.data, labels: [() => 'one'] as never }))).toBe('bad-request');
  });
});
