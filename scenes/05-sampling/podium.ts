// Who was first, and who made the best digit: by each lane's own time, and by what an independent judge reads.
import type { Said } from '../../src/controls';
import type { Verdict } from '../../src/engine';
import { isDigit } from '../../src/kit/verdict';
import { percentOf } from '../../src/text/amounts';
import type { Lane } from './lanes';
import { racers } from './racers';

export interface Result {
  readonly lane: Lane;
  /** Of its own computing. */
  readonly milliseconds: number;
  readonly steps: number;
  readonly evaluations: number;
  readonly image: Float32Array;
  /** Undefined where the judge could not be asked. */
  readonly verdict: Verdict | undefined;
}

/** The quickest first. */
export const ranked = (results: readonly Result[]): readonly Result[] => [...results].sort((a, b) => a.milliseconds - b.milliseconds);

/** Milliseconds for a sentence: with a decimal where they are few. */
export const timeOf = (milliseconds: number): number => Number(milliseconds.toFixed(milliseconds < 20 ? 1 : 0));

/** How sure the judge is of the digit that was asked for; its labels are the digits in their order. */
export const sureOf = (verdict: Verdict | undefined, digit: string): number => verdict?.probabilities[Number(digit)] ?? 0;

/** The lane whose picture the judge takes for the digit most surely; undefined where it takes none for it. */
export function bestOf(results: readonly Result[], digit: string): Result | undefined {
  const read = results.filter(({ verdict }) => verdict?.label === digit && isDigit(verdict));
  return read.reduce<Result | undefined>(
    (best, one) => (best && sureOf(best.verdict, digit) >= sureOf(one.verdict, digit) ? best : one),
    undefined,
  );
}

/** A line of the board. */
export function rankSaid({ lane, milliseconds, steps, evaluations, verdict }: Result, place: number, digit: string): Said {
  const fill = { place, sampler: racers[lane].name, milliseconds: timeOf(milliseconds), steps, evaluations };
  if (!verdict) return { key: 'rank.unjudged', with: fill };
  const read = { ...fill, label: verdict.label, sure: percentOf(verdict.confidence) };
  if (!isDigit(verdict)) return { key: 'rank.unclear', with: read };
  return { key: verdict.label === digit ? 'rank.right' : 'rank.wrong', with: read };
}

/** Times of the same work differ by this much of the shorter one by chance alone. */
const near = 0.1;

export function foretoldFirst(picked: string, results: readonly Result[]): Said {
  const [winner] = ranked(results);
  const fill = { winner: winner ? racers[winner.lane].name : '' };
  if (picked === '' || !winner) return { key: 'first.none', with: fill };
  if (picked === winner.lane) return { key: 'first.right', with: fill };
  const looks = winner.evaluations;
  const mine = results.find(({ lane }) => lane === picked);
  if (!mine || mine.evaluations > looks) return { key: 'first.wrong', with: { ...fill, looks } };
  // Between lanes that asked the network as often and were about as quick, chance decides.
  if (mine.evaluations === looks && mine.milliseconds <= winner.milliseconds * (1 + near)) return { key: 'first.close', with: fill };
  return { key: 'first.slower', with: { ...fill, milliseconds: timeOf(winner.milliseconds), yours: timeOf(mine.milliseconds) } };
}

export function foretoldBest(picked: string, results: readonly Result[], digit: string): Said {
  const best = bestOf(results, digit);
  if (!best) return { key: 'best.nobody', with: { digit } };
  const fill = { winner: racers[best.lane].name, digit };
  if (picked === '') return { key: 'best.none', with: fill };
  return { key: picked === best.lane ? 'best.right' : 'best.wrong', with: fill };
}
