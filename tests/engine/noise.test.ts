// Noise: random bits as published, normals as they should be, and the same bits for ever and everywhere.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { drawNormals, normals, philox, quantile } from '../../src/engine/noise';
import { files, read } from '../sources';
import { moments } from '../suites/samplers';

describe('Philox4x32-10, the known answers of Random123', () => {
  const all = 0xffffffff;
  test.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [all, all, all, all],
      [all, all],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ] as [[number, number, number, number], [number, number], number[]][])('%j by %j', (counter, key, words) => {
    expect(philox(counter, key)).toEqual(words);
  });
});

describe('normals', () => {
  const many = normals(2026, 0, 400_000);
  test('mean 0, variance 1, kurtosis 3', () => {
    const { mean, variance, kurtosis } = moments(many);
    expect(Math.abs(mean)).toBeLessThan(0.005);
    expect(Math.abs(variance - 1)).toBeLessThan(0.01);
    expect(Math.abs(kurtosis - 3)).toBeLessThan(0.04);
  });
  test('tails: the right share lies beyond 1, 2, 3 and 4', () => {
    for (const [beyond, share] of [
      [1, 0.317311],
      [2, 0.0455003],
      [3, 0.0026998],
      [4, 6.3342e-5],
    ] as const) {
      const found = many.reduce((sum, value) => sum + (Math.abs(value) > beyond ? 1 : 0), 0);
      const expected = share * many.length;
      expect(Math.abs(found - expected), `beyond ${beyond}`).toBeLessThan(4 * Math.sqrt(expected));
    }
  });
  test('neighbours and streams know nothing of each other', () => {
    const other = normals(2026, 1, many.length);
    const along = (pair: (at: number) => number) => many.reduce((sum, value, at) => sum + value * pair(at), 0) / many.length;
    for (const gap of [1, 2, 3, 4, 32]) expect(Math.abs(along((at) => many[(at + gap) % many.length]!)), `gap ${gap}`).toBeLessThan(0.008);
    expect(Math.abs(along((at) => other[at]!))).toBeLessThan(0.008);
  });
  test('a longer draw begins as a shorter one', () => {
    expect(normals(7, 3, 10)).toEqual(normals(7, 3, 4096).slice(0, 10));
    expect(normals(7, 3, 0)).toHaveLength(0);
  });
  test('drawn in parts are the same, and leave others room', async () => {
    let breaths = 0;
    const count = 3 * 65_536 + 5;
    const parts = await drawNormals(7, 3, count, () => Promise.resolve(void breaths++));
    expect(parts).toEqual(normals(7, 3, count));
    expect(breaths).toBe(3);
  });
  test('pinned: these bits may never change, a seed is a picture', () => {
    const bits = createHash('sha256')
      .update(Buffer.from(normals(42, 0, 65_536).buffer))
      .digest('hex');
    expect(bits).toBe('ae4b7aff517fab0932ff49607fa7fcbc1347217b190f2757bd05d310b09e02e6');
  });
});

test('the quantile is exact to single precision', () => {
  // Abramowitz and Stegun, table 26.5, and symmetric ones.
  const known = [
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.999, 3.090232306167813],
    [0.9999999, 5.199337582192816],
    [0.075, -1.439531470938456],
    [1e-9, -5.997807015007686],
  ] as const;
  for (const [p, z] of known) {
    expect(quantile(p)).toBeCloseTo(z, 9);
    expect(quantile(1 - p)).toBeCloseTo(-z, 6);
  }
});

test('only arithmetic that every engine rounds alike', () => {
  const used = [...read('src/engine/noise.ts').matchAll(/Math\.(\w+)/g)].map(([, name]) => name);
  const alike = ['imul', 'floor', 'sqrt', 'SQRT1_2', 'LN2'];
  expect(used.length).toBeGreaterThan(3);
  expect(used.filter((name) => !alike.includes(name!))).toEqual([]);
  expect(read('src/engine/noise.ts')).not.toMatch(/[\w)] \*\* /);
});

test('nothing in the engine draws noise from elsewhere', () => {
  expect(files(['src/engine'], ['.ts']).filter((path) => /Math\.random|randomNormal|getRandomValues/.test(read(path)))).toEqual([]);
});
