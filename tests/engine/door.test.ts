// The engine through its public door, on wasm: jobs, their turns and ends, what is refused, and workers that die.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EngineError, levelsOf, type Engine, type SampleRequest, type SamplerStep } from '../../src/engine';
import { normals } from '../../src/engine/noise';
import { local, type Local, type Spoil } from './link';

const opened: Engine[] = [];
const open = (options?: Parameters<typeof local>[0]): Local => {
  const made = local(options);
  opened.push(made.engine);
  return made;
};
afterEach(() => opened.splice(0).forEach((engine) => engine.close()));

const digit: SampleRequest = { model: 'digits', sampler: 'ddim', schedule: 'cosine', steps: 4, seed: 7, prompt: '3' };
const codeOf = (job: { result: Promise<unknown> }) =>
  job.result.then(
    () => 'no error',
    (why: unknown) => (why instanceof EngineError ? why.code : String(why)),
  );
const norm = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
const pause = (milliseconds: number) => new Promise((go) => setTimeout(go, milliseconds));

describe('a job', () => {
  it('gives the same bits for the same seed, and others for another', async () => {
    const { engine } = open();
    const [a, b, c] = await Promise.all([digit, digit, { ...digit, seed: 8 }].map((request) => engine.sample(request).result));
    expect(a!.shape).toEqual([1, 32, 32, 1]);
    expect(b!.values).toEqual(a!.values);
    expect(c!.values).not.toEqual(a!.values);
  });

  it('shows its latest step, at unit variance while it is noise', async () => {
    const { engine } = open();
    const job = engine.sample({ ...digit, steps: 12 });
    while (!job.latest) await pause(2);
    const { noisy, level, next, steps } = job.latest;
    expect(steps).toBe(12);
    expect(next).toBeLessThan(level);
    expect(noisy.shape).toEqual([1, 32, 32, 1]);
    // Digits are darker than unit variance; noise is not: between the two.
    expect(norm(noisy.values)).toBeGreaterThan(0.8);
    expect(norm(noisy.values)).toBeLessThan(1.1);
    await job.result;
    expect(job.latest.index).toBe(11);
    expect(job.latest.next).toBe(0);
  });

  it('tells what it computed by itself, and how often it asked the network', async () => {
    const steps: SamplerStep[] = [];
    const { engine } = open({ heard: (message) => message.kind === 'step' && steps.push(message.step) });
    await engine.load('digits').result;
    const request: SampleRequest = { ...digit, sampler: 'heun', steps: 3 };
    await Promise.all([request, digit, digit].map((one) => engine.sample(one).result));
    const heun = steps.filter((step) => step.steps === 3);
    // The last step of Heun ends at level 0, where there is nothing to correct.
    expect(heun.map(({ evaluations }) => evaluations)).toEqual([2, 4, 5]);
    expect(heun.every(({ computing }, at) => computing > (heun[at - 1]?.computing ?? 0))).toBe(true);
    // Three at once: each waits for the others about as long as they compute.
    const waited = heun.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    expect(heun.at(-1)!.computing).toBeLessThan(0.75 * waited);
  });

  it('ends at once when cancelled, and the next one runs', async () => {
    const { engine } = open();
    const job = engine.sample({ ...digit, steps: 500 });
    while (!job.latest) await pause(2);
    job.cancel();
    expect(await codeOf(job)).toBe('cancelled');
    expect(await codeOf(engine.sample(digit))).toBe('no error');
  });

  it('whose numbers leave their range says so at its end, too', async () => {
    const { engine } = open();
    const image = { values: new Float32Array(3).fill(1e36), shape: [1, 3] };
    const request: SampleRequest = { ...digit, model: 'cloud', steps: 2, prompt: 'noise', invert: true, start: { image, level: 1e6 } };
    expect(await codeOf(engine.sample(request))).toBe('numbers');
  });

  it('of the attended room is done first', async () => {
    const { engine } = open();
    await engine.load('digits').result;
    engine.attend('noise');
    const ends: string[] = [];
    const run = (room: string) => engine.sample({ ...digit, steps: 10, room }).result.then(() => ends.push(room));
    await Promise.all([run('welcome'), run('atrium'), run('noise')]);
    expect(ends[0]).toBe('noise');
    expect(ends).toHaveLength(3);
  });

  it('leaves no tensor behind', async () => {
    const { engine } = open();
    await engine.sample(digit).result;
    const before = await engine.memory();
    for (let seed = 0; seed < 50; seed++) await engine.sample({ ...digit, steps: 1, seed }).result;
    expect((await engine.memory()).tensors).toBe(before.tensors);
  }, 60_000);
});

