// Chooses the variant of each kernel by trying all on the present card, on the shapes that the digit network is made of: of those that are right the fastest.
import { add, getBackend, grads, tensor, tidy, type Tensor, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs-core';
import { apart } from '../../apart';
import { normals } from '../../noise';
import { convolve, filterGradient } from '../convolve';
import { groupsOf, normalise } from '../normalise';
import { isOwn } from '..';
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

/** What is further from the plain variant's numbers, relative to the largest, is wrong: sums in another order come nowhere near. */
const allowed = 1e-3;

/** The choices that give the numbers of the plain one; `all` is everything in which they could be wrong. */
async function rightOnes<Name extends keyof Variants>(name: Name, all: () => Tensor[]): Promise<readonly Variants[Name][]> {
  const before = variants();
  const held: Tensor[] = [];
  const numbersOf = async (choice: Variants[Name]) => {
    setVariants({ ...before, [name]: choice });
    const found = tidy(all);
    // Until the last has come: a buffer that is used again would lend its right numbers to one that writes nothing.
    held.push(...found);
    return (await Promise.all(found.map((one) => one.data()))) as Float32Array[];
  };
  try {
    const expected = await numbersOf(plain[name]);
    const right: Variants[Name][] = [];
    for (const choice of choices[name]) {
      const found = choice === plain[name] ? expected : await numbersOf(choice);
      if (choice === plain[name] || found.every((numbers, at) => apart(numbers, expected[at]!) <= allowed)) right.push(choice);
      else console.warn(`engine: the variant ${choice} of ${name} is wrong on this card`);
    }
    return right;
  } finally {
    setVariants(before);
    held.forEach((one) => one.dispose());
  }
}

interface Trial {
  /** What is timed. */
  readonly work: () => Tensor;
  /** What is held against the plain variant. */
  readonly all: () => Tensor[];
}

/** Times a kernel's right variants and keeps the fastest; one that stands further behind must be clearly faster. */
async function fastest<Name extends keyof Variants>(name: Name, latency: number, { work, all }: Trial): Promise<void> {
  const right = await rightOnes(name, all);
  const before = variants();
  let best: { choice: Variants[Name]; time: number } | undefined;
  for (const choice of right) {
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
  const held: Tensor[] = [];
  const seeded = <T extends Tensor>(...shape: number[]): T => {
    const size = shape.reduce((product, side) => product * side, 1);
    held.push(tensor(normals(1, held.length, size), shape));
    return held.at(-1) as T;
  };
  const [few, x, dy] = [seeded<Tensor4D>(1, 8, 8, 64), seeded<Tensor4D>(4, 16, 16, 32), seeded<Tensor4D>(4, 16, 16, 32)];
  const [filter, bias] = [seeded<Tensor4D>(3, 3, 32, 32), seeded<Tensor1D>(32)];
  const [fewFilter, fewBias] = [seeded<Tensor4D>(3, 3, 64, 64), seeded<Tensor1D>(64)];
  const [gain, shift] = [seeded<Tensor4D>(1, 1, 1, 32), seeded<Tensor4D>(1, 1, 1, 32)];
  // Groups of two channels have code of their own.
  const groups = [groupsOf(32, 8), groupsOf(32, 16)] as const;
  held.push(...groups.map(({ matrix }) => matrix));
  const trials: { readonly [Name in keyof Variants]: Trial } = {
    convolveFew: {
      work: () => convolve(few, fewFilter, fewBias),
      all: () => [convolve(few, fewFilter, fewBias), convolve(few, fewFilter, fewBias, { residual: few })],
    },
    convolveMany: {
      work: () => convolve(x, filter, bias),
      all: () => [convolve(x, filter, bias), convolve(x, filter, bias, { residual: dy })],
    },
    normalise: {
      work: () => normalise(x, gain, shift, groups[0]),
      all: () =>
        groups.flatMap((one) => {
          const run = (...given: Tensor[]) => normalise(...(given as [Tensor4D, Tensor4D, Tensor4D]), one);
          return [run(x, gain, shift), ...grads(run)([x, gain, shift], dy)];
        }),
    },
    parts: { work: () => filterGradient(x, dy, filter.shape), all: () => [filterGradient(x, dy, filter.shape)] },
  };
  try {
    const nothing = () => add(x, dy); // few numbers would be added on the processor
    await once(nothing, 1);
    const latency = Math.min(await once(nothing, 1), await once(nothing, 1), await once(nothing, 1));
    for (const name of Object.keys(trials) as (keyof Variants)[]) await fastest(name, latency, trials[name]);
  } finally {
    held.forEach((one) => one.dispose());
  }
  return variants();
}
