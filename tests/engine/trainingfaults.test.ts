// Trainings whose memory, numbers, device or worker is lost: they go on from their last checkpoint, or say plainly why not.
import { beforeEach, expect, it, vi } from 'vitest';
import type { SampleRequest, Training, TrainStep } from '../../src/engine';
import { betweenTests } from './between';
import { play } from './imitation';
import { local, type Local, type LocalOptions } from './link';
import { bars, toy } from './toys';

vi.mock('@tensorflow/tfjs-backend-webgpu', () => import('./imitation'));
/** Called when a step of Adam begins. */
let beforeAdam: () => void = () => undefined;
vi.mock('../../src/engine/kernels/adam', async (original) => {
  const { adam } = await original<typeof import('../../src/engine/kernels/adam')>();
  return { adam: (...given: Parameters<typeof adam>) => (beforeAdam(), adam(...given)) };
});
vi.mock('../../src/engine/kernels/webgpu', () => ({ registerKernels: () => undefined }));

let inside: Local;
let steps: TrainStep[];
beforeEach(() => {
  steps = [];
  beforeAdam = () => undefined;
});
betweenTests(() => inside.engine.close());
const open = (options: LocalOptions = {}) => {
  inside = local({ ...options, heard: (message) => message.kind === 'trained' && steps.push(message.step) });
  inside.engine.attend('here');
  return inside.engine;
};
const reached = (training: Training, step: number) =>
  vi.waitUntil(() => (training.latest?.step ?? 0) >= step, { timeout: 20_000, interval: 1 });
const draw = (model: string): SampleRequest => ({ model, sampler: 'ddim', schedule: 'cosine', steps: 2, seed: 1, prompt: 'left' });
/** The losses of a run that nothing happens to, by step. */
async function undisturbed(): Promise<Map<number, number>> {
  await open().train(toy).result;
  const found = new Map(steps.map(({ step, loss }) => [step, loss]));
  inside.engine.close();
  steps = [];
  return found;
}

it('memory that runs out makes the pieces smaller for good, says so, and changes nothing else', async () => {
  const whole = await undisturbed();
  const engine = open();
  const training = engine.train(toy);
  await reached(training, 2);
  engine.fault('memory');
  await training.result;
  const reduced = steps.filter((step) => step.reduced);
  expect(reduced.length).toBeGreaterThan(0);
  expect(reduced.at(-1)!.piece).toBe(4);
  expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  for (const { step, loss } of steps) expect(Math.abs(loss / whole.get(step)! - 1)).toBeLessThan(1e-3);
});

it('memory that is too short for one example ends the training, and its checkpoints stay', async () => {
  const engine = open();
  const training = engine.train({ ...toy, steps: 1000, piece: 1 });
  await reached(training, 1);
  engine.fault('memory');
  await expect(training.result).rejects.toMatchObject({ code: 'out-of-memory' });
  expect((await engine.sample(draw('training:toy@0')).result).values).toHaveLength(64);
});

it('numbers that are lost once halve the rate from the last checkpoint on; lost again, they end it there', async () => {
  const whole = await undisturbed();
  const engine = open();
  const training = engine.train({ ...toy, steps: 1000 });
  await reached(training, 13);
  engine.fault('numbers');
  await vi.waitUntil(() => training.latest!.halved, { timeout: 20_000, interval: 1 });
  const again = steps.find((step) => step.halved)!;
  expect(again.step).toBe(11);
  expect(again.rate).toBe(toy.rate / 2);
  expect(again.loss).toBe(whole.get(11));
  await reached(training, 14);
  engine.fault('numbers');
  await expect(training.result).rejects.toMatchObject({ code: 'numbers' });
  expect(training.checkpoints().map(({ step }) => step)).toContain(10);
  const { values } = await engine.sample(draw(training.checkpoints().at(-1)!.model)).result;
  expect(values.every(Number.isFinite)).toBe(true);
});

