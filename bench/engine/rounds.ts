// Taking turns: all competitors once each round, so that a busy machine is busy for all of them, and what comes of it.
import type { Competitor } from './competitor';
import { questionOf } from './question';

export interface Rounds {
  /** Pictures, and numbers in one. */
  readonly count: number;
  readonly size: number;
  readonly rounds: number;
  /** After so long no new round begins; three there are in any case. */
  readonly seconds: number;
  /** Forwards of one turn last at least so long together, ms: a fast GPU is timed beyond the clock's grain. */
  readonly turn?: number;
}

export const median = (values: readonly number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
};

/** Milliseconds of a forward, for each competitor one number a round. */
export async function takeTurns(
  competitors: readonly Competitor[],
  { count, size, rounds, seconds, turn = 40 }: Rounds,
): Promise<number[][]> {
  const times: number[][] = competitors.map(() => []);
  /** Of one turn: milliseconds of a forward. All competitors are asked the same in a round, and in every round something else. */
  const timed = async ({ forward }: Competitor, forwards: number, round: number) => {
    const questions = Array.from({ length: forwards }, (_, at) => questionOf(count, size, 100 * round + at));
    const start = performance.now();
    for (const question of questions) await forward(question);
    return (performance.now() - start) / forwards;
  };
  const forwards: number[] = [];
  for (const competitor of competitors) {
    // Pipelines are compiled and buffers made in the first; the second tells how long the others will take.
    await timed(competitor, 1, 1);
    forwards.push(Math.max(1, Math.min(64, Math.ceil(turn / Math.max(0.1, await timed(competitor, 1, 2))))));
  }
  const until = performance.now() + seconds * 1000;
  for (let round = 0; round < Math.min(3, rounds) || (round < rounds && performance.now() < until); round++)
    for (const [at, competitor] of competitors.entries()) times[at]!.push(await timed(competitor, forwards[at]!, 3 + round));
  return times;
}

/** How many times faster `ours` is: the median over rounds of the other's time over our time in the same round. */
export const ratio = (ours: readonly number[], other: readonly number[]) => median(ours.map((time, at) => other[at]! / time));
