// What a slider says of where it stands: on the panel in the room, in the twin and to a screen reader the same.
import type { Slider } from '../../controls';
import type { Fill } from '../../text';

/** Decimals that tell two neighbouring values of this step apart, three at most. */
export const decimalsOf = (step: number) => Math.min(3, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));

/** The number alone where the room has no words for it. `own` gives the room's words or undefined; `number` writes as the language does. */
export function amountOf(
  { from, to, step }: Slider,
  value: number,
  own: (fill: Fill) => string | undefined,
  number: (value: number, digits?: number) => string,
): string {
  const plain = number(value, decimalsOf(step));
  const share = 100 / (to - from);
  return own({ value: plain, percent: number((value - from) * share, decimalsOf(step * share)) }) ?? plain;
}
