// Chooses the variant of each kernel by trying all on the present card, on the shapes that the digit network is made of.
import { add, getBackend, tensor, tidy, type Tensor, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs-core';
import { convolve } from '../convolve';
import { groupsOf, normalise } from '../normalise';
import { isOwn, runOwn } from '..';
import { choices, plain, setVariants, variants, type Variants } from './variants';

/** Milliseconds from `runs` calls in a row until a number of the last has come back. */
async function once(work: () => Tensor, runs: number): Promise<number> {
  const start = performance.now();
  const found = tidy(() => {
    for (let run = 1; run < runs; run++) tidy(work).dispose();
    return work();
  });
  await found.data().finally(() => found.dispose());
  return performance.now() - start;
}

/**
 * Milliseconds of one call. A fast card is done long before its answer has come back, which takes `latency` whatever was asked:
 * it is called more often until that no longer tells. What is slower than `limit` from the start is not asked again.
 */
async function timed(work: () => Tensor, latency: number, limit: number): Promise<number> {
  await once(work, 1); // compiles
  let time = (await once(work, 1)) - latency;
  if (time > limit) return time;
  for (let runs = 1; ; runs *= 4) {
    time = Math.min(await once(work, runs), await once(work, runs)) - latency;
    if (time > 4 || runs === 64) return time / runs;
  }
}

const ones = (...shape: number[]) => {
  const size = shape.reduce((product, side) => product * side, 1);
  return tensor(new Float32Array(size).fill(0.01), shape);
};

/** Times `work` under each variant of a kernel and keeps the fastest; one that stands further behind must be clearly faster. */
async function fastest<Name extends keyof Variants>(name: Name, latency: number, work: () => Tensor): Promise<void> {
  const before = variants();
  let best: { choice: Variants[Name]; time: number } | undefined;
  for (const choice of choices[name]) {
    setVariants({ ...before, [name]: choice });
    const time = await timed(work, latency, best ? 2 * best.time + 2 : Infinity);
    if (!best || time < 0.9 * best.time) best = { choice, time };
  }
  setVariants({ ...before, [name]: best!.choice });
}

/** Measures our kernels on the present backend, leaves the fastest variants in use, and returns them. To be called within a turn. */
export async function chooseVariants(): Promise<Variants> {
  if (getBackend() !== 'webgpu' || !isOwn('Convolve')) return variants();
  setVariants(plain);
  const [few, x, dy] = [ones(1, 8, 8, 64) as Tensor4D, ones(4, 16, 16, 32) as Tensor4D, ones(4, 16, 16, 32) as Tensor4D];
  const [filter, bias, film] = [ones(3, 3, 32, 32) as Tensor4D, ones(32) as Tensor1D, ones(1, 1, 1, 32) as Tensor4D];
  const [fewFilter, fewBias] = [ones(3, 3, 64, 64) as Tensor4D, ones(64) as Tensor1D];
  const groups = groupsOf(32, 8);
  const held = [few, x, dy, filter, bias, film, fewFilter, fewBias, groups.matrix];
  try {
    const nothing = () => add(x, dy); // few numbers would be added on the processor
    await once(nothing, 1);
    const latency = Math.min(await once(nothing, 1), await once(nothing, 1), await once(nothing, 1));
    await fastest('convolveFew', latency, () => convolve(few, fewFilter, fewBias));
    await fastest('convolveMany', latency, () => convolve(x, filter, bias));
    await fastest('normalise', latency, () => normalise(x, film, film, groups));
    await fastest('parts', latency, () => runOwn('ConvolveFilterGradient', { x, dy }, { side: 3 }));
  } finally {
    held.forEach((one) => one.dispose());
  }
  return variants();
}
