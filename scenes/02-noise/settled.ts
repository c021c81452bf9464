// When the guess was settled on the way back: from which place on an independent judge reads every guess as the final digit.
import type { Engine, Verdict } from '../../src/engine';
import { isDigit } from '../../src/kit/verdict';
import type { Recorded } from './journey';
import { pixels } from './picture';

/** The place and the digit; undefined where the last guess is no digit. `verdicts` belong to `frames`, which fall in t. */
export function settledIn(frames: readonly Pick<Recorded, 't'>[], verdicts: readonly Verdict[]): { t: number; label: string } | undefined {
  const last = verdicts.at(-1);
  if (!last || !isDigit(last)) return undefined;
  let from = verdicts.length - 1;
  while (from > 0 && verdicts[from - 1]!.label === last.label && isDigit(verdicts[from - 1]!)) from--;
  return { t: frames[from]!.t, label: last.label };
}

export async function settled(engine: Engine, frames: readonly Recorded[]): Promise<{ t: number; label: string } | undefined> {
  const verdicts = await engine.classify(pixels(...frames.map(({ clean }) => clean))).catch((): Verdict[] => []);
  return settledIn(frames, verdicts);
}
