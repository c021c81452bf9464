// The schedule that the visitor chose, as the engine takes it, and what it does to the signal along the way.
import { abarOf, levelOf, type ScheduleChoice, type ScheduleName } from '../../src/engine';
import { noise } from './controls';

export const named = ['linear', 'cosine', 'sigmoid'] as const satisfies readonly ScheduleName[];

export function schedulePicked(): ScheduleChoice {
  const { schedule, curve } = noise.useValues.getState();
  return named.find((name) => name === schedule) ?? { drawn: curve };
}

/** Share of signal at t. */
export const abarAt = (schedule: ScheduleChoice, t: number) => abarOf(schedule, t);
/** Level (sigma) at t. */
export const levelAt = (schedule: ScheduleChoice, t: number) => levelOf(schedule, t);

/** Share of signal at equal steps of t: the points of a graph. */
export const graphOf = (schedule: ScheduleChoice, points = 101): number[] =>
  Array.from({ length: points }, (_, i) => abarAt(schedule, i / (points - 1)));

/** t at which only half of the picture is signal any more: where noise and picture are equally loud. */
export function evenAt(graph: readonly number[]): number | undefined {
  const at = graph.findIndex((abar) => abar <= 0.5);
  if (at <= 0) return at === 0 ? 0 : undefined;
  const [above, below] = [graph[at - 1]!, graph[at]!];
  return (at - 1 + (above - 0.5) / (above - below || 1)) / (graph.length - 1);
}

/** Signal-to-noise ratio in decibels. */
export const decibels = (abar: number) => 10 * Math.log10(abar / (1 - abar));
