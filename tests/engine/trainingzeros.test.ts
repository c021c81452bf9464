// Gradients that are all zeros or no numbers: a graphics card that gives such is left, and nothing stands still without a word.
import { fill, getBackend, mul, zerosLike, type Tensor1D } from '@tensorflow/tfjs-core';
import { beforeEach, expect, it, vi } from 'vitest';
import type { TrainStep } from '../../src/engine';
import { betweenTests } from './between';
import { play } from './imitation';
import { local, type Local, type LocalOptions } from './link';
import { toy } from './toys';

vi.mock('@tensorflow/tfjs-backend-webgpu', () => import('./imitation'));
vi.mock('../../src/engine/kernels/webgpu', () => ({ registerKernels: () => undefined }));
/** What becomes of a gradient. */
let spoil: (gradient: Tensor1D) => Tensor1D;
vi.mock('../../src/engine/training/loss', async (original) => {
  const { lossOf } = await original<typeof import('../../src/engine/training/loss')>();
  return {
    lossOf: (...given: Parameters<typeof lossOf>) => {
      const { losses, gradient } = lossOf(...given);
      const spoiled = spoil(gradient);
      gradient.dispose();
      return { losses, gradient: spoiled };
    },
  };
});

let inside: Local;
let steps: TrainStep[];
beforeEach(() => {
  spoil = (gradient) => mul(gradient, 1);
});
betweenTests(() => inside.engine.close());
const open = (options: LocalOptions = {}) => {
  steps = [];
  inside = local({ ...options, heard: (message) => message.kind === 'trained' && steps.push(message.step) });
  inside.engine.attend('here');
  return inside.engine;
};
const onCard = (spoiled: (gradient: Tensor1D) => Tensor1D) => (gradient: Tensor1D) =>
  getBackend() === 'webgpu' ? spoiled(gradient) : mul<Tensor1D>(gradient, 1);
const noNumbers = (gradient: Tensor1D) => fill<Tensor1D['rankType']>(gradient.shape, NaN) as unknown as Tensor1D;

it.each([
  ['all zeros', 1, zerosLike],
  ['no numbers', Infinity, noNumbers],
] as const)('%s from the first step on: the training is on the processor what it is without a card', async (_, error, spoiled) => {
  await open().train(toy).result;
  const whole = steps;
  inside.engine.close();
  spoil = onCard(spoiled as (gradient: Tensor1D) => Tensor1D);
  const card = play();
  const engine = open({ backend: 'webgpu' });
  await engine.train(toy).result;
  const trial = expect.objectContaining({ backend: 'webgpu', error, passed: false }) as unknown;
  expect(engine.report()).toMatchObject({ backend: 'wasm', reason: 'wrong', trials: [trial] });
  expect(card.destroyed).toBe(card.opened);
  const told = (all: readonly TrainStep[]) => all.map(({ step, loss, norm, halved }) => ({ step, loss, norm, halved }));
  expect(told(steps)).toEqual(told(whole));
});

it('all zeros in the middle: it goes on from its last checkpoint on the processor', async () => {
  play();
  const engine = open({ backend: 'webgpu' });
  let calls = 0;
  spoil = onCard((gradient) => (++calls > 13 ? zerosLike(gradient) : mul<Tensor1D>(gradient, 1)));
  await engine.train(toy).result;
  expect(engine.report()).toMatchObject({ backend: 'wasm', reason: 'wrong' });
  expect(steps.map(({ step }) => step).slice(12, 15)).toEqual([13, 11, 12]);
  expect(steps.at(-1)).toMatchObject({ step: 20, halved: false });
});

it('all zeros on the processor end the training, which says so', async () => {
  spoil = zerosLike;
  await expect(open().train(toy).result).rejects.toMatchObject({ code: 'numbers' });
  expect(steps).toHaveLength(0);
});