describe('noise', () => {
  it.each([0.1, 1, 10])('at level %d is the closed form with the noise of that seed', async (level) => {
    const { engine } = open();
    const image = { shape: [1, 4, 4, 1], values: Float32Array.from({ length: 16 }, (_, at) => at / 8 - 1) };
    const { values } = await engine.noise({ image, level, seed: 5 });
    const eps = normals(5, 0, 16);
    image.values.forEach((clean, at) => expect(values[at]).toBeCloseTo((clean + level * eps[at]!) / Math.hypot(1, level), 5));
  });

  it('starts a run: a picture noised by hand and one noised by the run are one', async () => {
    const { engine } = open();
    const clean = await engine.sample(digit).result;
    const level = 2;
    const noised = await engine.noise({ image: clean, level, seed: 11 });
    const by = (start: SampleRequest['start']) => engine.sample({ ...digit, seed: 11, start: start! }).result;
    const [a, b] = await Promise.all([by({ image: clean, level }), by({ image: noised, level, noisy: true })]);
    expect(Math.max(...a.values.map((value, at) => Math.abs(value - b.values[at]!)))).toBeLessThan(1e-3);
  });

  it('drawn anew in the steps is not the noise of the start', async () => {
    const steps: SamplerStep[] = [];
    const { engine } = open({ heard: (message) => message.kind === 'step' && steps.push(message.step) });
    const level = levelsOf('cosine', 2, { sigmaMin: 0.0067, sigmaMax: 148.4 })[1]!;
    const job = engine.sample({ ...digit, sampler: 'ddpm', steps: 2 });
    await job.result;
    const { noisy, clean } = steps.find(({ index }) => index === 0)!;
    const eps = noisy.values.map((value, at) => (value * Math.hypot(1, level) - clean.values[at]!) / level);
    const start = normals(digit.seed, 0, eps.length);
    const product = eps.reduce((sum, value, at) => sum + value * start[at]!, 0) / eps.length;
    expect(Math.abs(product)).toBeLessThan(0.3);
  });
});

describe('what cannot be right', () => {
  const image = (shape: number[]) => ({ shape, values: new Float32Array(shape.reduce((a, b) => a * b, 1)) });
  it.each<[string, Partial<SampleRequest>]>([
    ['no steps', { steps: 0 }],
    ['too many steps', { steps: 1001 }],
    ['steps that are no number', { steps: NaN }],
    ['a seed that is no number', { seed: 1.5 }],
    ['an unknown sampler', { sampler: 'toString' as 'ddim' }],
    ['an unknown schedule', { schedule: '__proto__' as 'cosine' }],
    ['eta out of range', { eta: 2 }],
    ['eta where there is none', { eta: 0.5, sampler: 'ddpm' }],
    ['an unknown class', { prompt: 'dragon' }],
    ['guidance towards nothing', { prompt: undefined as unknown as string, guidance: 3 }],
    ['a start of another shape', { start: { image: image([1, 28, 28, 1]), level: 1 } }],
    ['a start at no level', { start: { image: image([1, 32, 32, 1]), level: 0 } }],
    ['more than a worker can answer in time', { count: 100_000 }],
  ])('%s is refused', async (_, part) => {
    const { engine } = open();
    expect(await codeOf(engine.sample({ ...digit, ...part }))).toBe('bad-request');
  });

  it.each(['__proto__', '../digits', '', 'Digits'])('a model called %j is unknown', async (model) => {
    const { engine } = open();
    expect(await codeOf(engine.sample({ ...digit, model }))).toBe('unknown-model');
  });

  it('noise at no level, and pictures of another size for the judge, are refused', async () => {
    const { engine } = open();
    for (const level of [NaN, -1, 1e200])
      expect(await codeOf({ result: engine.noise({ image: image([1, 2]), level, seed: 1 }) })).toBe('bad-request');
    expect(await codeOf({ result: engine.classify(image([1, 28, 28, 1])) })).toBe('bad-request');
  });
});

