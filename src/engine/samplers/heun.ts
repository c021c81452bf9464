// Heun's method on the probability-flow equation (Karras et al. 2022, algorithm 1, deterministic): second order, two evaluations a step.
import type { Sampler } from '.';

/** The slope (x - clean) / sigma is taken before and after an Euler step, and their mean is followed; the last step, to 0, is Euler's. */
export const heun: Sampler = async function* ({ denoise, noisy, levels }) {
  for (let index = 0; index + 1 < levels.length; index++) {
    const [level, next] = [levels[index]!, levels[index + 1]!];
    const clean = await denoise(noisy, level);
    const before = noisy;
    const ahead = clean.map((guess, at) => guess + (next / level) * (before[at]! - guess));
    if (next === 0) noisy = ahead;
    else {
      const again = await denoise(ahead, next);
      const half = (next - level) / 2;
      noisy = before.map((x, at) => x + half * ((x - clean[at]!) / level + (ahead[at]! - again[at]!) / next));
    }
    yield { index, level, next, noisy, clean };
  }
  return noisy;
};
