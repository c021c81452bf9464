// The way of a run through the public door: what each step tells, by which sampler, back to the noise, and again.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineError, schedules, type Engine, type SampleRequest, type SamplerStep } from '../../src/engine';
import { courseOf } from '../../src/engine/course';
import { local } from './link';
import { manifestOf } from './models';

let engine: Engine;
let steps: SamplerStep[];
beforeEach(() => {
  steps = [];
  ({ engine } = local({ heard: (message) => message.kind === 'step' && steps.push(message.step) }));
});
afterEach(() => engine.close());

const digit: SampleRequest = { model: 'digits', sampler: 'ddim', schedule: 'cosine', steps: 4, seed: 7, prompt: '3' };
const run = (part: Partial<SampleRequest> = {}) => engine.sample({ ...digit, ...part }).result;
const { sigmaMin = 0, sigmaMax = 0 } = manifestOf('digits');
const levelAt = (t: number) => Math.min(sigmaMax, Math.max(sigmaMin, schedules.cosine(t)));
const rest = ['ddpm', 'ddim', 'euler', 'heun', 'dpmpp2m'] as const;

describe.each(rest)('%s', (sampler) => {
  it('tells x_t, x0-hat, level and time of each step, which agree by the schedule', async () => {
    const { values } = await run({ sampler, steps: 5 });
    expect(steps.map(({ time }) => time)).toEqual([0.8, 0.6, 0.4, 0.2, 0].map((time) => expect.closeTo(time, 12) as number));
    for (const { time, next, level, index, noisy, clean } of steps) {
      expect(next).toBe(index === 4 ? 0 : levelAt(time));
      expect(level).toBe(levelAt(1 - index / 5));
      for (const { shape, values: numbers } of [noisy, clean]) expect([shape, numbers.length]).toEqual([[1, 32, 32, 1], 1024]);
    }
    expect(steps.at(-1)!.time).toBe(0);
    expect(steps.at(-1)!.noisy.values).toEqual(values);
  });
});

it('a run that starts at a level starts at its time', async () => {
  const image = { shape: [1, 32, 32, 1], values: new Float32Array(1024).fill(-1) };
  await run({ start: { image, level: schedules.cosine(0.6) }, steps: 3 });
  expect(steps.map(({ time }) => time)).toEqual([0.4, 0.2, 0].map((time) => expect.closeTo(time, 9) as number));
});

it('DDIM at eta = 0 repeats bit for bit; DDPM with the seed alone', async () => {
  expect((await run()).values).toEqual((await run()).values);
  const drawn = async (seed: number) => (await run({ sampler: 'ddpm', seed })).values;
  const one = await drawn(5);
  expect(await drawn(5)).toEqual(one);
  const other = await drawn(6);
  const apart = Math.sqrt(one.reduce((sum, value, at) => sum + (value - other[at]!) ** 2, 0) / one.length);
  expect(apart).toBeGreaterThan(0.05);
});

describe('inverted', () => {
  /** In dB, peak to peak 2: pictures lie within -1 and 1. */
  const likeness = (found: Float32Array, wanted: Float32Array) =>
    10 * Math.log10(2 ** 2 / (found.reduce((sum, value, at) => sum + (value - wanted[at]!) ** 2, 0) / found.length));

  it('visits the levels of the way down, upwards, from the least that the model knows, and arrives at the time of each', async () => {
    const request = { schedule: 'cosine', steps: 3, start: { image: { values: new Float32Array(), shape: [0] }, level: 1 } } as const;
    const { levels, times } = courseOf(request, { sigmaMin, sigmaMax });
    const inverted = courseOf({ ...request, invert: true }, { sigmaMin, sigmaMax });
    expect(levels.at(-1)).toBe(0);
    expect(inverted).toEqual({ levels: [sigmaMin, levels[2], levels[1], levels[0]], times: times.toReversed() });
    const image = { shape: [1, 32, 32, 1], values: new Float32Array(1024) };
    await run({ ...request, start: { image, level: 1 }, invert: true });
    expect(steps.map(({ level }) => level)).toEqual(inverted.levels.slice(0, -1));
    expect(steps.map(({ next }) => next)).toEqual(inverted.levels.slice(1));
  });

  it('a digit becomes its noise, and the noise that digit: PSNR at least 30 dB at 100 steps', async () => {
    const image = await run({ steps: 20 });
    const before = image.values.slice();
    steps = [];
    const noise = await run({ invert: true, steps: 100, start: { image, level: sigmaMax } });
    expect(steps.map(({ next }) => next)).toEqual(steps.map(({ next }) => next).sort((a, b) => a - b));
    expect(steps.at(-1)).toMatchObject({ index: 99, next: sigmaMax });
    expect(steps.at(-1)!.time).toBeGreaterThan(0.99);
    expect(steps.at(-1)!.noisy.values).toEqual(noise.values);
    // Nothing of the digit is to be seen in it.
    expect(likeness(noise.values, before)).toBeLessThan(10);
    const again = await run({ steps: 100, start: { image: noise, level: sigmaMax, noisy: true } });
    const found = likeness(again.values, before);
    console.info(`inverted and regenerated: ${found.toFixed(1)} dB`);
    expect(found).toBeGreaterThan(30);
  }, 240_000);

  it.each(rest.filter((name) => name !== 'ddpm'))(
    '%s leads to a level between, and back',
    async (sampler) => {
      const image = await run({ steps: 10 });
      const there = { sampler, steps: 40 };
      const noisy = await run({ ...there, invert: true, start: { image, level: 1 } });
      const again = await run({ ...there, start: { image: noisy, level: 1, noisy: true } });
      expect(likeness(again.values, image.values)).toBeGreaterThan(30);
    },
    120_000,
  );

  const image = { shape: [1, 32, 32, 1], values: new Float32Array(1024) };
  it.each<[string, Partial<SampleRequest>]>([
    ['a sampler that draws anew', { sampler: 'ddpm', start: { image, level: 1 } }],
    ['DDIM that draws anew', { eta: 0.1, start: { image, level: 1 } }],
    ['no picture', {}],
    ['a picture that is noisy already', { start: { image, level: 1, noisy: true } }],
  ])('%s is refused', async (_what, part) => {
    const code = run({ ...part, invert: true }).catch((why: unknown) => (why instanceof EngineError ? why.code : String(why)));
    expect(await code).toBe('bad-request');
  });
});
