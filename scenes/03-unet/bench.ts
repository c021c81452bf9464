// The bench of beliefs of the U-Net's hall: what each is tested with.
import type { Engine } from '../../src/engine';
import { openBeliefs } from '../../src/kit/beliefs';
import { seat } from './beliefs/seat';
import { spare } from './beliefs/spare';
import type { Experiment } from './beliefs/tools';
import { zip } from './beliefs/zip';
import { unet, type Belief } from './controls';
import { measure, roundsFor } from './measure';
import { useNetwork } from './network';

const experiments: Record<Belief, Experiment> = { zip, seat, spare };

export function openBench(engine: Engine): () => void {
  const { clear, close } = openBeliefs({
    controls: unet,
    busy: { key: 'benchBusy' },
    settles: (finding) => !/Odd$|weak$/.test(finding),
    begin(belief, { seed, isOver, running }) {
      const { layout } = useNetwork.getState();
      return (
        layout &&
        experiments[belief as Belief]({
          layout,
          count: (ways) =>
            measure(engine, {
              ...{ model: layout.model, ways, rounds: roundsFor(engine, ways.length), seed: 500 + 10 * seed, isOver, running },
              progress: ({ count }) => unet.set('finding', { key: 'benchStep', with: { count, of: 10 * roundsFor(engine, ways.length) } }),
            }),
        })
      );
    },
  });
  // What was found is true of the network that stood here; a guess before the first one came stays.
  const stopNetwork = useNetwork.subscribe((_, before) => before.layout && clear());
  return () => {
    stopNetwork();
    close();
  };
}
