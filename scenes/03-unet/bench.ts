// The bench of beliefs: three sentences that many hold to be true, a guess from the visitor, and an experiment that answers.
import type { Engine } from '../../src/engine';
import { codeOf } from '../../src/kit/watch';
import { seat } from './beliefs/seat';
import { spare } from './beliefs/spare';
import type { Experiment } from './beliefs/tools';
import { zip } from './beliefs/zip';
import { unet, type Belief } from './controls';
import { measure, roundsFor } from './measure';
import { useNetwork } from './network';

const { useValues, set } = unet;
const experiments: Record<Belief, Experiment> = { zip, seat, spare };

/** How the answer stands to what was found, which need not settle it. */
function curedBy(finding: string, agree: string): string {
  if (agree === '') return 'cured.none';
  if (/Odd$|weak$/.test(finding)) return 'cured.open';
  return agree === 'no' ? 'cured.right' : 'cured.wrong';
}

export function openBench(engine: Engine): () => void {
  let turn = 0;
  let stop = () => {};

  async function test(belief: Belief, seed: number) {
    stop();
    const mine = ++turn;
    const { layout } = useNetwork.getState();
    if (!layout) return;
    // As it is said before the outcome is seen.
    const { agree } = useValues.getState();
    set('cured', null);
    set('result', null);
    set('finding', { key: 'benchBusy' });
    try {
      const { said, result } = await experiments[belief]({
        layout,
        count: (ways) =>
          measure(engine, {
            ...{ model: layout.model, ways, rounds: roundsFor(engine, ways.length), seed },
            isOver: () => mine !== turn,
            running: (end) => (stop = end),
            progress: ({ count }) => set('finding', { key: 'benchStep', with: { count, of: 10 * roundsFor(engine, ways.length) } }),
          }),
      });
      if (mine !== turn) return;
      set('result', result);
      set('finding', said);
      set('cured', { key: curedBy(said.key, agree) });
    } catch (why) {
      const code = codeOf(why);
      if (mine === turn && code !== 'cancelled') set('finding', { key: `engine.error.${code}` });
    }
  }

  function clear() {
    stop();
    turn++;
    set('agree', '');
    set('result', null);
    set('finding', null);
    set('cured', null);
  }

  const stopListening = useValues.subscribe((now, before) => {
    if (now.belief !== before.belief) clear();
    if (now.test > before.test && now.belief !== '') void test(now.belief as Belief, 500 + 10 * now.test);
  });
  // What was found is true of the network that stood here; a guess before the first one came stays.
  const stopNetwork = useNetwork.subscribe((_, before) => before.layout && clear());
  return () => {
    turn++;
    stopListening();
    stopNetwork();
    stop();
  };
}
