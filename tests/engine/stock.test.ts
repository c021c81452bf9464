// The build keeps those kernels of tfjs's that the engine calls: none may be missing, and none be there for nothing.
import { engine as tfjs, getKernel } from '@tensorflow/tfjs-core';
import { afterEach, expect, it, vi } from 'vitest';
import type { Engine } from '../../src/engine';
import { useKernels } from '../../src/engine/kernels';
import { stockKernels } from '../../src/engine/kernels/stock';
import { local } from './link';
import { lines, toy } from './toys';

let engine: Engine;
afterEach(() => {
  vi.restoreAllMocks();
  useKernels('own');
});

/** What a visit asks for, once: each network runs, is listened to, explained and trained. */
async function everything(): Promise<void> {
  ({ engine } = local({ heard: () => undefined }));
  engine.attend('here');
  const drawing = { sampler: 'ddim', schedule: 'cosine', steps: 2, seed: 1, room: 'here' } as const;
  const digits = await engine.sample({ ...drawing, model: 'digits', prompt: '3', guidance: 2, count: 2, watch: ['encoder1'] }).result;
  await engine.classify(digits);
  await engine.sample({ ...drawing, model: 'cloud', prompt: 'noise', count: 64 }).result;
  await engine.plan('digits');
  await engine.plan('judge');
  await engine.peek('digits', 'bottleneck');
  const model = await engine.train({ ...toy, steps: 2, average: 0.9, decay: 'cosine' }).result;
  await engine.exportModel(model);
  await engine.train({ ...lines, steps: 2 }).result;
}

it('the kernels of tfjs that ship are those that are called', async () => {
  const called = vi.spyOn(Object.getPrototypeOf(tfjs()) as { runKernel: (name: string) => unknown }, 'runKernel');
  for (const which of ['own', 'stock'] as const) {
    useKernels(which);
    await everything();
    engine.close();
  }
  const names = new Set(called.mock.calls.map(([name]) => name));
  // Kernels of ours have no counterpart on plain JavaScript.
  const theirs = [...names].filter((name) => getKernel(name, 'cpu'));
  expect(theirs.filter((name) => !(stockKernels as readonly string[]).includes(name))).toEqual([]);
  // Attention, which no network here has yet; what a gradient that is 0 everywhere is made of; what starts at one number on WebGPU.
  expect(stockKernels.filter((name) => !names.has(name))).toEqual(['Fill', 'Softmax', 'ZerosLike']);
});
