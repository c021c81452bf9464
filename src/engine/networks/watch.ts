// Who listens in on a forward: hears the output of each named part, and may give another in its place.
import type { Tensor } from '@tensorflow/tfjs-core';

/** Hears of a named part's output; what it returns is computed on with instead. Networks know nothing of who listens, or why. */
export type Watch = (part: string, value: Tensor) => Tensor | undefined;

/** Tells of a part's output and gives what is to be computed on with: `value` itself where nobody listens. */
export const told = <T extends Tensor>(watch: Watch | undefined, part: string, value: T): T =>
  (watch?.(part, value) as T | undefined) ?? value;
