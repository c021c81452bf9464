// What a training's checkpoint leaves for its models: without tfjs, since page and worker make it alike.
import type { Checkpoint, Snapshot } from './types';

/** What stays of a checkpoint when another is the last: the moments of Adam are of no use to a model. */
export function snapshotOf({ step, examples, state }: Checkpoint): Snapshot {
  const count = state.length / 4;
  const weights = new Float32Array(2 * count);
  weights.set(state.subarray(0, count));
  weights.set(state.subarray(3 * count), count);
  return { step, examples, weights };
}
