// Schedules: the suite for each, the numbers of the papers, and drawings, good and absurd.
import { describe, expect, test } from 'vitest';
import { abarOf, levelsOf, schedules } from '../../src/engine/schedules';
import { drawn } from '../../src/engine/schedules/drawn';
import { scheduleSuite } from '../suites/schedules';

describe.each(Object.entries(schedules))('%s', (_name, schedule) => scheduleSuite(schedule));
describe('drawn, a straight line of abar', () => scheduleSuite(drawn([1, 0.75, 0.5, 0.25, 0])));

describe('the numbers of the papers', () => {
  test('linear: abar_T is 4.04e-5, half-way 0.079', () => {
    expect(abarOf(schedules.linear(1))).toBeCloseTo(4.04e-5, 7);
    expect(abarOf(schedules.linear(0.5))).toBeCloseTo(0.079, 3);
    expect(abarOf(schedules.linear(0))).toBe(1);
  });
  test('linear: the product of 1 - beta, re-made here', () => {
    let product = 1;
    for (let step = 0; step < 1000; step++) {
      product *= 1 - (1e-4 + ((0.02 - 1e-4) * step) / 999);
      expect(abarOf(schedules.linear((step + 1) / 1000)) / product).toBeCloseTo(1, 9);
    }
  });
  test('cosine: half-way 0.494; betas as published, the last clipped at 0.999', () => {
    expect(abarOf(schedules.cosine(0.5))).toBeCloseTo(0.494, 3);
    const beta = (step: number) => 1 - abarOf(schedules.cosine(step / 1000)) / abarOf(schedules.cosine((step - 1) / 1000));
    expect(beta(1000)).toBeCloseTo(0.999, 6);
    expect(Math.max(...Array.from({ length: 999 }, (_, at) => beta(at + 1)))).toBeLessThan(0.999);
    const square = (t: number) => Math.cos(((t + 0.008) / 1.008) * (Math.PI / 2)) ** 2;
    expect(abarOf(schedules.cosine(0.25))).toBeCloseTo(square(0.25) / square(0), 9);
  });
  test('karras: the levels of equation 5 between 0.002 and 80, with rho 7, then 0', () => {
    const [most, least] = [80 ** (1 / 7), 0.002 ** (1 / 7)];
    const levels = levelsOf('karras', 18);
    const published = Array.from({ length: 18 }, (_, i) => (most + (i / 17) * (least - most)) ** 7);
    expect(levels).toHaveLength(19);
    levels.slice(0, -1).forEach((level, i) => expect(level / published[i]!).toBeCloseTo(1, 9));
    expect(levels.at(-1)).toBe(0);
  });
  test('karras: within the bounds of a model, no level twice', () => {
    const levels = levelsOf('karras', 30, { sigmaMin: 0.05, sigmaMax: 100 });
    expect(levels[0]).toBeCloseTo(80, 9);
    expect(levels.at(-2)).toBeCloseTo(0.05, 9);
    expect(levels.slice(1).every((level, at) => level < levels[at]!)).toBe(true);
    expect(levelsOf('karras', 1)).toEqual([schedules.karras(1), 0]);
  });
  test('sigmoid: the middle is the middle', () => {
    expect(abarOf(schedules.sigmoid(0.5))).toBeCloseTo(0.5, 9);
    expect(abarOf(schedules.sigmoid(0.25)) + abarOf(schedules.sigmoid(0.75))).toBeCloseTo(1, 9);
  });
});

describe('levels of a run', () => {
  test('one more than steps, falling, the last 0', () => {
    const levels = levelsOf('linear', 7);
    expect(levels).toHaveLength(8);
    expect(levels.slice(1).every((level, at) => level < levels[at]!)).toBe(true);
    expect(levels.at(-1)).toBe(0);
    expect(levels[0]).toBe(schedules.linear(1));
  });
  test('stay within what the model knows', () => {
    const levels = levelsOf('cosine', 1000, { sigmaMin: 0.05, sigmaMax: 100 });
    expect(levels[0]).toBe(100);
    expect(Math.min(...levels.slice(0, -1))).toBe(0.05);
  });
  test('may start lower: all steps lie below', () => {
    const levels = levelsOf('cosine', 10, { from: 1.5, sigmaMin: 0.01, sigmaMax: 80 });
    expect(levels).toHaveLength(11);
    expect(levels[0]).toBe(1.5);
    expect(levels.slice(1).every((level, at) => level < levels[at]!)).toBe(true);
  });
  test.each([0, -1, 1.5, NaN, 1e9])('%s is no number of steps', (steps) => expect(() => levelsOf('cosine', steps)).toThrow('bad-request'));
  test.each([0, -1, NaN, Infinity])('%s is no level to start from', (from) =>
    expect(() => levelsOf('cosine', 5, { from })).toThrow('bad-request'),
  );
  test.each(['', 'constructor', '__proto__'])('no schedule is called "%s"', (name) =>
    expect(() => levelsOf(name as 'linear', 5)).toThrow('bad-request'),
  );
});

describe('drawings', () => {
  test('where the hand went up, the curve stays where it was', () => {
    const schedule = drawn([0.9, 0.4, 0.8, 0.1]);
    expect(abarOf(schedule(2 / 3))).toBeCloseTo(0.4, 9);
    expect(abarOf(schedule(1))).toBeCloseTo(0.1, 9);
  });
  test('quite clean and quite noise are brought within reach', () => {
    const levels = levelsOf({ drawn: [1, 0] }, 4);
    expect(levels.every(Number.isFinite)).toBe(true);
    expect(levels[0]).toBeLessThan(320);
  });
  test.each([
    ['empty', [], '0 points'],
    ['one point', [0.5], '1 points'],
    ['no fall', [0.5, 0.5, 0.5], 'never falls'],
    ['only rising', [0.1, 0.5, 0.9], 'never falls'],
    ['a hole', [0.9, NaN, 0.1], 'no number at point 1'],
    ['endless', [0.9, -Infinity], 'no number at point 1'],
    ['below the page', [0.9, -0.1], 'leaves 0 to 1'],
    ['above the page', [1.1, 0.1], 'leaves 0 to 1'],
    ['words', ['a', 'b'] as unknown as number[], 'no number'],
    ['too long', Array<number>(5000).fill(0.5), '5000 points'],
    ['no list', 'abc' as unknown as number[], 'not a list'],
  ])('%s is refused with a word', (_what, curve, why) => {
    expect(() => drawn(curve)).toThrow(/^bad-request/);
    expect(() => drawn(curve)).toThrow(why);
  });
});
