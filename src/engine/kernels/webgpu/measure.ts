// Chooses the variant of each kernel by trying both on the present card, on the shapes that the digit network is made of.
import { getBackend, tensor, tidy, type Tensor, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs-core';
import { convolve } from '../convolve';
import { groupsOf, normalise } from '../normalise';
import { runOwn } from '..';
import { choices, plain, setVariants, variants, type Variants } from './variants';

/** The least of some times, ms, from the call until a number has come back; the first, which compiles, does not count. */
async function timed(work: () => Tensor): Promise<number> {
  let least = Infinity;
  for (let turn = 0; turn < 4; turn++) {
    const start = performance.now();
    const found = tidy(work);
    await found.data().finally(() => found.dispose());
    if (turn > 0) least = Math.min(least, performance.now() - start);
  }
  return least;
}

const ones = (...shape: number[]) => {
  const size = shape.reduce((product, side) => product * side, 1);
  return tensor(new Float32Array(size).fill(0.01), shape);
};

/** Times `work` under each variant of a kernel and keeps the fastest. */
async function fastest<Name extends keyof Variants>(name: Name, work: () => Tensor): Promise<void> {
  const before = variants();
  const times = new Map<Variants[Name], number>();
  for (const choice of choices[name]) {
    setVariants({ ...before, [name]: choice });
    times.set(choice, await timed(work));
  }
  const [best] = [...times].reduce((least, one) => (one[1] < least[1] ? one : least));
  setVariants({ ...before, [name]: best });
}

/** Measures on the present backend, leaves the fastest variants in use, and returns them. To be called within a turn. */
export async function chooseVariants(): Promise<Variants> {
  if (getBackend() !== 'webgpu') return variants();
  setVariants(plain);
  const [x, dy] = [ones(4, 16, 16, 32) as Tensor4D, ones(4, 16, 16, 32) as Tensor4D];
  const [filter, bias, film] = [ones(3, 3, 32, 32) as Tensor4D, ones(32) as Tensor1D, ones(1, 1, 1, 32) as Tensor4D];
  const groups = groupsOf(32, 8);
  const held = [x, dy, filter, bias, film, groups.matrix];
  try {
    await fastest('convolve', () => convolve(x, filter, bias));
    await fastest('normalise', () => normalise(x, film, film, groups));
    await fastest('parts', () => runOwn('ConvolveFilterGradient', { x, dy }, { side: 3 }));
  } finally {
    held.forEach((one) => one.dispose());
  }
  return variants();
}
