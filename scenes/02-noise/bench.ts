// The bench of beliefs of the hall of noise: what each is tested with.
import { EngineError, type Engine, type Pixels } from '../../src/engine';
import { openBeliefs } from '../../src/kit/beliefs';
import { watch } from '../../src/kit/watch';
import { filter } from './beliefs/filter';
import { lookup } from './beliefs/lookup';
import { pure } from './beliefs/pure';
import { stepwise } from './beliefs/stepwise';
import type { Experiment } from './beliefs/tools';
import { noise, type Belief } from './controls';
import { original } from './original';

const experiments: Record<Belief, Experiment> = { filter, lookup, stepwise, pure };

export const openBench = (engine: Engine): (() => void) =>
  openBeliefs({
    controls: noise,
    busy: { key: 'benchBusy' },
    begin(belief, { seed, isOver, running }) {
      const { image } = original;
      if (!image) return { key: 'pickFirst' };
      return experiments[belief as Belief]({
        engine,
        image,
        seed: 100 + seed,
        isOver,
        sample: (request) =>
          new Promise<Pixels>((resolve, reject) => {
            if (isOver()) return reject(new EngineError('cancelled', 'the bench has another turn'));
            const job = engine.sample({ ...request, model: 'digits', sampler: 'ddim', room: noise.room });
            const stop = watch(job, {
              step: ({ index, steps }) => noise.set('finding', { key: 'benchStep', with: { step: index + 1, steps } }),
              done: resolve,
              fail: (code) => reject(new EngineError(code, 'on the bench')),
            });
            running(stop);
          }),
      });
    },
  }).close;
