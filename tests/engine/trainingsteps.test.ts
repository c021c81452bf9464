// A training's numbers, step by step: each state from the one before it, with rate, Adam, moving average and drawn examples as they must be.
import { tensor1d, tidy } from '@tensorflow/tfjs-core';
import { afterEach, expect, it, vi } from 'vitest';
import type { Engine, TrainRequest, TrainStep } from '../../src/engine';
import { schedules } from '../../src/engine/schedules';
import { networkOf } from '../../src/engine/training/checks';
import { examplesOf, planOf } from '../../src/engine/training/examples';
import { lossOf } from '../../src/engine/training/loss';
import { placesOf, weightsOf } from '../../src/engine/training/parameters';
import type { Checkpoint, CheckpointEntry } from '../../src/engine/training/types';
import { local } from './link';
import { apart } from './models';
import { bars, lines, toy } from './toys';

let engine: Engine;
let steps: TrainStep[];
let states: Checkpoint[];
let kept: (readonly CheckpointEntry[])[];
function open(): Engine {
  [steps, states, kept] = [[], [], []];
  ({ engine } = local({
    heard: (message) => {
      if (message.kind === 'trained') steps.push(message.step);
      if (message.kind !== 'checkpoint') return;
      states.push(message.checkpoint);
      kept.push(message.entries);
    },
  }));
  engine.attend('here');
  return engine;
}
afterEach(() => engine.close());

/** All that may be drawn, as numbers. */
interface Items {
  readonly clean: Float32Array;
  readonly labels: readonly number[];
}
const numbersOf = (labels: readonly string[]) => labels.map((name) => toy.classes.indexOf(name));

/** Losses and gradient of the step after this checkpoint, in pieces; where the network knows no class, a tenth is not told. */
function gradientOf(request: TrainRequest, { clean, labels }: Items, { step, state }: Checkpoint) {
  const { network, config } = networkOf(request);
  const [batch, piece] = [request.batch!, request.piece ?? request.batch!];
  const places = placesOf(network.shapes(config, 2));
  const draw = { seed: request.seed, step, batch, count: labels.length, size: clean.length / labels.length };
  const nothing = request.network.kind === 'unet' ? 2 : undefined;
  const whole = { ...draw, schedule: schedules.cosine, dropout: nothing ? 0.1 : 0 };
  const plan = planOf(whole);
  const gradient = new Float32Array(state.length / 4);
  const losses: number[] = [];
  tidy(() => {
    const weights = weightsOf(places, tensor1d(state.slice(0, gradient.length)));
    for (let from = 0; from < batch; from += piece) {
      const to = Math.min(batch, from + piece);
      const examples = examplesOf(whole, plan, { clean, labels, nothing }, undefined, from, to);
      const found = lossOf({ network, config, places }, weights, examples, batch);
      losses.push(...found.losses.dataSync());
      found.losses.dispose();
      found.gradient.dataSync().forEach((value, at) => (gradient[at]! += value));
    }
  });
  return { losses, gradient, plan };
}

const rows = ['weights', 'first moments', 'second moments', 'moving average'];
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Holds one step of a training against what it must make of the checkpoint before it. */
function check(request: TrainRequest, items: Items, before: Checkpoint, after: Checkpoint, told: TrainStep): readonly boolean[] {
  const t = before.step + 1;
  const { losses, gradient, plan } = gradientOf(request, items, before);
  const norm = Math.hypot(...gradient);
  expect(told.step, 'number of the step').toBe(t);
  expect(told.loss / mean(losses), `loss of step ${t}`).toBeCloseTo(1, 5);
  expect(told.norm / norm, `norm of the gradient of step ${t}`).toBeCloseTo(1, 5);
  [-10, -6, -2, 2, 6].forEach((from, band) => {
    const inside = losses.filter((_, at) => plan.logSnr[at]! >= from && (plan.logSnr[at]! < from + 4 || from === 6));
    if (inside.length === 0) return expect(told.bands[band], `band ${band} of step ${t}`).toBeUndefined();
    expect(told.bands[band]! / mean(inside), `band ${band} of step ${t}, from log-SNR ${from} up`).toBeCloseTo(1, 5);
  });
  const count = gradient.length;
  const keep = Math.min(request.average!, (1 + t) / (10 + t));
  const expected = new Float32Array(4 * count);
  gradient.forEach((value, at) => {
    const [w, m0, v0, average] = [0, 1, 2, 3].map((row) => before.state[row * count + at]!) as [number, number, number, number];
    const g = value * Math.min(1, request.clip! / norm);
    const [m, v] = [0.9 * m0 + 0.1 * g, 0.99 * v0 + 0.01 * g * g];
    const next = w - (told.rate * (m / (1 - 0.9 ** t))) / (Math.sqrt(v / (1 - 0.99 ** t)) + 1e-8);
    [next, m, v, keep * average + (1 - keep) * next].forEach((one, row) => (expected[row * count + at] = one));
  });
  rows.forEach((name, row) => {
    const part = (values: Float32Array) => values.subarray(row * count, (row + 1) * count);
    expect(apart(part(after.state), part(expected)), `${name} after step ${t}`).toBeLessThan(2e-6);
  });
  return plan.isTold;
}

