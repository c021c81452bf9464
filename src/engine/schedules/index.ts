// The catalogue of noise schedules, and the levels that a run of some steps visits. No tensors: pages draw graphs and sound from it.
import type { ScheduleChoice } from '..';
import { EngineError } from '../errors';
import type { Schedule } from './abar';
import { cosine } from './cosine';
import { drawn } from './drawn';
import { karras } from './karras';
import { linear } from './linear';
import { sigmoid } from './sigmoid';

export { abarOf, levelOf, type Schedule } from './abar';
export { ddpmBeta } from './linear';

export const schedules = { linear, cosine, sigmoid, karras } satisfies Record<string, Schedule>;

/** The schedule that was chosen by name or drawn by hand. */
export function scheduleOf(choice: ScheduleChoice): Schedule {
  if (typeof choice === 'object') return drawn(choice.drawn);
  if (!Object.hasOwn(schedules, choice)) throw new EngineError('bad-request', `no schedule is called ${String(choice)}`);
  return schedules[choice];
}

export interface Bounds {
  /** Levels that the model was trained for. */
  readonly sigmaMin?: number;
  readonly sigmaMax?: number;
  /** Starts at this level instead of at t = 1, with all steps below it. */
  readonly from?: number;
}

/** The last time at which `schedule` is not above `level`: halving an interval, since every schedule grows. */
export function timeAt(schedule: Schedule, level: number): number {
  let [below, above] = [0, 1];
  for (let turn = 0; turn < 60; turn++) {
    const middle = (below + above) / 2;
    if (schedule(middle) <= level) below = middle;
    else above = middle;
  }
  return below;
}

/**
 * steps + 1 times at equal steps from t = 1, or from that of the level `from`, down to 0. Equation 5 of Karras et al. divides by one
 * less: its last level above 0 is the least that the model knows, not one step away from the picture.
 */
export function timesOf(choice: ScheduleChoice, steps: number, { from, sigmaMin = 0 }: Bounds = {}): number[] {
  if (!Number.isInteger(steps) || steps < 1 || steps > 10_000) throw new EngineError('bad-request', `${steps} is no number of steps`);
  if (from !== undefined && !(from > 0 && Number.isFinite(from))) throw new EngineError('bad-request', `${from} is no level to start from`);
  const start = from === undefined ? 1 : timeAt(scheduleOf(choice), from);
  if (choice !== 'karras' || steps === 1) return Array.from({ length: steps + 1 }, (_, step) => start * (1 - step / steps));
  const end = Math.min(start, timeAt(schedules.karras, sigmaMin));
  return [...Array.from({ length: steps }, (_, step) => start + ((end - start) * step) / (steps - 1)), 0];
}

/** The levels at those times, within the bounds; the last is 0, the clean picture. */
export function levelsOf(choice: ScheduleChoice, steps: number, { sigmaMin = 0, sigmaMax = Infinity, from }: Bounds = {}): number[] {
  const schedule = scheduleOf(choice);
  const levels = timesOf(choice, steps, { sigmaMin, ...(from === undefined ? {} : { from }) })
    .slice(0, -1)
    .map(schedule);
  if (from !== undefined) levels[0] = from;
  // Halving ends a hair off, and a drawn schedule may jump: no level lies above the start.
  const highest = Math.min(sigmaMax, from ?? sigmaMax);
  return [...levels.map((level) => Math.min(highest, Math.max(sigmaMin, level))), 0];
}
