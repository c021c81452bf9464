// Classifier-free guidance (Ho and Salimans 2022), a wrapper around the denoiser: samplers never know of it.
import type { Denoise } from './samplers';

/**
 * eps(null) + s (eps(c) - eps(null)). At one noisy picture eps and the clean guess are tied by a line, so that the same sum is taken
 * over the guesses. s = 1 is the conditioned model alone and s = 0 the unconditioned one: one evaluation each. `breathe` is awaited
 * between two evaluations, so that others are not held up twice as long.
 */
export function guide(conditioned: Denoise, unconditioned: Denoise, scale: number, breathe?: () => Promise<void>): Denoise {
  if (scale === 1) return conditioned;
  if (scale === 0) return unconditioned;
  return async (noisy, level) => {
    const without = await unconditioned(noisy, level);
    await breathe?.();
    const toward = await conditioned(noisy, level);
    return without.map((value, index) => value + scale * (toward[index]! - value));
  };
}
