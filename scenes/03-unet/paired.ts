// What came out: the finished digit of the whole network beside that of the cut one, as an independent judge reads them.
import type { Said } from '../../src/controls';
import type { Engine, Pixels, Verdict } from '../../src/engine';
import { isDigit } from '../../src/kit/verdict';
import { percentOf } from '../../src/text/amounts';
import { apart } from './picture';

export type Outcome = 'same' | 'other' | 'nothing';

/** Share of dots that are plainly ink or plainly paper: of a clean digit nearly all are, grain is what is in between. */
export const cleanIn = (image: Float32Array): number => image.filter((value) => Math.abs(value) > 0.5).length / image.length;
/** Fewer clean dots than this make no clean digit, whatever the judge sees in it. */
const leastClean = 0.87;

/** What the cut made of the digit: read as before, as another one, or as none that is clean, or of which the judge is sure. */
export function outcomeOf(whole: Verdict, changed: Verdict, clean: number): Outcome {
  if (!isDigit(changed) || clean < leastClean) return 'nothing';
  return changed.label === whole.label ? 'same' : 'other';
}

interface Paired {
  readonly done: Said;
  readonly pair: Said;
  readonly foretold: Said | null;
}

interface Asked {
  /** The class that was asked for, '' where none was. */
  readonly digit: string;
  /** What the visitor foretold when the run began, '' for nothing. */
  readonly expect: string;
}

/** Judges the pictures of one run; without a judge, or for pictures that it cannot read, their distance alone is told. */
export async function paired(engine: Engine, [whole, changed]: readonly Pixels[], { digit, expect }: Asked): Promise<Paired> {
  const [first] = await judged(engine, whole!);
  const read = { digit, label: first?.label ?? '', sure: percentOf(first?.confidence ?? 0) };
  const done: Said = first ? { key: digit === '' ? 'doneRead' : 'done', with: read } : { key: 'doneUnread' };
  if (!changed) return { done, pair: { key: 'pair.whole' }, foretold: null };
  const [second] = await judged(engine, changed);
  const fill = { apart: percentOf(apart(whole!.values, changed.values)), first: read.label, second: second?.label ?? '', sure: percentOf(second?.confidence ?? 0), clean: percentOf(cleanIn(changed.values)), cleanWhole: percentOf(cleanIn(whole!.values)) }; // prettier-ignore
  if (!first || !second) return { done, pair: { key: 'pair.unread', with: fill }, foretold: null };
  const outcome = outcomeOf(first, second, cleanIn(changed.values));
  const foretold = expect === '' ? null : { key: expect === outcome ? 'foretold.right' : 'foretold.wrong' };
  return { done: { key: 'doneCut', with: fill }, pair: { key: `pair.${outcome}`, with: fill }, foretold };
}

/** One reading for each picture; none where there is no judge, or it cannot read them. */
export const judged = (engine: Engine, pictures: Pixels): Promise<readonly Verdict[]> => engine.classify(pictures).catch(() => []);
