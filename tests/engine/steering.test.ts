// Trainings as the page holds them: by name, what a new worker is told of them, and which handle steers what.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Engine, SampleRequest, Training, TrainingData, TrainRequest } from '../../src/engine';
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
const draw = (model: string): SampleRequest => ({ model, sampler: 'ddim', schedule: 'cosine', steps: 2, seed: 1, prompt: 'left' });
const reached = (training: Training, step: number) =>
  vi.waitUntil(() => (training.latest?.step ?? 0) >= step, { timeout: 20_000, interval: 1 });
const asksOf = ({ present }: Stage) => present().asked.filter((ask) => ask.kind === 'train');
/** The present worker has done all that it was asked for of a kind. */
const done = ({ present }: Stage, kind: 'steer' | 'train') => {
  for (const ask of present().asked) if (ask.kind === kind) present().hear({ kind: 'done', id: ask.id, result: undefined });
};
const replaced = async (stage: Stage) => {
  const { length } = stage.workers;
  stage.present().broke('by the test');
  await vi.waitUntil(() => stage.workers.length > length, { interval: 1 });
  stage.present().hear({ kind: 'here' });
};

describe('a training that is refused', () => {
  it('leaves the one that had ended under its name what it was, over the death of a worker, too', async () => {
    const inside = open();
    const first = engine.train({ ...toy, steps: 3 });
    const model = await first.result;
    const { values } = await engine.sample(draw(model)).result;
    const second = engine.train({ ...toy, rate: 0 });
    expect(await codeOf(second.result)).toBe('bad-request');
    expect((await engine.sample(draw(model)).result).values).toEqual(values);
    expect(engine.training('toy')).toBe(first);
    expect(first.checkpoints()).toHaveLength(2);
    // It is not the other's to forget.
    second.cancel();
    inside.crash();
    expect((await engine.sample(draw(model)).result).values).toEqual(values);
  });

  it('leaves it so where its worker dies before it is heard', async () => {
    const stage = openPlayed();
    const first = engine.train(points);
    const { id } = asksOf(stage)[0]!;
    const checkpoint = { step: 7, examples: 7, state: new Float32Array(4), halved: false };
    const entries = [{ step: 7, examples: 7, model: 'training:twice@7', raw: 'training:twice@7/raw' }];
    stage.present().hear({ kind: 'checkpoint', id, training: 'twice', checkpoint, entries });
    stage.present().hear({ kind: 'done', id, result: 'training:twice@7' });
    await first.result;
    const second = engine.train({ ...points, rate: 2 });
    await replaced(stage);
    // The old one comes back, and the new one after it: whether it is to be refused the worker knows.
    expect(asksOf(stage)).toMatchObject([{ from: { step: 7 }, finished: true }, { request: { rate: 2 } }]);
    stage.present().hear({ kind: 'checkpoint', id: -1, training: 'twice', checkpoint, entries });
    expect(second.checkpoints()).toEqual([]);
    stage.present().hear({ kind: 'failed', id: asksOf(stage)[1]!.id, code: 'bad-request', detail: 'no such rate' });
    await codeOf(second.result);
    expect(engine.training('twice')).toBe(first);
    expect(first.checkpoints()).toEqual(entries);
    // What is accepted takes its place for good.
    const third = engine.train(points);
    const { id: its } = asksOf(stage).at(-1)!;
    stage.present().hear({ kind: 'checkpoint', id: its, training: 'twice', checkpoint: { ...checkpoint, step: 0 }, entries: [] });
    await replaced(stage);
    expect(asksOf(stage)).toMatchObject([{ from: { step: 0 }, finished: false }]);
    stage.present().hear({ kind: 'failed', id: its, code: 'numbers', detail: 'lost' });
    await codeOf(third.result);
    expect(engine.training('twice')).toBe(third);
  });

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

it('a handle steers its own training, and not the next of its name', async () => {
  open();
  const first = engine.train({ ...toy, steps: 1 });
  await first.result;
  const next = engine.train({ ...toy, steps: 20 });
  await reached(next, 1);
  first.pause();
  first.set({ rate: 1e-4 });
  first.finish();
  expect(await codeOf(first.add(toy.data))).toBe('bad-request');
  expect(await next.result).toBe('training:toy@20');
  expect(next.latest!.rate).toBe(toy.rate);
});

it('single steps that are asked for while there is no worker are done by the next one', async () => {
  const inside = open();
  const training = engine.train({ ...toy, paused: true });
  training.step();
  await vi.waitUntil(() => training.checkpoints().at(-1)?.step === 1, { timeout: 20_000 });
  inside.crash();
  training.step();
  training.step();
  await reached(training, 3);
  await engine.load('digits').result;
  expect(training.latest!.step).toBe(3);
});

describe('what is added to a training', () => {
  const pictures = (values: Float32Array | Uint8Array): TrainingData => ({
    images: { values, shape: [values.length / 2, 1, 2, 1] } as TrainingData['images'],
    labels: Array.from({ length: values.length / 2 }, () => 'one'),
  });
  /** What a new worker is told of a training that such data was added to. */
  async function afterwards(first: TrainingData, ...more: TrainingData[]): Promise<TrainingData> {
    const stage = openPlayed();
    const training = engine.train({ ...points, data: first });
    for (const data of more) {
      const added = training.add(data);
      // It was copied when it was given.
      data.images.values.fill(0);
      done(stage, 'steer');
      await added;
    }
    await replaced(stage);
    return asksOf(stage)[0]!.request.data;
  }

  it('is with it in the next worker, bytes as bytes', async () => {
    const { images, labels } = await afterwards(
      pictures(Uint8Array.of(0, 255)),
      pictures(Uint8Array.of(1, 2)),
      pictures(Uint8Array.of(3, 4)),
    );
    expect(images).toEqual({ values: Uint8Array.of(0, 255, 1, 2, 3, 4), shape: [3, 1, 2, 1] });
    expect(labels).toEqual(['one', 'one', 'one']);
  });

  it('is made numbers where there are numbers, too', async () => {
    const { images } = await afterwards(pictures(Uint8Array.of(0, 255, 7, 8)), pictures(Float32Array.of(-0.5, 0.5)));
    expect(images).toEqual({ values: Float32Array.of(-1, 1, 7 / 127.5 - 1, 8 / 127.5 - 1, -0.5, 0.5), shape: [3, 1, 2, 1] });
  });

  it('is refused as what it is where it cannot be copied', async () => {
    openPlayed();
    const training = engine.train(points);
    expect(await codeOf(training.add({ ...points.data, labels: [() => 'one'] as never }))).toBe('bad-request');
  });
});
