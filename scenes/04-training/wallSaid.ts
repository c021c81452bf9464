// What stands under each picture of the wall, and what the wall says as a whole.
import type { Said, Shown } from '../../src/controls';
import { epochsOf, spanOf } from './amounts';
import type { Milestone } from './course';
import { digitsRecipe } from './recipe';
import type { View } from './view';

const side = 2 * digitsRecipe.side;
export const shown = (values: Float32Array, said: Said): Shown => ({ values, height: side, width: side, said });

/** A pinned picture. */
export function pinned({ at, agreed, judged, seconds, picture }: Milestone, isRecording: boolean): Shown {
  const fill = { epoch: epochsOf(at), agreed: agreed ?? 0, judged, time: spanOf(seconds) };
  const key = isRecording ? 'pinnedRecorded' : agreed === undefined ? 'pinnedUnjudged' : 'pinned';
  return shown(picture, { key, with: fill });
}

/** What the wall says as a whole. */
export function wallSaid({ milestones, isRecording, epoch }: View): Said {
  const judged = milestones.filter(({ agreed }) => agreed !== undefined);
  const [first, last] = [judged[0], judged.at(-1)];
  if (!first || !last) return { key: epoch > 0 ? 'wallSoon' : 'wallEmpty' };
  const fill = { first: epochsOf(first.at), agreedFirst: first.agreed!, judgedFirst: first.judged, last: epochsOf(last.at), agreed: last.agreed!, judged: last.judged }; // prettier-ignore
  return { key: isRecording ? 'wallRecorded' : first === last ? 'wallOne' : 'wallMore', with: fill };
}