it('a worker that dies: the next one goes on from the last checkpoint, bit for bit, with what was changed and added', async () => {
  const whole = await undisturbed();
  const engine = open();
  const training = engine.train(toy);
  await reached(training, 14);
  inside.crash();
  expect(await training.result).toBe('training:toy@20');
  const after = steps.slice(steps.findIndex(({ step }, at) => at > 0 && step <= steps[at - 1]!.step));
  expect(after[0]!.step).toBe(11);
  expect(after.at(-1)!.step).toBe(20);
  for (const { step, loss } of after) expect(loss).toBe(whole.get(step));
  // One that has ended comes back for its checkpoints.
  const before = await engine.sample(draw('training:toy@20')).result;
  inside.crash();
  expect((await engine.sample(draw('training:toy@20')).result).values).toEqual(before.values);

  const other = engine.train({ ...toy, name: 'other', steps: 1000 });
  await reached(other, 1);
  await other.add(bars(2, 11));
  other.set({ rate: 1e-4 });
  other.pause();
  await vi.waitUntil(() => other.checkpoints().at(-1)!.step > 0);
  inside.crash();
  await vi.waitUntil(() => inside.lines() === 4);
  expect(other.isPaused).toBe(true);
  // A paused training does not hold up the others.
  await engine.sample(draw('training:toy@20')).result;
  const { step } = other.latest!;
  other.step();
  await vi.waitUntil(() => other.latest!.step === step + 1, { timeout: 20_000 });
  other.cancel();
});

it('after a worker died every checkpoint that the page was told of draws what it drew, and is kept over the next death, too', async () => {
  const engine = open();
  const [going, ended] = [engine.train({ ...toy, steps: 1000 }), engine.train({ ...toy, name: 'ended', steps: 12, every: 5 })];
  await ended.result;
  await reached(going, 32);
  going.pause();
  await vi.waitUntil(() => going.checkpoints().at(-1)!.step === going.latest!.step, { timeout: 20_000 });
  const names = [going, ended].flatMap((one) => one.checkpoints().flatMap(({ model, raw }) => [model, raw]));
  expect(names.length).toBeGreaterThanOrEqual(18);
  const all = () => Promise.all(names.map(async (name) => (await engine.sample(draw(name)).result).values));
  const before = await all();
  for (let death = 0; death < 2; death++) {
    inside.crash();
    expect(await all()).toEqual(before);
  }
  expect([going, ended].flatMap((one) => one.checkpoints().flatMap(({ model, raw }) => [model, raw]))).toEqual(names);
  // Asked as soon as the new worker stands, before it has got the training again.
  inside.crash();
  await vi.waitUntil(() => inside.lines() === 4, { timeout: 20_000, interval: 1 });
  expect((await engine.sample(draw('training:toy@10')).result).values).toEqual(before[names.indexOf('training:toy@10')]);
});

it('one that ended before its first step comes back ended: its model is there, and its name is free', async () => {
  const engine = open();
  const training = engine.train({ ...toy, piece: 1 });
  training.pause();
  await vi.waitUntil(() => training.checkpoints().length > 0, { timeout: 20_000 });
  engine.fault('memory');
  training.resume();
  await expect(training.result).rejects.toMatchObject({ code: 'out-of-memory' });
  const before = await engine.sample(draw('training:toy@0')).result;
  inside.crash();
  expect((await engine.sample(draw('training:toy@0')).result).values).toEqual(before.values);
  expect(await engine.train(toy).result).toBe('training:toy@20');
});

it('a device that is lost in the middle: on the fresh one it goes on from the last checkpoint', async () => {
  const whole = await undisturbed();
  const device = play();
  const engine = open({ backend: 'webgpu' });
  const training = engine.train(toy);
  await reached(training, 13);
  device.lose();
  await training.result;
  expect(engine.report()).toMatchObject({ backend: 'webgpu', losses: 1 });
  const back = steps.findIndex(({ step }, at) => at > 0 && step <= steps[at - 1]!.step);
  expect(steps[back]!.step).toBe(11);
  expect(steps.at(-1)!.step).toBe(20);
  for (const { step, loss } of steps) expect(Math.abs(loss / whole.get(step)! - 1)).toBeLessThan(1e-3);
});

it('a device that says afterwards that memory was short: the piece is computed again, smaller', async () => {
  class OutOfMemory extends Error {}
  vi.stubGlobal('GPUOutOfMemoryError', OutOfMemory);
  const device = play();
  const engine = open({ backend: 'webgpu' });
  const training = engine.train(toy);
  await reached(training, 2);
  device.report(new OutOfMemory());
  await training.result;
  expect(steps.at(-1)).toMatchObject({ step: 20, piece: 4, reduced: true });
  expect(steps[1]).toMatchObject({ reduced: false });
});

