// The finish of a race: the judge reads the pictures, every lane gets its place, and what the visitor had guessed is answered.
import type { Engine, Verdict } from '../../src/engine';
import { sampling } from './controls';
import { ranks } from './lanes';
import { live } from './live';
import { pixels } from './picture';
import { foretoldBest, foretoldFirst, ranked, rankSaid, type Result } from './podium';
import { racers } from './racers';

const { set } = sampling;

/** The digit that was asked for and the visitor's guesses, as they stood at the start. */
export interface Asked {
  readonly digit: string;
  readonly first: string;
  readonly best: string;
}

export function clearPodium(): void {
  for (const name of [...ranks, 'foretoldFirst', 'foretoldBest'] as const) set(name, null);
  set('podiumSays', { key: 'podiumNone' });
}

/** `isOn`: whether the race is still the one that is looked at when the judge has answered. */
export async function award(
  engine: Engine,
  unread: readonly Omit<Result, 'verdict'>[],
  { digit, first, best }: Asked,
  isOn: () => boolean,
): Promise<void> {
  const verdicts = await engine.classify(pixels(unread.map(({ image }) => image))).catch((): Verdict[] => []);
  if (!isOn()) return;
  const results = unread.map((result, i): Result => ({ ...result, verdict: verdicts[i] }));
  const order = ranked(results);
  live.placed = order.map(({ image }) => image);
  order.forEach((result, i) => set(ranks[i]!, rankSaid(result, i + 1, digit)));
  set('podiumSays', { key: verdicts.length ? 'podium' : 'podiumUnjudged', with: { digit } });
  set('foretoldFirst', foretoldFirst(first, results));
  set('foretoldBest', verdicts.length ? foretoldBest(best, results, digit) : null);
  set('raceSays', { key: 'finished', with: { winner: racers[order[0]!.lane].name } });
}
