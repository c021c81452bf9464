// DPM-Solver++(2M) (Lu et al. 2022, algorithm 2): second order from the guesses of two steps, one evaluation a step, deterministic.
import type { Sampler } from '.';

/** With lambda = -ln sigma and h = lambda' - lambda: x' = (next / level) x - (e^-h - 1) D, D leading on from the last two guesses. */
export const dpmpp2m: Sampler = async function* ({ denoise, noisy, levels }) {
  let last: { readonly clean: Float32Array; readonly h: number } | undefined;
  for (let index = 0; index + 1 < levels.length; index++) {
    const [level, next] = [levels[index]!, levels[index + 1]!];
    const clean = await denoise(noisy, level);
    const h = Math.log(level / next);
    // The first step, and the last (where h has no end), know one guess only.
    const lead = last && next > 0 ? h / (2 * last.h) : 0;
    const before = noisy;
    const old = last?.clean ?? clean;
    noisy = clean.map((guess, at) => {
      const ahead = guess + lead * (guess - old[at]!);
      return ahead + (next / level) * (before[at]! - ahead);
    });
    // Levels that were cut at the model's bounds may repeat: such a step goes nowhere.
    if (h !== 0) last = { clean, h };
    yield { index, level, next, noisy, clean };
  }
  return noisy;
};
