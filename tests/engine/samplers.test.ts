// Samplers against closed forms: the suite for each, and what sets them apart.
import { describe, expect, test } from 'vitest';
import { samplers, type Sampler } from '../../src/engine/samplers';
import { moments, oneHill, sample, samplerSuite, twoHills } from '../suites/samplers';
import { apart, fixture } from './models';

describe.each(Object.entries(samplers))('%s', (_name, sampler) => samplerSuite(sampler));

test('DDIM at eta = 0 draws no fresh noise', async () => {
  const run = samplers.ddim({ denoise: oneHill, noisy: new Float32Array([1, 2]), levels: [2, 1, 0], fresh: () => expect.unreachable() });
  for await (const { noisy } of run) expect(noisy.every(Number.isFinite)).toBe(true);
});

test('DDIM is of first order: twice the steps, half the error', async () => {
  // With one hill the exact path is x(level) = x(start) * sqrt((1 + level^2) / (1 + start^2)).
  const error = async (steps: number) => {
    const { steps: taken, result } = await sample(samplers.ddim, { denoise: oneHill, steps, count: 500 });
    const start = taken[0]!.level;
    const { result: fine } = await sample(samplers.ddim, { denoise: oneHill, steps: 4096, count: 500 });
    const scale = Math.sqrt(moments(fine).variance / moments(result).variance);
    expect(start).toBeGreaterThan(1);
    return Math.abs(scale - 1);
  };
  const order = Math.log2((await error(32)) / (await error(64)));
  expect(order).toBeGreaterThan(0.85);
  expect(order).toBeLessThan(1.15);
});

test('DDIM follows the exact path of one hill', async () => {
  const { steps } = await sample(samplers.ddim, { denoise: oneHill, steps: 2000, count: 4 });
  const [first, later] = [steps[0]!, steps[1500]!];
  const begun = first.noisy.map((x) => x * Math.sqrt((1 + later.next ** 2) / (1 + first.next ** 2)));
  later.noisy.forEach((x, at) => expect(x / begun[at]!).toBeCloseTo(1, 2));
});

test('DDIM at eta = 1 is DDPM', async () => {
  const options = { denoise: twoHills, steps: 25, count: 256 };
  const [ddim, ddpm] = [await sample(samplers.ddim, { ...options, eta: 1 }), await sample(samplers.ddpm, options)];
  ddpm.result.forEach((value, at) => expect(ddim.result[at]).toBeCloseTo(value, 4));
});

test('DDIM between the two keeps the statistics', async () => {
  const { result } = await sample(samplers.ddim, { denoise: oneHill, steps: 200, eta: 0.5 });
  expect(moments(result).variance).toBeCloseTo(1, 1);
});

/** How fast the error falls on the exact path of one hill, x(level) = x(start) sqrt((1 + level^2) / (1 + start^2)). */
async function orderOf(sampler: Sampler, [from, to]: readonly [number, number], isEven: boolean): Promise<number> {
  const error = async (steps: number) => {
    // Uneven: of ln sigma every other step goes three times as far.
    const share = (at: number) => (isEven || at % 2 === 0 ? at : at - 0.5) / steps;
    const levels = Array.from({ length: steps + 1 }, (_, at) => from * (to / from) ** share(at));
    const run = sampler({ denoise: oneHill, noisy: new Float32Array([20, -31]), levels, fresh: () => expect.unreachable() });
    let reached = new Float32Array();
    for await (const { noisy } of run) reached = Float32Array.from(noisy);
    return Math.abs(reached[0]! / (20 * Math.sqrt((1 + to ** 2) / (1 + from ** 2))) - 1);
  };
  return Math.log2((await error(20)) / (await error(40)));
}

test.each([
  ['ddim', 1],
  ['euler', 1],
  ['heun', 2],
  ['dpmpp2m', 2],
] as const)('%s is of order %i, down and up: twice the steps, the error by its power of two smaller', async (name, order) => {
  for (const isEven of [true, false])
    for (const way of [
      [20, 0.05],
      [0.05, 20],
    ] as const) {
      const found = await orderOf(samplers[name], way, isEven);
      const where = `from ${way[0]} in ${isEven ? 'even' : 'uneven'} steps`;
      expect(found, where).toBeGreaterThan(order - 0.25);
      expect(found, where).toBeLessThan(order + 0.35);
    }
});

test("DPM-Solver++(2M)'s second step is that of algorithm 2, with its ratio r of two uneven steps", async () => {
  const levels = [8, 4, 0.5, 0.25];
  const guesses = [1, -2, 5];
  const run = samplers.dpmpp2m({
    denoise: (noisy, level) => Promise.resolve(noisy.map(() => guesses[levels.indexOf(level)]!)),
    noisy: Float32Array.of(10),
    levels,
    fresh: () => expect.unreachable(),
  });
  const found: number[] = [];
  for await (const { noisy } of run) found.push(noisy[0]!);
  // h is ln 2, then 3 ln 2, then ln 2 again: r = 1/3, then 3, and D_i = (1 + 1 / 2r) x_i - (1 / 2r) x_(i-1).
  const first = 10 / 2 + 1 / 2;
  const second = first / 8 + (1 - 1 / 8) * (2.5 * -2 - 1.5 * 1);
  const third = second / 2 + (1 - 1 / 2) * ((7 / 6) * 5 - (1 / 6) * -2);
  [first, second, third].forEach((value, at) => expect(found[at], `step ${at}`).toBeCloseTo(value, 5));
});

test('DDIM at eta = 0 is Euler in sigma on the same levels', async () => {
  const options = { denoise: twoHills, steps: 25, count: 256 };
  const [ddim, euler] = [await sample(samplers.ddim, options), await sample(samplers.euler, options)];
  ddim.result.forEach((value, at) => expect(euler.result[at]).toBeCloseTo(value, 5));
});

describe('step by step as the schedulers of Hugging Face diffusers (training/schedulers.py)', () => {
  const recorded = fixture('schedulers');
  test.each([
    ['ddpm', 'ddpm', undefined],
    ['ddim', 'ddim', 0],
    ['ddim-half', 'ddim', 0.5],
    ['euler', 'euler', undefined],
    ['heun', 'heun', undefined],
    ['dpmpp2m', 'dpmpp2m', undefined],
  ] as const)('%s', async (run, name, eta) => {
    const [levels, start, steps, fresh] = ['levels', 'start', 'steps', 'fresh'].map((part) => recorded[`${run}.${part}`]?.values);
    const count = start!.length;
    const drawn = (index: number) => fresh!.subarray(index * count, (index + 1) * count);
    const sampling = samplers[name]({
      denoise: twoHills,
      noisy: start!,
      levels: [...levels!],
      ...(eta === undefined ? {} : { eta }),
      fresh: drawn,
    });
    for await (const { index, noisy } of sampling)
      expect(apart(noisy, steps!.subarray(index * count, (index + 1) * count)), `after step ${index}`).toBeLessThan(1e-4);
  });
});
