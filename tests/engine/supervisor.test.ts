// The page's side over workers that are only played: what it does when they are slow, silent, or die.
import { expect, it, vi } from 'vitest';
import type { DeviceReport, Engine, SamplerStep, TrainStep } from '../../src/engine';
import { betweenTests } from './between';
import { answer, codeOf, digit, here, played, points, samplesOf, type Stage } from './played';

let stage: Stage;
let engine: Engine;
const present = () => stage.present();

betweenTests(() => engine.close(), { fakeTime: true });

const open = (waits?: readonly number[]) => void ({ engine } = stage = played({ waits }));

/** The present worker says that a training has done so many steps, or begins. */
const trained = (step: number) => {
  const ask = present().asked.find(({ kind }) => kind === 'train');
  expect(ask, `the training has a worker for step ${step}`).toBeDefined();
  present().hear({ kind: 'trained', id: ask!.id, step: { step } as TrainStep });
};
const dies = async () => {
  present().broke('by the test');
  await vi.advanceTimersByTimeAsync(0);
  present().hear(here);
};

it('gives a new worker the next job when the one it waits for is cancelled', async () => {
  open();
  const jobs = [1, 2, 3].map((seed) => engine.sample({ ...digit, seed }));
  present().hear(here);
  present().broke('by the test');
  await vi.advanceTimersByTimeAsync(0);
  present().hear(here);
  expect(samplesOf(present()).map(({ request }) => request.seed)).toEqual([1]);
  jobs[0]!.cancel();
  expect(samplesOf(present()).map(({ request }) => request.seed)).toEqual([1, 2]);
  answer(present(), 2);
  expect(samplesOf(present()).map(({ request }) => request.seed)).toEqual([1, 2, 3]);
  answer(present(), 3);
  expect(await Promise.all(jobs.map(codeOf))).toEqual(['cancelled', '[object Object]', '[object Object]']);
});

/** One life of a worker that dies of `killer`, before it says anything or after a step; `innocent` gets steps, and its end where it is alone. */
async function live(killer: number, innocent: number, saysStep: boolean): Promise<void> {
  const has = (seed: number) => samplesOf(present()).some(({ request }) => request.seed === seed);
  const step = (seed: number) => {
    const ask = samplesOf(present()).find(({ request }) => request.seed === seed);
    if (ask) present().hear({ kind: 'step', id: ask.id, step: {} as SamplerStep });
  };
  present().hear(here);
  step(innocent);
  if (saysStep) step(killer);
  step(innocent);
  if (!has(killer)) answer(present(), innocent);
  if (!has(killer)) return;
  present().broke('by the killer');
  await vi.advanceTimersByTimeAsync(0);
}

it.each([
  ['an older one', 1, 2, false],
  ['a younger one', 2, 1, false],
  ['an older one, though it answers first,', 1, 2, true],
  ['a younger one, though it answers first,', 2, 1, true],
])('a job that kills every worker does not take %s with it', async (_which, innocent, killer, saysStep) => {
  open([0, 0, 0, 0, 0, 0]);
  const codes: Record<number, string> = {};
  for (const seed of [1, 2]) void codeOf(engine.sample({ ...digit, seed })).then((code) => (codes[seed] = code));
  for (let death = 0; death < 6 && !codes[killer]; death++) await live(killer, innocent, saysStep);
  await vi.advanceTimersByTimeAsync(0);
  if (!codes[innocent]) answer(present(), innocent);
  await vi.advanceTimersByTimeAsync(0);
  expect(codes).toEqual({ [killer]: 'worker-lost', [innocent]: '[object Object]' });
  expect(stage.workers.length).toBeLessThanOrEqual(4);
});

it('a training that gets on is no poison, whatever its workers die of: it leaves room for others', async () => {
  open([0, 0, 0, 0, 0]);
  const training = engine.train(points);
  for (const step of [1, 2, 3]) {
    present().hear(here);
    trained(step);
    await dies();
  }
  // From its last checkpoint it comes by steps that it had done before: these say nothing.
  trained(3);
  await dies();
  trained(3);
  void engine.sample(digit);
  expect(samplesOf(present())).toHaveLength(0);
  trained(4);
  expect(samplesOf(present())).toHaveLength(1);
  expect(training.latest).toMatchObject({ step: 4 });
});

