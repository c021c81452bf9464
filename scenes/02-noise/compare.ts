// The picture that set out beside the picture that came back: how far apart they are, and what an independent judge reads in both.
import type { Engine, Verdict } from '../../src/engine';
import { isDigit } from '../../src/kit/verdict';
import { percentOf } from '../../src/text/amounts';
import { apart } from './closed';
import { noise } from './controls';
import { pixels, shown } from './picture';

export type Outcome = 'same' | 'relative' | 'other' | 'unclear' | 'unjudged';

/** Pictures nearer than this share are the same to the eye. */
const near = 0.04;

export function outcomeOf(distance: number, before: Verdict | undefined, after: Verdict | undefined): Outcome {
  if (!before || !after) return 'unjudged';
  if (!isDigit(after)) return 'unclear';
  if (before.label !== after.label) return 'other';
  return distance < near ? 'same' : 'relative';
}

/** What came back, in the words of the prediction. */
const came = { same: 'same', relative: 'same', other: 'other', unclear: 'noise' } as const;

/** Whether what the visitor expected came true; undefined where nothing was expected or nothing can be said. */
export function foretold(expected: string, outcome: Outcome): boolean | undefined {
  if (expected === '' || outcome === 'unjudged') return undefined;
  return came[outcome] === expected;
}

let latest = 0;

/** Empties the comparison; one still being made is not shown any more. */
export function forget(): void {
  latest++;
  noise.set('after', null);
  noise.set('compare', null);
  noise.set('foretold', null);
}

export async function compare(engine: Engine, before: Float32Array, after: Float32Array, from: number | string): Promise<void> {
  if (noise.useValues.getState().after?.values === after) return;
  const mine = ++latest;
  noise.set('before', shown(before, { key: 'beforePicture' }));
  noise.set('after', shown(after, { key: 'afterPicture' }));
  // Without a judge the distance is still true.
  const [first, second] = await engine.classify(pixels(before, after)).catch((): Verdict[] => []);
  if (mine !== latest) return;
  if (first && second) {
    noise.set('before', shown(before, { key: 'beforeRead', with: { label: first.label } }));
    noise.set('after', shown(after, { key: 'afterRead', with: { label: second.label } }));
  }
  const distance = apart(before, after);
  const outcome = outcomeOf(distance, first, second);
  const said = { from, apart: percentOf(distance), first: first?.label ?? '', second: second?.label ?? '' };
  const sures = { sureFirst: percentOf(first?.confidence ?? 0), sureSecond: percentOf(second?.confidence ?? 0) };
  noise.set('compare', { key: `compare.${outcome}`, with: { ...said, ...sures } });
  const isRight = foretold(noise.useValues.getState().expect, outcome);
  const key = outcome === 'unjudged' || isRight === undefined ? 'none' : `${isRight ? 'right' : 'wrong'}.${came[outcome]}`;
  noise.set('foretold', { key: `foretold.${key}` });
}
