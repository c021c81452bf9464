// The bench of beliefs: four sentences that many hold to be true, a guess from the visitor, and an experiment that answers.
import { EngineError, type Engine, type Pixels } from '../../src/engine';
import { codeOf, watch } from '../../src/kit/watch';
import { filter } from './beliefs/filter';
import { lookup } from './beliefs/lookup';
import { pure } from './beliefs/pure';
import { stepwise } from './beliefs/stepwise';
import type { Experiment, Tools } from './beliefs/tools';
import { noise, type Belief } from './controls';
import { original } from './original';

const { useValues, set } = noise;
const experiments: Record<Belief, Experiment> = { filter, lookup, stepwise, pure };

export function openBench(engine: Engine): () => void {
  let turn = 0;
  let stop = () => {};

  const toolsFor = (image: Float32Array, seed: number, mine: number): Tools => ({
    engine,
    image,
    seed,
    isOver: () => mine !== turn,
    sample: (request) =>
      new Promise<Pixels>((resolve, reject) => {
        if (mine !== turn) return reject(new EngineError('cancelled', 'the bench has another turn'));
        stop = watch(engine.sample({ ...request, model: 'digits', sampler: 'ddim', room: noise.room }), {
          step: ({ index, steps }) => set('finding', { key: 'benchStep', with: { step: index + 1, steps } }),
          done: resolve,
          fail: (code) => reject(new EngineError(code, 'on the bench')),
        });
      }),
  });

  async function test(belief: Belief, seed: number) {
    stop();
    const mine = ++turn;
    const image = original.image;
    if (!image) return set('finding', { key: 'pickFirst' });
    set('result', null);
    set('finding', { key: 'benchBusy' });
    try {
      const { said, result } = await experiments[belief](toolsFor(image, seed, mine));
      if (mine !== turn) return;
      set('result', result);
      set('finding', said);
      const { agree } = useValues.getState();
      set('cured', { key: agree === '' ? 'cured.none' : agree === 'no' ? 'cured.right' : 'cured.wrong' });
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
    if (now.test > before.test && now.belief !== '') void test(now.belief as Belief, 100 + now.test);
  });
  return () => {
    turn++;
    stopListening();
    stop();
  };
}
