// What the lines of the loss say: how it stands, where the network still learns, and what became of the pictures meanwhile.
import type { Said } from '../../src/controls';
import { percentOf } from '../../src/text/amounts';
import { about, epochsOf } from './amounts';
import type { Milestone } from './course';
import type { Point } from './history';
import type { Recipe } from './recipe';

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

/** What became of the visitor's guess, once the last pictures are judged: the middle against the end. */
export function foretoldOf(picked: string, milestones: readonly Milestone[], recipe: Pick<Recipe, 'milestones'>): Said | null {
  const [, middleEpoch] = recipe.milestones;
  const middle = milestones.find(({ epoch }) => epoch === middleEpoch);
  const last = milestones[recipe.milestones.length - 1];
  if (!middle || !last) return picked === '' ? null : { key: 'foretold.open', with: { last: recipe.milestones.at(-1)! } };
  if (middle.agreed === undefined || last.agreed === undefined) return { key: 'foretold.unjudged' };
  const fill = {
    ...{ middle: epochsOf(middle.at), from: middle.agreed, before: middle.judged },
    ...{ last: epochsOf(last.at), to: last.agreed, judged: last.judged },
  };
  if (picked === '') return { key: 'foretold.none', with: fill };
  const outcome = outcomeOf(middle, last);
  const verdict = picked === outcome ? 'right' : outcome === 'same' ? 'unclear' : 'wrong';
  return { key: `foretold.${verdict}.${picked}`, with: fill };
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
