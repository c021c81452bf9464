// What a training draws and how it begins: levels spread evenly, targets that undo the noise, first weights as torch makes them; and Adam.
import { tensor, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { adam } from '../../src/engine/kernels/adam';
import { networks } from '../../src/engine/networks';
import { normals } from '../../src/engine/noise';
import { schedules, timeAt } from '../../src/engine/schedules';
import { examplesOf, planOf, type Draw } from '../../src/engine/training/examples';
import { firstWeights, placesOf } from '../../src/engine/training/parameters';
import { Pieces } from '../../src/engine/training/pieces';
import { apart, use } from './models';

const draw: Draw = { seed: 5, step: 12, batch: 64, count: 10, size: 6, schedule: schedules.cosine, dropout: 0.25 };

it('every step has one level in each equal share of time, in no order, and the data and dropped classes of its seed', () => {
  const { rows, logSnr, isTold } = planOf(draw);
  const times = logSnr.map((one) => Math.floor(64 * timeAt(schedules.cosine, Math.exp(-one / 2))));
  // The ends of the schedule lie beyond what a network sees.
  const inner = times.filter((time) => time > 0 && time < 62);
  expect(new Set(inner).size).toBe(inner.length);
  expect(inner.length).toBeGreaterThan(58);
  expect(times).not.toEqual([...times].sort((a, b) => a - b));
  expect(Math.max(...logSnr.map(Math.abs))).toBeLessThanOrEqual(10);
  expect(new Set(rows).size).toBeGreaterThan(8);
  expect(rows.every((row) => Number.isInteger(row) && row >= 0 && row < 10)).toBe(true);
  const dropped = Array.from({ length: 50 }, (_, step) => planOf({ ...draw, step }).isTold.filter((told) => !told).length);
  expect(dropped.reduce((sum, one) => sum + one, 0) / 3200).toBeCloseTo(0.25, 1);
  expect(planOf(draw)).toEqual({ rows, logSnr, isTold });
  expect(planOf({ ...draw, step: 13 }).logSnr).not.toEqual(logSnr);
});

it('what is noisy and what is to be said to it give back picture and noise; a part of a batch is that part', () => {
  const data = { clean: normals(1, 1, 60), labels: Array.from({ length: 10 }, (_, at) => at), nothing: 10 };
  const plan = planOf(draw);
  const whole = examplesOf(draw, plan, data);
  const noise = normals(draw.seed, draw.step, 64 * 6);
  plan.rows.forEach((row, item) => {
    const alpha = Math.sqrt(1 / (1 + Math.exp(-plan.logSnr[item]!)));
    const sigma = Math.sqrt(1 - alpha * alpha);
    for (let at = 0; at < 6; at++) {
      const [x, v] = [whole.noisy[item * 6 + at]!, whole.target[item * 6 + at]!];
      expect(alpha * x - sigma * v).toBeCloseTo(data.clean[row * 6 + at]!, 4);
      expect(sigma * x + alpha * v).toBeCloseTo(noise[item * 6 + at]!, 4);
    }
    expect(whole.labels[item]).toBe(plan.isTold[item] ? row : 10);
  });
  const part = examplesOf(draw, plan, data, noise, 20, 30);
  expect(part.noisy).toEqual(whole.noisy.slice(120, 180));
  expect(part.labels).toEqual(whole.labels.slice(20, 30));
});

it('first weights are bounded by the fan-in, branches end in nothing, gains are one', () => {
  const config = {
    size: 16,
    channels: 1,
    patch: 2,
    widths: [16, 32, 32],
    depths: [1, 1, 1],
    groups: 8,
    embedding: 32,
    frequencies: 8,
    classes: 3,
  };
  const places = placesOf(networks.unet.shapes(config, 3));
  const vector = firstWeights(places, 3);
  const of = (name: string) => {
    const { from, to } = places.find((place) => place.name === name)!;
    return vector.subarray(from, to);
  };
  const most = (values: Float32Array) => Math.max(...values.map(Math.abs));
  for (const [name, fan] of [
    ['encoder2.0.conv1.weight', 144],
    ['encoder2.0.conv1.bias', 144],
    ['level1.weight', 16],
    ['decoder2.0.shortcut.weight', 64],
  ] as const) {
    // prettier-ignore
    expect(most(of(name))).toBeLessThanOrEqual(1 / Math.sqrt(fan));
    expect(most(of(name))).toBeGreaterThan(0.85 / Math.sqrt(fan));
  }
  for (const name of ['encoder1.0.conv2.weight', 'encoder1.0.film.bias', 'head.weight', 'norm.bias']) expect(most(of(name))).toBe(0);
  expect(new Set(of('bottleneck.0.norm2.weight'))).toEqual(new Set([1]));
  expect(firstWeights(places, 3)).toEqual(vector);
  const waves = placesOf(networks.cloud.shapes({ points: 3, waves: 5, width: 8, layers: 1, embedding: 8, frequencies: 4 }, 2));
  const table = firstWeights(waves, 3).subarray(0, 15);
  const lengths = [0, 1, 2, 3, 4].map((column) => Math.hypot(table[column]!, table[5 + column]!, table[10 + column]!));
  lengths.forEach((length, column) => expect(length).toBeCloseTo(2 ** ((4.5 * column) / 4), 4));
});

it.each(['cpu', 'wasm'] as const)('Adam on %s is algorithm 1 of its paper, with clipping and the moving average', async (backend) => {
  await use(backend);
  const count = 37;
  const options = {
    rate: 0.01,
    beta1: 0.9,
    beta2: 0.99,
    epsilon: 1e-8,
    correction1: 1 - 0.9 ** 4,
    correction2: 1 - 0.99 ** 4,
    keep: 0.95,
    scale: 0.5,
  };
  const state = normals(2, 0, 4 * count).map((value, at) => (at >= 2 * count && at < 3 * count ? value * value : value));
  const gradient = normals(3, 0, count);
  const expected = state.slice();
  gradient.forEach((whole, at) => {
    const g = 0.5 * whole;
    const m = 0.9 * state[count + at]! + 0.1 * g;
    const v = 0.99 * state[2 * count + at]! + 0.01 * g * g;
    const next = state[at]! - (0.01 * (m / options.correction1)) / (Math.sqrt(v / options.correction2) + 1e-8);
    [expected[at], expected[count + at], expected[2 * count + at]] = [next, m, v];
    expected[3 * count + at] = 0.95 * state[3 * count + at]! + 0.05 * next;
  });
  const found = tidy(() => adam(tensor(state, [4, count]) as Tensor2D, tensor(gradient) as Tensor1D, options).dataSync()) as Float32Array;
  for (let row = 0; row < 4; row++) {
    const part = (values: Float32Array) => values.subarray(row * count, (row + 1) * count);
    expect(apart(part(found), part(expected))).toBeLessThan(2e-6);
  }
});

it('pieces follow their budget up and down, and stay small where memory ran out', () => {
  const pieces = new Pieces(64, () => 32, 20);
  expect(pieces.present).toBe(1);
  // 2 ms for each example.
  for (let turn = 0; turn < 10; turn++) pieces.took(pieces.present, 2 * pieces.present);
  expect(2 * pieces.present).toBeLessThanOrEqual(20);
  expect(2 * pieces.present).toBeGreaterThanOrEqual(12);
  // Ten times slower.
  for (let turn = 0; turn < 3; turn++) pieces.took(pieces.present, 20 * pieces.present);
  expect(pieces.present).toBe(1);
  // A little more than the budget is more than the budget.
  for (const milliseconds of [21, 30, 70]) {
    const one = new Pieces(64, () => 32, 20);
    for (const count of [1, 2, 4]) one.took(count, count);
    expect(one.present).toBe(8);
    one.took(8, milliseconds);
    expect((milliseconds / 8) * one.present, `ms of the piece after one of ${milliseconds}`).toBeLessThanOrEqual(20);
  }
  const fixed = new Pieces(64, () => 32, undefined);
  expect(fixed.present).toBe(32);
  expect(fixed.shrink()).toBe(true);
  expect(fixed.present).toBe(16);
  expect(new Pieces(64, () => 1, undefined).shrink()).toBe(false);
});
