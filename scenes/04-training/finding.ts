// What the lines of the loss say: how it stands, where the network still learns, and what became of the pictures meanwhile.
import type { Said } from '../../src/controls';
import { percentOf } from '../../src/text/amounts';
import { about, epochsOf } from './amounts';
import type { Milestone } from './course';
import type { Point } from './history';

export type Outcome = 'better' | 'same' | 'worse';

/** The two milestones that are compared: one of the middle, and the last. */
export function compared(milestones: readonly Milestone[]): readonly [Milestone, Milestone] | undefined {
  const judged = milestones.filter(({ agreed }) => agreed !== undefined);
  return judged.length < 3 ? undefined : [judged[1]!, judged.at(-1)!];
}

const share = ({ agreed, judged }: Milestone) => agreed! / judged;

/** Better or worse: by more than one picture in twenty. */
export function outcomeOf(middle: Milestone, last: Milestone): Outcome {
  const gain = share(last) - share(middle);
  return gain > 0.051 ? 'better' : gain < -0.051 ? 'worse' : 'same';
}

/** The finding: how much of the whole fall of the loss came after the middle, and what the judge reads then and at the end. */
export function findingOf(points: readonly Point[], milestones: readonly Milestone[], isRecording: boolean): Said | null {
  const pair = compared(milestones);
  if (!pair || points.length === 0) return null;
  const [middle, last] = pair;
  const fall = points[0]!.loss - last.loss;
  const after = fall > 0 ? Math.max(0, (middle.loss - last.loss) / fall) : 0;
  const fill = {
    ...{ middle: epochsOf(middle.at), last: epochsOf(last.at), late: percentOf(after) },
    ...{ from: percentOf(share(middle)), to: percentOf(share(last)), judged: last.judged },
  };
  return { key: isRecording ? 'findingRecorded' : `finding.${outcomeOf(middle, last)}`, with: fill };
}

/** The latest loss, and the bands that stand highest and lowest. */
export function lossSaid(points: readonly Point[], isRecording: boolean): { loss: Said; bands: Said | null } {
  const [first, now] = [points[0], points.at(-1)];
  if (!first || !now) return { loss: { key: 'lossEmpty' }, bands: null };
  const fill = { loss: about(now.loss), first: about(first.loss), epoch: epochsOf(now.epoch) };
  const [noisiest, , middle, , cleanest] = now.bands;
  const isKnown = noisiest !== undefined && middle !== undefined && cleanest !== undefined;
  return {
    loss: { key: isRecording ? 'lossRecorded' : 'loss', with: fill },
    bands: isKnown
      ? {
          key: isRecording ? 'bandsRecorded' : 'bands',
          with: { noisiest: about(noisiest), middle: about(middle), cleanest: about(cleanest) },
        }
      : null,
  };
}
