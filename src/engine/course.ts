// The course of a run: the levels it visits with their times, falling from noise to the picture, or rising the other way.
import type { SampleRequest } from '.';
import { levelsOf, timesOf } from './schedules';

export interface Course {
  /** steps + 1 levels (sigma) as a sampler takes them. */
  readonly levels: readonly number[];
  /** The times of those levels, in [0, 1] of the schedule. */
  readonly times: readonly number[];
}

/**
 * DDIM inversion (Song et al. 2020, section 4.3; Dhariwal and Nichol 2021, appendix F) walks the same levels upwards. At level 0 noise
 * and guess cannot be told apart: the picture is taken as what it nearly is, one at the least level that the model knows. Each step
 * uses the guess at its lower level, which errs by little where steps are many: refining it by fixed-point iteration at the upper
 * level (Pan et al. 2023) diverged on the shipped digits, where the plain steps return a digit with 39 dB and more.
 */
export function courseOf(
  { schedule, steps, start, invert }: Pick<SampleRequest, 'schedule' | 'steps' | 'start' | 'invert'>,
  { sigmaMin = 0, sigmaMax = Infinity }: { readonly sigmaMin?: number; readonly sigmaMax?: number },
): Course {
  const from = start && Math.min(sigmaMax, Math.max(sigmaMin, start.level));
  const bounds = { sigmaMin, sigmaMax, ...(from === undefined ? {} : { from }) };
  const levels = levelsOf(schedule, steps, bounds);
  const times = timesOf(schedule, steps, bounds);
  if (!invert) return { levels, times };
  return { levels: [sigmaMin, ...levels.slice(0, -1).reverse()], times: times.reverse() };
}
