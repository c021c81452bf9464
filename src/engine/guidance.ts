// Classifier-free guidance (Ho and Salimans 2022), a wrapper around the denoiser: samplers never know of it.
import type { SampleRequest } from '.';
import type { Denoise } from './samplers';

/** The scale s of a request in either convention: s itself, or w of the paper with (1 + w) eps(c) - w eps(null), so that s = 1 + w. */
export const scaleOf = ({ guidance, guidanceWeight }: Pick<SampleRequest, 'guidance' | 'guidanceWeight'>): number =>
  guidance ?? 1 + (guidanceWeight ?? 0);

/**
 * eps(away) + s (eps(c) - eps(away)), where `away` is the null class, or a class to steer away from (a negative condition). At one
 * noisy picture eps and the clean guess are tied by a line, so that the same sum is taken over the guesses. s = 1 is the conditioned
 * model alone and s = 0 that of `away`: one evaluation each. `breathe` is awaited between two evaluations, so that others are not held
 * up twice as long.
 */
export function guide(conditioned: Denoise, away: Denoise, scale: number, breathe?: () => Promise<void>): Denoise {
  if (scale === 1) return conditioned;
  if (scale === 0) return away;
  return async (noisy, level) => {
    const without = await away(noisy, level);
    await breathe?.();
    const toward = await conditioned(noisy, level);
    return without.map((value, index) => value + scale * (toward[index]! - value));
  };
}
