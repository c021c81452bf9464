// DDIM (Song et al. 2020): at eta = 0 a fixed path from noise to picture, at eta = 1 as random as DDPM.
import type { Sampler } from '.';

/**
 * In terms of sigma the step is x' = clean + sqrt(next^2 - up^2) * eps + up * fresh with eps = (x - clean) / level and
 * up = eta * next / level * sqrt(level^2 - next^2): formula 16 of the paper, divided by sqrt(abar').
 */
export const ddim: Sampler = async function* ({ denoise, noisy, levels, eta = 0, fresh }) {
  for (let index = 0; index + 1 < levels.length; index++) {
    const [level, next] = [levels[index]!, levels[index + 1]!];
    const clean = await denoise(noisy, level);
    const up = eta * (next / level) * Math.sqrt(Math.max(0, level * level - next * next));
    const share = Math.sqrt(next * next - up * up) / level;
    const before = noisy;
    noisy = clean.map((guess, at) => guess + share * (before[at]! - guess));
    if (up > 0) {
      const drawn = await fresh(index);
      for (let at = 0; at < noisy.length; at++) noisy[at]! += up * drawn[at]!;
    }
    yield { index, level, next, noisy, clean };
  }
  return noisy;
};