/** Calls `work` at the fifth call. */
const fifth = (work: () => void) => {
  let calls = 0;
  return () => void (++calls === 5 && work());
};

it('memory that runs out over Adam, thrown or said afterwards: the step is computed again, and its numbers are the same', async () => {
  const whole = await undisturbed();
  class OutOfMemory extends Error {}
  vi.stubGlobal('GPUOutOfMemoryError', OutOfMemory);
  const check = async (options: LocalOptions, fail: () => void) => {
    steps = [];
    beforeAdam = fifth(fail);
    await open(options).train(toy).result;
    inside.engine.close();
    expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
    expect(steps.map(({ reduced }) => reduced).indexOf(true)).toBe(4);
    for (const { step, loss } of steps) expect(Math.abs(loss / whole.get(step)! - 1)).toBeLessThan(1e-3);
  };
  await check({}, () => {
    throw new RangeError('Array buffer allocation failed');
  });
  const device = play();
  await check({ backend: 'webgpu' }, () => device.report(new OutOfMemory()));
});

it('memory that is too short for Adam or for a checkpoint is called by its name, and earlier checkpoints stay', async () => {
  const engine = open();
  beforeAdam = () => {
    throw new RangeError('Array buffer allocation failed');
  };
  await expect(engine.train(toy).result).rejects.toMatchObject({ code: 'out-of-memory' });
  expect((await engine.sample(draw('training:toy@0')).result).values).toHaveLength(64);
  inside.engine.close();

  beforeAdam = () => undefined;
  const device = play();
  const training = open({ backend: 'webgpu' }).train(toy);
  await vi.waitUntil(() => training.checkpoints().length === 2, { timeout: 20_000, interval: 1 });
  const most = 4 * 1000;
  device.read = (values) => {
    if (values.length > most) throw new RangeError('Array buffer allocation failed');
    return values;
  };
  await expect(training.result).rejects.toMatchObject({ code: 'out-of-memory' });
  expect(training.checkpoints().map(({ step }) => step)).toEqual([0, 10]);
});

it('a worker says while it computes that it is at work, every second or so', async () => {
  const kinds: string[] = [];
  inside = local({ heard: ({ kind }) => kinds.push(kind) });
  let now = performance.now();
  // A slow device: whoever asks for the time finds it later by a tenth of a second.
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 100));
  await inside.engine.train({ ...toy, steps: 2 }).result;
  const within = kinds.slice(kinds.indexOf('trained'), kinds.lastIndexOf('trained'));
  expect(within.filter((kind) => kind === 'here').length).toBeGreaterThan(5);
});

it('so it does over much data', async () => {
  const kinds: string[] = [];
  inside = local({ heard: ({ kind }) => kinds.push(kind) });
  await vi.waitUntil(() => inside.engine.report().reason === 'only', { timeout: 20_000 });
  // Later than any sign that was given so far.
  let now = performance.now() + 1e9;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 100));
  kinds.length = 0;
  const count = 1 << 16;
  const images = { shape: [count, 8, 8, 1], values: new Uint8Array(count * 64) };
  const training = inside.engine.train({ ...toy, data: { images, labels: Array<string>(count).fill('left') }, paused: true });
  await vi.waitUntil(() => training.checkpoints().length > 0, { timeout: 20_000 });
  expect(kinds.slice(0, kinds.indexOf('checkpoint')).filter((kind) => kind === 'here').length).toBeGreaterThan(2);
  training.cancel();
});

it('one that is cancelled in the middle of a step leaves the next of its name alone', async () => {
  const engine = open();
  const first = engine.train({ ...toy, steps: 1000 });
  await reached(first, 1);
  // Within the same task: the step under way unwinds when the next one is there.
  first.cancel();
  const next = engine.train(toy);
  const model = await next.result;
  expect((await engine.sample(draw(model)).result).values).toHaveLength(64);
  expect(next.checkpoints().length).toBeGreaterThan(1);
});

it('one that is to end as it stands ends so after its worker died, too; what is out of range is refused at once', async () => {
  const engine = open();
  const training = engine.train({ ...toy, steps: 100_000 });
  await reached(training, 2);
  expect(() => training.set({ rate: 5 })).toThrow('a rate lies between');
  training.set({ budget: 20 });
  training.finish();
  inside.crash();
  expect(await training.result).toMatch(/^training:toy@/);
  expect(inside.lines()).toBe(2);
});
