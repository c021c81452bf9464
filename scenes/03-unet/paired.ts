// What came out: the finished digit of the whole network beside that of the cut one, as an independent judge reads them.
import type { Said } from '../../src/controls';
import type { Engine, Pixels, Verdict } from '../../src/engine';
import { isDigit } from '../../src/kit/verdict';
import { percentOf } from '../../src/text/amounts';
import { unet } from './controls';
import { apart } from './picture';

export type Outcome = 'same' | 'other' | 'nothing';

/** What the cut made of the digit: read as before, as another one, or as none of which the judge is sure. */
export function outcomeOf(whole: Verdict, changed: Verdict): Outcome {
  if (!isDigit(changed)) return 'nothing';
  return changed.label === whole.label ? 'same' : 'other';
}

interface Paired {
  readonly done: Said;
  readonly pair: Said;
  readonly foretold: Said | null;
}

/** Judges the pictures of one run; without a judge, or for pictures that it cannot read, their distance alone is told. */
export async function paired(engine: Engine, [whole, changed]: readonly Pixels[], digit: string): Promise<Paired> {
  const [first] = await judged(engine, whole!);
  const read = { digit, label: first?.label ?? '', sure: percentOf(first?.confidence ?? 0) };
  const done: Said = first ? { key: digit === '' ? 'doneRead' : 'done', with: read } : { key: 'doneUnread' };
  if (!changed) return { done, pair: { key: 'pair.whole' }, foretold: null };
  const [second] = await judged(engine, changed);
  const fill = { apart: percentOf(apart(whole!.values, changed.values)), first: read.label, second: second?.label ?? '', sure: percentOf(second?.confidence ?? 0) }; // prettier-ignore
  if (!first || !second) return { done, pair: { key: 'pair.unread', with: fill }, foretold: null };
  const outcome = outcomeOf(first, second);
  const { expect } = unet.useValues.getState();
  const foretold = expect === '' ? null : { key: expect === outcome ? 'foretold.right' : 'foretold.wrong' };
  return { done: { key: 'doneCut', with: fill }, pair: { key: `pair.${outcome}`, with: fill }, foretold };
}

const judged = (engine: Engine, pictures: Pixels): Promise<readonly Verdict[]> => engine.classify(pictures).catch(() => []);
