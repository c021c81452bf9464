// Euler's method on the probability-flow equation dx/dsigma = (x - clean) / sigma (Karras et al. 2022, algorithm 1 without its correction).
import type { Sampler } from '.';

/** x' = x + (next - level) (x - clean) / level. On the same levels this is DDIM at eta = 0. */
export const euler: Sampler = async function* ({ denoise, noisy, levels }) {
  for (let index = 0; index + 1 < levels.length; index++) {
    const [level, next] = [levels[index]!, levels[index + 1]!];
    const clean = await denoise(noisy, level);
    const before = noisy;
    noisy = clean.map((guess, at) => guess + (next / level) * (before[at]! - guess));
    yield { index, level, next, noisy, clean };
  }
  return noisy;
};