it('a training that kills every worker at the same step ends', async () => {
  open([0, 0, 0, 0]);
  const training = engine.train(points);
  for (let death = 0; death < 3; death++) {
    present().hear(here);
    trained(1);
    await dies();
  }
  expect(await codeOf(training)).toBe('worker-lost');
});

it.each(['runs', 'is paused'])('a job that saw two workers die waits for no training that %s, nor do others behind it', async (how) => {
  open([0, 0, 0, 0]);
  engine.train({ ...points, paused: how === 'is paused' });
  const codes: Record<number, string> = {};
  for (const seed of [1, 2]) void codeOf(engine.sample({ ...digit, seed })).then((code) => (codes[seed] = code));
  let steps = 0;
  present().hear(here);
  trained(++steps);
  for (let death = 0; death < 3; death++) {
    await dies();
    trained(++steps);
  }
  await vi.advanceTimersByTimeAsync(0);
  // The first of the two killed them all; the other has lost nothing by it.
  expect(codes).toEqual({ 1: 'worker-lost' });
  answer(present(), 2);
});

it('a job that kills every worker may be asked again: the others have a worker all the same', async () => {
  open();
  for (let time = 0; time < 3; time++) {
    const killer = engine.sample({ ...digit, seed: 666 });
    let code: string | undefined;
    void codeOf(killer).then((found) => (code = found));
    for (let second = 0; second < 120 && !code; second++) {
      present().hear(here);
      if (samplesOf(present()).some(({ request }) => request.seed === 666)) present().broke('by the killer');
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(code).toBe('worker-lost');
  }
  const other = engine.sample(digit);
  answer(present(), digit.seed);
  expect(await codeOf(other)).toBe('[object Object]');
});

it('sends a new worker the request as it was when it was asked', async () => {
  open();
  const image = { values: Float32Array.of(1, 2), shape: [2] };
  const request = { image, level: 1, seed: 1 };
  void engine.noise(request).catch(() => undefined);
  image.values.fill(9);
  request.seed = 2;
  present().broke('by the test');
  await vi.advanceTimersByTimeAsync(0);
  expect(present().asked.find(({ kind }) => kind === 'noise')).toMatchObject({ image: { values: Float32Array.of(1, 2) }, seed: 1 });
});

it('asks a job that was asked in a pause of the next worker', async () => {
  open([1000]);
  present().broke('by the test');
  const job = engine.sample(digit);
  await vi.advanceTimersByTimeAsync(1000);
  answer(present(), digit.seed);
  await job.result;
});

it('adds up the losses and errors of all workers', async () => {
  open();
  const report: DeviceReport = { backend: 'webgpu', reason: 'faster', trials: [], losses: 1, restarts: 0, gpuErrors: 2 };
  present().hear({ kind: 'report', report });
  present().hear({ kind: 'report', report: { ...report, losses: 2 } });
  present().broke('by the test');
  await vi.advanceTimersByTimeAsync(0);
  expect(engine.report()).toMatchObject({ losses: 2, gpuErrors: 2, restarts: 1 });
  present().hear({ kind: 'report', report: { ...report, losses: 0, gpuErrors: 0 } });
  expect(engine.report()).toMatchObject({ losses: 2, gpuErrors: 2, restarts: 1 });
  present().hear({ kind: 'report', report: { ...report, gpuErrors: 5 } });
  expect(engine.report()).toMatchObject({ losses: 3, gpuErrors: 7, restarts: 1 });
});

it('what a training that was cancelled still tells is no word of the next of its name', async () => {
  open();
  const first = engine.train(points);
  const { id } = present().asked.find(({ kind }) => kind === 'train')!;
  first.cancel();
  const second = engine.train(points);
  const checkpoint = { step: 7, examples: 7, state: new Float32Array(4), halved: false };
  const entries = [{ step: 7, examples: 7, model: 'training:twice@7', raw: 'training:twice@7/raw' }];
  present().hear({ kind: 'checkpoint', id, training: 'twice', checkpoint, entries });
  expect(second.checkpoints()).toEqual([]);
  present().broke('by the test');
  await vi.advanceTimersByTimeAsync(0);
  expect(present().asked.find(({ kind }) => kind === 'train')).not.toHaveProperty('from');
});
