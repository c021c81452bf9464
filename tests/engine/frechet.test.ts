// The arithmetic of the evaluation: eigenvalues, moments and distances that are known otherwise.
import { expect, test } from 'vitest';
import { eigenvalues, frechet, moments } from '../../bench/evaluate/frechet';
import { sliced } from '../../bench/evaluate/cloud';
import { normals } from '../../src/engine/noise';

test('eigenvalues of symmetric matrices', () => {
  expect(eigenvalues(Float64Array.of(2, 1, 1, 2), 2).sort()).toEqual([expect.closeTo(1, 12), expect.closeTo(3, 12)]);
  // The chain of 40 springs: 2 - 2 cos(k pi / 41).
  const size = 40;
  const chain = Float64Array.from({ length: size * size }, (_, at) => [2, -1][Math.abs(Math.floor(at / size) - (at % size))] ?? 0);
  const found = eigenvalues(chain, size).sort((a, b) => a - b);
  found.forEach((value, k) => expect(value).toBeCloseTo(2 - 2 * Math.cos(((k + 1) * Math.PI) / (size + 1)), 9));
});

test('weights count rows as often as they say', () => {
  const once = moments(Float32Array.of(1, 2, 1, 2, 5, 0), 2);
  const weighted = moments(Float32Array.of(1, 2, 5, 0), 2, [2, 1]);
  weighted.mean.forEach((value, at) => expect(value).toBeCloseTo(once.mean[at]!, 12));
  expect(once.covariance[0]).toBeCloseTo(16 / 3, 12);
});

test('the Frechet distance of two normal clouds is that of the formula', () => {
  const covariance = Float64Array.of(4, 0, 0, 9);
  const root = Float64Array.of(1, 0, 0, 1);
  // |m|^2 + (2 - 1)^2 + (3 - 1)^2
  expect(frechet({ mean: Float64Array.of(3, 4), covariance }, [0, 0], root)).toBeCloseTo(25 + 1 + 4, 9);
  const same = moments(normals(1, 0, 3000), 3);
  expect(frechet({ ...same, covariance: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1) }, same.mean, [1, 0, 0, 0, 1, 0, 0, 0, 1])).toBeCloseTo(
    0,
    9,
  );
});

test('the sliced distance of a cloud moved aside is half the way it moved: the mean of |cos| over directions', () => {
  const cloud = normals(2, 0, 3 * 500);
  const moved = cloud.map((value, at) => (at % 3 === 1 ? value + 2 : value));
  // 256 directions: a standard error of 0.036.
  expect(Math.abs(sliced(cloud, moved, 0) - 1)).toBeLessThan(0.12);
  expect(sliced(cloud, cloud, 0)).toBe(0);
});
