// One button: the digit model dreams a digit that never was, and a second network reads it.
import type { Engine, Pixels } from '../../src/engine';
import { isDigit } from '../../src/kit/verdict';
import { stepsFor } from '../../src/kit/pace';
import { watch } from '../../src/kit/watch';
import { dreamEnd, expectation } from './expectation';
import { welcome } from './controls';

const { useValues, set } = welcome;
const guidance = 2;
/** A dream is there within this many milliseconds where the device can do it at all. */
const patience = 1800;

const random = (below: number) => Math.floor(Math.random() * below);

function shown({ values, shape: [, height = 0, width = 0] }: Pixels, key: string, fill: Record<string, number | string> = {}) {
  return { values, height, width, said: { key, with: fill } };
}

/** Presses that were answered. Whoever presses before this story has come is answered when it comes. */
let answered = 0;
// The next visitor's count begins at 0 again, also while nobody is in this room.
useValues.subscribe(({ dream }) => void (answered = Math.min(answered, dream)));

export function openDream(engine: Engine): () => void {
  let stop = () => {};
  let turn = 0;
  let isRunning = false;

  async function end(image: Pixels, seconds: number, mine: number) {
    set('dreamSays', { key: 'dreamtUnread', with: { seconds } });
    const [verdict] = await engine.classify(image).catch(() => []);
    if (mine !== turn || !verdict) return;
    const read = shown(image, isDigit(verdict) ? 'dreamtRead' : 'dreamtPicture', { label: verdict.label });
    set('noisy', read);
    set('clean', read);
    set('dreamSays', dreamEnd(verdict, seconds));
    set('foretold', expectation(useValues.getState().expect, verdict));
  }

  function dream() {
    stop();
    const mine = ++turn;
    isRunning = true;
    const begun = performance.now();
    const steps = stepsFor(engine.report(), { least: 10, most: 20, within: patience, evaluations: 2 });
    set('foretold', null);
    set('dreamSays', { key: 'dreaming' });
    stop = watch(
      engine.sample({
        model: 'digits',
        sampler: 'ddim',
        schedule: 'cosine',
        steps,
        seed: random(2 ** 31),
        prompt: String(random(10)),
        guidance,
        room: welcome.room,
      }),
      {
        step({ index, noisy, clean }) {
          const fill = { step: index + 1, steps };
          set('noisy', shown(noisy, 'noisyPicture', fill));
          set('clean', shown(clean, 'cleanPicture', fill));
          set('dreamSays', { key: 'dreamStep', with: fill });
        },
        done(image) {
          isRunning = false;
          set('noisy', shown(image, 'dreamtPicture'));
          set('clean', shown(image, 'dreamtPicture'));
          void end(image, Math.max(0.1, Number(((performance.now() - begun) / 1000).toFixed(1))), mine);
        },
        fail(code) {
          isRunning = false;
          set('dreamSays', { key: `engine.error.${code}` });
        },
      },
    );
  }

  function answer({ dream: presses }: { readonly dream: number }) {
    const isNew = presses > answered;
    // Said before the dream begins: what it sets is heard here, too.
    answered = presses;
    if (isNew) dream();
  }
  answer(useValues.getState());
  const stopListening = useValues.subscribe(answer);
  return () => {
    turn++;
    stopListening();
    stop();
    // Half a dream is nobody's: whoever comes back finds the button waiting.
    if (!isRunning) return;
    for (const name of ['noisy', 'clean', 'dreamSays'] as const) set(name, null);
  };
}