it('a step is one of Adam at the rate of its place in the run, and the average follows more slowly from step to step', async () => {
  const request: TrainRequest = { ...lines, steps: 6, warmup: 2, decay: 'cosine', every: 1, average: 0.3, clip: 0.23 };
  await open().train(request).result;
  // A rise over two steps, and half a cosine over six.
  const shares = [1 / 3, 0.622008, 0.75, 0.5, 0.25, 0.066987];
  shares.forEach((share, at) => expect(steps[at]!.rate / request.rate, `rate of step ${at + 1}`).toBeCloseTo(share, 5));
  const { values } = request.data.images;
  const items = { clean: values as Float32Array, labels: numbersOf(request.data.labels) };
  expect(states.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  steps.forEach((told, at) => check(request, items, states[at]!, states[at + 1]!, told));
  // Some are cut, some are not.
  expect(new Set(steps.map(({ norm }) => norm > request.clip!)).size).toBe(2);
});

it('a step draws from all data that is there, added bytes too: 0 is -1, 255 is 1', async () => {
  const request: TrainRequest = { ...toy, data: bars(2), every: 1, average: 0.999, clip: 1, piece: 3, paused: true };
  const training = open().train(request);
  const step = async (number: number) => {
    training.step();
    await vi.waitUntil(() => states.at(-1)?.step === number, { timeout: 20_000, interval: 1 });
  };
  await step(1);
  const bytes = Uint8Array.from({ length: 14 * 64 }, (_, at) => (at % 64 ? (at * 37) % 256 : 255 * ((at >> 6) & 1)));
  const labels = Array.from({ length: 14 }, (_, at) => (at % 3 ? 'right' : 'left'));
  await training.add({ images: { values: bytes, shape: [14, 8, 8, 1] }, labels });
  for (const number of [2, 3]) await step(number);
  training.cancel();
  const first = { clean: request.data.images.values as Float32Array, labels: numbersOf(request.data.labels) };
  const added = Float32Array.from(bytes, (byte) => (2 * byte - 255) / 255);
  const all = { clean: Float32Array.from([...first.clean, ...added]), labels: [...first.labels, ...numbersOf(labels)] };
  const isTold = steps.flatMap((told, at) => check(request, at === 0 ? first : all, states[at]!, states[at + 1]!, told));
  expect(new Set(isTold), 'classes that are told, and some that are not').toEqual(new Set([true, false]));
  expect(steps).toHaveLength(3);
});

it('of too many checkpoints the one whose neighbours are closest to each other is given up, never the first or the last', async () => {
  await open().train({ ...lines, batch: 1, steps: 30, every: 1 }).result;
  kept.reduce<number[]>((before, entries, step) => {
    const [all, now] = [[...before, step], entries.map((one) => one.step)];
    const gone = all.filter((one) => !now.includes(one));
    expect(gone, `given up at step ${step}`).toHaveLength(step < 12 ? 0 : 1);
    const gaps = all.map((_, at) => (all[at + 1] ?? Infinity) - (all[at - 1] ?? -Infinity));
    for (const one of gone)
      expect(gaps[all.indexOf(one)], `room about ${one} of ${all.join()}, given up at step ${step}`).toBe(Math.min(...gaps));
    return now;
  }, []);
  expect(kept).toHaveLength(31);
});
