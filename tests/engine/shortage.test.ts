// WebAssembly's memory when it is full: what does not fit is said so, and nothing that is held is written over.
import { findBackend } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SampleRequest, TrainRequest, TrainStep } from '../../src/engine';
import { local, type Local } from './link';
import { toy } from './toys';

/** Called when a step of Adam begins. */
let beforeAdam: () => void = () => undefined;
vi.mock('../../src/engine/kernels/adam', async (original) => {
  const { adam } = await original<typeof import('../../src/engine/kernels/adam')>();
  return { adam: (...given: Parameters<typeof adam>) => (beforeAdam(), adam(...given)) };
});

interface Heap {
  malloc(bytes: number): number;
  free(at: number): void;
}
const heap = () => (findBackend('wasm') as unknown as { wasm: { asm: Heap } }).wasm.asm;

let inside: Local;
let steps: TrainStep[];
let taken: number[];
beforeEach(() => {
  [steps, taken] = [[], []];
  beforeAdam = () => undefined;
  vi.spyOn(console, 'warn').mockReturnValue();
  inside = local({ heard: (message) => message.kind === 'trained' && steps.push(message.step) });
  inside.engine.attend('here');
});
afterEach(() => {
  inside.engine.close();
  release();
  vi.restoreAllMocks();
});

const release = () => taken.splice(0).forEach((at) => heap().free(at));

/** Takes all of the memory but so many bytes. Nothing is written there, so that no system has to give it. */
function fill(rest: number): void {
  const free = heap().malloc(rest);
  for (let size = 2 ** 28; size >= 1024; size /= 2) for (let at = 0; (at = heap().malloc(size)) !== 0;) taken.push(at);
  heap().free(free);
}

const digit: SampleRequest = { model: 'digits', sampler: 'ddim', schedule: 'cosine', steps: 2, seed: 7, prompt: '3', guidance: 2 };
/** Its activations need some megabytes an example. */
const wide: TrainRequest = {
  ...toy,
  network: { kind: 'unet', config: { ...toy.network.config, size: 64, patch: 1 } },
  data: { images: { shape: [2, 64, 64, 1], values: new Uint8Array(8192).map((_, at) => at % 256) }, labels: ['left', 'right'] },
  ...{ batch: 12, piece: 12, steps: 1 },
};

it('a step of training that does not fit is computed in smaller pieces, and its numbers are the same', async () => {
  const { engine } = inside;
  const before = await engine.sample(digit).result;
  await engine.train(wide).result;
  const whole = steps.splice(0)[0]!;
  for (const megabytes of [34, 52]) {
    fill(megabytes * 2 ** 20);
    await engine.train(wide).result;
    const [step] = steps.splice(0);
    expect(step).toMatchObject({ step: 1, reduced: true });
    expect(Math.abs(step!.loss / whole.loss - 1)).toBeLessThan(1e-4);
    expect(Math.abs(step!.norm / whole.norm - 1)).toBeLessThan(1e-4);
    expect((await engine.sample(digit).result).values).toEqual(before.values);
    release();
  }
});

it('what does not fit at all says so, and all else is what it was', async () => {
  const { engine } = inside;
  const before = await engine.sample(digit).result;
  fill(2 ** 21);
  await expect(engine.train(wide).result).rejects.toMatchObject({ code: 'out-of-memory' });
  await expect(engine.sample({ ...digit, count: 8 }).result).rejects.toMatchObject({ code: 'out-of-memory' });
  release();
  expect((await engine.sample(digit).result).values).toEqual(before.values);
  expect(inside.lines()).toBe(1);
});

it('a model that finds no place is no worse for it', async () => {
  const { engine } = inside;
  const cloud: SampleRequest = { model: 'cloud', sampler: 'ddim', schedule: 'cosine', steps: 1, seed: 1, prompt: 'noise' };
  await engine.sample(digit).result;
  await engine.load('cloud').result;
  fill(2 ** 21);
  await expect(engine.sample(cloud).result).rejects.toMatchObject({ code: 'out-of-memory' });
  release();
  expect((await engine.sample(cloud).result).shape).toEqual([1, 3]);
});

it.each(['memory access out of bounds', 'Aborted(). Build with -sASSERTIONS for more info.'])(
  '%s: another worker goes on, as it would have',
  async (words) => {
    const { engine } = inside;
    const request = { ...toy, steps: 6, every: 2 };
    await engine.train(request).result;
    const whole = new Map(steps.splice(0).map(({ step, loss }) => [step, loss]));
    let calls = 0;
    beforeAdam = () => {
      if (++calls === 4) throw new WebAssembly.RuntimeError(words);
    };
    await engine.train(request).result;
    expect(inside.lines()).toBe(2);
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 3, 4, 5, 6]);
    for (const { step, loss, reduced } of steps) expect([loss, reduced]).toEqual([whole.get(step), false]);
  },
);

it('one that spoils the memory of every worker ends, and the others have theirs', async () => {
  const { engine } = inside;
  const before = await engine.sample(digit).result;
  beforeAdam = () => {
    throw new WebAssembly.RuntimeError('unreachable');
  };
  await expect(engine.train(toy).result).rejects.toMatchObject({ code: 'worker-lost' });
  expect((await engine.sample(digit).result).values).toEqual(before.values);
});
