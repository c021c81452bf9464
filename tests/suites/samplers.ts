// What every sampler must keep, held against denoisers whose best answer is known exactly.
import { describe, expect, test } from 'vitest';
import { normals } from '../../src/engine/noise';
import type { Denoise, Sampler, Step } from '../../src/engine/samplers';
import { levelsOf } from '../../src/engine/schedules';

/** The best guess for data N(0, 1) is x / (1 + level^2). */
export const oneHill: Denoise = (noisy, level) => Promise.resolve(noisy.map((x) => x / (1 + level * level)));

/** Two hills at -1 and 1 with spread 0.2: the guesses of both, weighted by how likely each is. */
export const twoHills: Denoise = (noisy, level) => {
  const [narrow, wide] = [0.04, 0.04 + level * level];
  return Promise.resolve(noisy.map((x) => (narrow * x + level * level * Math.tanh(x / wide)) / wide));
};

export interface Options {
  readonly denoise: Denoise;
  readonly steps: number;
  readonly count?: number;
  readonly seed?: number;
  readonly eta?: number;
}

/** Samples by the cosine schedule within sigma 0.002 to 80; all steps, and the result. */
export async function sample(
  sampler: Sampler,
  { denoise, steps, count = 20_000, seed = 1, eta }: Options,
): Promise<{ steps: Step[]; result: Float32Array }> {
  const levels = levelsOf('cosine', steps, { sigmaMin: 0.002, sigmaMax: 80 });
  const noisy = normals(seed, 0, count).map((value) => value * levels[0]!);
  const run = sampler({ denoise, noisy, levels, ...(eta === undefined ? {} : { eta }), fresh: (index) => normals(seed, 1 + index, count) });
  const found: Step[] = [];
  for (let step = await run.next(); ; step = await run.next()) {
    if (step.done) return { steps: found, result: step.value };
    found.push(step.value);
  }
}

/** Mean, variance, and the fourth moment over the squared variance (3 for normal numbers). */
export function moments(values: Float32Array): { mean: number; variance: number; kurtosis: number } {
  const over = (f: (value: number) => number) => values.reduce((sum, value) => sum + f(value), 0) / values.length;
  const mean = over((value) => value);
  const variance = over((value) => (value - mean) ** 2);
  return { mean, variance, kurtosis: over((value) => (value - mean) ** 4) / variance ** 2 };
}

export function samplerSuite(sampler: Sampler): void {
  test('one hill: the samples are normal', async () => {
    const { mean, variance, kurtosis } = moments((await sample(sampler, { denoise: oneHill, steps: 200 })).result);
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(variance).toBeGreaterThan(0.95);
    expect(variance).toBeLessThan(1.05);
    expect(Math.abs(kurtosis - 3)).toBeLessThan(0.15);
  });

  test('two hills: half of the samples on each, as narrow as the hills are', async () => {
    const { result } = await sample(sampler, { denoise: twoHills, steps: 200 });
    const right = result.filter((value) => value > 0);
    expect(Math.abs(right.length / result.length - 0.5)).toBeLessThan(0.02);
    const { mean, variance } = moments(right);
    expect(mean).toBeCloseTo(1, 1);
    expect(Math.sqrt(variance)).toBeGreaterThan(0.18);
    expect(Math.sqrt(variance)).toBeLessThan(0.22);
  });

  test('a point is found exactly, in any number of steps', async () => {
    const point: Denoise = (noisy) => Promise.resolve(noisy.map(() => 0.5));
    for (const steps of [1, 2, 7])
      expect((await sample(sampler, { denoise: point, steps, count: 8 })).result).toEqual(new Float32Array(8).fill(0.5));
  });

  describe('steps', () => {
    test('follow the levels, in order, and the last is clean', async () => {
      const { steps, result } = await sample(sampler, { denoise: oneHill, steps: 5, count: 16 });
      expect(steps.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
      expect(steps.slice(1).map(({ level }) => level)).toEqual(steps.slice(0, -1).map(({ next }) => next));
      expect(steps.at(-1)!.next).toBe(0);
      expect(steps.at(-1)!.noisy).toEqual(result);
      expect(steps.at(-1)!.clean).toEqual(result);
    });

    test('the spread after each step is that of data with its noise', async () => {
      const { steps } = await sample(sampler, { denoise: oneHill, steps: 100 });
      for (const { next, noisy } of steps) expect(moments(noisy).variance / (1 + next * next), `at ${next}`).toBeCloseTo(1, 1);
    });

    test('leave what they were given as it was', async () => {
      const noisy = normals(3, 0, 32);
      const before = noisy.slice();
      for await (const step of sampler({ denoise: oneHill, noisy, levels: [1, 0.5, 0], fresh: () => normals(4, 0, 32) }))
        expect(step.noisy).not.toBe(noisy);
      expect(noisy).toEqual(before);
    });

    test('the same seed is the same result, bit for bit; another seed is another', async () => {
      const draw = async (seed: number) => (await sample(sampler, { denoise: twoHills, steps: 20, count: 64, seed })).result;
      expect(await draw(5)).toEqual(await draw(5));
      expect(await draw(5)).not.toEqual(await draw(6));
    });
  });
}
