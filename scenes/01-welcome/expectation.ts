// What is said of a dream: the reading of the second network, and what became of the visitor's guess.
import type { Said } from '../../src/controls';
import type { Verdict } from '../../src/engine';
import { isDigit } from '../../src/kit/verdict';
import { percentOf } from '../../src/text/amounts';

export const dreamEnd = (verdict: Verdict, seconds: number): Said => ({
  key: isDigit(verdict) ? 'dreamt' : 'dreamtUnclear',
  with: { label: verdict.label, sure: percentOf(verdict.confidence), seconds },
});

/** `expected`: 'copy', 'new', 'noise', or '' where the visitor did not guess. */
export function expectation(expected: string, verdict: Verdict): Said {
  if (expected === '') return { key: 'foretold.none' };
  if (!isDigit(verdict)) return { key: expected === 'noise' ? 'foretold.noiseCame' : 'foretold.unclear' };
  return { key: `foretold.${expected}` };
}
