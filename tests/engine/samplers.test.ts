// Samplers against closed forms: the suite for each, and what sets them apart.
import { describe, expect, test } from 'vitest';
import { samplers } from '../../src/engine/samplers';
import { moments, oneHill, sample, samplerSuite, twoHills } from '../suites/samplers';

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
