// The picture that stands for loading is honest: its noise is the share that has not arrived.
import { expect, test } from 'vitest';
import { bytesOf } from '../../src/ui/paint';
import { cleared } from '../../src/ui/clearing';

const values = (share: number) => cleared(share).values as Float32Array;
/** Correlation with the clear picture. */
function likeness(share: number): number {
  const [a, b] = [values(share), values(1)];
  const mean = (list: Float32Array) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i]! - ma) * (b[i]! - mb);
    aa += (a[i]! - ma) ** 2;
    bb += (b[i]! - mb) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

test('nothing arrived: noise alone, of unit variance', () => {
  const noise = values(0);
  expect(Math.abs(likeness(0))).toBeLessThan(0.1);
  expect(noise.reduce((sum, value) => sum + value * value, 0) / noise.length).toBeCloseTo(1, 0);
});

test('clears steadily, and is wholly clear at the end', () => {
  const shares = [0, 0.25, 0.5, 0.75, 1].map(likeness);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBeCloseTo(1, 6);
  expect(Math.max(...values(1))).toBe(1);
  expect(Math.min(...values(1))).toBe(-1);
});

test('ink is dark, paper is light, and what lies beyond is held', () => {
  const bytes = bytesOf({ values: [1, -1, 9, NaN], height: 1, width: 4 });
  expect(bytes[0]).toBeLessThan(60);
  expect(bytes[4]).toBeGreaterThan(220);
  expect([...bytes.slice(8, 11)]).toEqual([...bytes.slice(0, 3)]);
  expect([3, 7, 11, 15].map((i) => bytes[i])).toEqual([255, 255, 255, 255]);
});
