// The model's guess of the clean picture at the lever, one evaluation at a time: the newest wish is the next to be answered.
import { type Engine, abarOf } from '../../src/engine';
import { watch } from '../../src/kit/watch';
import { noise } from './controls';
import { pixels, shown } from './picture';
import { schedulePicked } from './schedule';
import { sharesAt } from './show';

/** Below this level there is nothing left to guess. */
const silence = 0.02;

export function openGuess(engine: Engine) {
  let wish: { noisy: Float32Array; level: number } | undefined;
  let isRunning = false;
  let stop = () => {};

  function show(clean: Float32Array, level: number) {
    noise.set('guess', shown(clean, { key: 'guessPicture', with: sharesAt(abarOf(level)) }));
  }

  function next() {
    if (!wish) return;
    const { noisy, level } = wish;
    wish = undefined;
    isRunning = true;
    const finish = () => {
      isRunning = false;
      next();
    };
    stop = watch(
      engine.sample({
        model: 'digits',
        sampler: 'ddim',
        schedule: schedulePicked(),
        steps: 1,
        seed: 1,
        start: { image: pixels(noisy), level, noisy: true },
        room: noise.room,
      }),
      {
        done(clean) {
          show(clean.values, level);
          finish();
        },
        fail(code) {
          noise.set('leverSays', { key: `engine.error.${code}` });
          isRunning = false;
        },
      },
    );
  }

  /** Forgets what was asked: another source speaks now. */
  function rest() {
    stop();
    wish = undefined;
    isRunning = false;
  }

  return {
    of(noisy: Float32Array, level: number) {
      if (level < silence) {
        rest();
        show(noisy, level);
        return;
      }
      wish = { noisy, level };
      if (!isRunning) next();
    },
    rest,
    close: rest,
  };
}
