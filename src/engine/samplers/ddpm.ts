// DDPM's ancestral sampling (Ho et al. 2020): every step is a draw from the posterior q(x_next | x, clean).
import type { Sampler } from '.';

/** In terms of sigma the posterior has mean clean + (next / level)^2 (x - clean) and variance next^2 (1 - (next / level)^2). */
export const ddpm: Sampler = async function* ({ denoise, noisy, levels, fresh }) {
  for (let index = 0; index + 1 < levels.length; index++) {
    const [level, next] = [levels[index]!, levels[index + 1]!];
    const clean = await denoise(noisy, level);
    const kept = (next / level) ** 2;
    const spread = next * Math.sqrt(Math.max(0, 1 - kept));
    const before = noisy;
    noisy = clean.map((guess, at) => guess + kept * (before[at]! - guess));
    if (spread > 0) {
      const drawn = await fresh(index);
      for (let at = 0; at < noisy.length; at++) noisy[at]! += spread * drawn[at]!;
    }
    yield { index, level, next, noisy, clean };
  }
  return noisy;
};
