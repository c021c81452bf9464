// The schedule that the visitor chose, as the engine takes it, and what it does to the signal along the way.
import { abarOf, scheduleOf, type ScheduleChoice, type ScheduleName } from '../../src/engine';
import { noise } from './controls';

export const named = ['linear', 'cosine', 'sigmoid'] as const satisfies readonly ScheduleName[];

/** A curve that the engine takes: it must fall somewhere. */
export function isUsable(curve: readonly number[]): boolean {
  try {
    scheduleOf({ drawn: curve });
    return true;
  } catch {
    return false;
  }
}

type Picked = Pick<ReturnType<typeof noise.useValues.getState>, 'schedule' | 'curve'>;

/** The schedule in force. A drawn curve that is none yet leaves the cosine in force; the wall says so. */
export function schedulePicked({ schedule, curve }: Picked = noise.useValues.getState()): ScheduleChoice {
  return named.find((name) => name === schedule) ?? (isUsable(curve) ? { drawn: curve } : 'cosine');
}

/** Level (sigma) at t. */
export const levelAt = (schedule: ScheduleChoice, t: number) => scheduleOf(schedule)(t);
/** Share of signal at t. */
export const abarAt = (schedule: ScheduleChoice, t: number) => abarOf(levelAt(schedule, t));

/** Share of signal at equal steps of t: the points of a graph. */
export const graphOf = (schedule: ScheduleChoice, points = 101): number[] =>
  Array.from({ length: points }, (_, i) => abarAt(schedule, i / (points - 1)));

/** t at which picture and noise are equally loud (abar is a half); undefined where the noise never gets so loud. */
export function evenAt(graph: readonly number[]): number | undefined {
  const at = graph.findIndex((abar) => abar <= 0.5);
  if (at <= 0) return at === 0 ? 0 : undefined;
  const [above, below] = [graph[at - 1]!, graph[at]!];
  return (at - 1 + (above - 0.5) / (above - below || 1)) / (graph.length - 1);
}

/** Signal-to-noise ratio in decibels. */
export const decibels = (abar: number) => 10 * Math.log10(abar / (1 - abar));