describe('weights', () => {
  const weights = 'digits/weights.safetensors';
  it.each<[string, string, Spoil]>([
    ['missing', 'weights-missing', (path, bytes) => (path === weights ? (undefined as never) : bytes)],
    ['cut short', 'weights-truncated', (path, bytes) => (path === weights ? bytes.subarray(0, 1000) : bytes)],
    [
      'with one bit turned',
      'weights-hash',
      (path, bytes) => {
        if (path === weights) bytes[bytes.length - 5]! ^= 1;
        return bytes;
      },
    ],
    [
      'whose self-test was changed',
      'weights-hash',
      (path, bytes) => {
        if (path === 'digits/selftest.safetensors') bytes[bytes.length - 5]! ^= 1;
        return bytes;
      },
    ],
  ])('%s fail their own jobs alone, and are fetched anew', async (_, code, spoil) => {
    let isWhole = false;
    const { engine } = open({ spoil: (path, bytes) => (isWhole ? bytes : spoil(path, bytes)) });
    expect(await codeOf(engine.sample(digit))).toBe(code);
    const cloud: SampleRequest = { model: 'cloud', sampler: 'ddim', schedule: 'cosine', steps: 2, seed: 1, count: 64, prompt: 'noise' };
    expect(await codeOf(engine.sample(cloud))).toBe('no error');
    expect(engine.report().reason).toBe('untested');
    isWhole = true;
    expect(await codeOf(engine.sample(digit))).toBe('no error');
    // What could not be tested for want of its model is tested now.
    await vi.waitFor(() => expect(engine.report()).toMatchObject({ reason: 'only', trials: [{ backend: 'wasm', passed: true }] }), 10_000);
  });

  it('a failure that nobody foresaw is told as that, and what comes next is computed', async () => {
    let isBroken = true;
    const { engine } = open({ before: () => (isBroken ? Promise.reject(new TypeError('a mistake of ours')) : Promise.resolve()) });
    const failed = engine.load('cloud').result;
    await expect(failed).rejects.toMatchObject({ code: 'unexpected', detail: expect.stringContaining('a mistake of ours') as string });
    isBroken = false;
    expect(await codeOf(engine.load('cloud'))).toBe('no error');
  });
});

describe('a worker that dies', () => {
  it('is replaced; its jobs run again from their seed', async () => {
    const { engine, crash, lines } = open();
    const whole = await engine.sample({ ...digit, steps: 20 }).result;
    const told: string[] = [];
    engine.onLost((what) => told.push(what));
    const job = engine.sample({ ...digit, steps: 20 });
    while (!job.latest) await pause(2);
    crash();
    expect((await job.result).values).toEqual(whole.values);
    expect(told).toEqual(['worker']);
    expect(engine.report().restarts).toBe(1);
    expect(lines()).toBe(2);
  });

  it('of one poisonous job takes that job alone with it', async () => {
    const { engine } = open({ deaf: (ask) => ask.kind === 'sample' && ask.request.seed === 666 });
    const [poison, sound] = [engine.sample({ ...digit, seed: 666 }), engine.sample(digit)];
    expect(await codeOf(poison)).toBe('worker-lost');
    expect(await codeOf(sound)).toBe('no error');
  });

  it('again and again ends the engine, and every job says so', async () => {
    const { engine, crash, lines } = open();
    for (let death = 1; death <= 4; death++) {
      await vi.waitUntil(() => lines() === death);
      crash();
    }
    expect(await codeOf(engine.sample(digit))).toBe('worker-lost');
    expect(engine.report().reason).toBe('failed');
  });
});
