// DDIM without fresh noise beside Euler on the same list of levels: two names, one formula; measured each time anew.
import type { Engine, Pixels, SampleRequest } from '../../src/engine';
import { codeOf, watch } from '../../src/kit/watch';
import { EngineError } from '../../src/engine';
import { sampling } from './controls';
import { apart, imagesOf, shown } from './picture';
import { fingerprint } from './repeats';

const { useValues, set } = sampling;
const steps = 12;
/** A shade of a screen that shows 256 of them, as a share of the whole range: below it no eye sees a difference. */
const shade = 1 / 255;

export type Outcome = 'identical' | 'rounding' | 'relative' | 'other';

/** How two pictures compare, by the largest difference of a pixel. */
export function outcomeOf(largest: number, mean: number): Outcome {
  if (largest === 0) return 'identical';
  if (largest < shade) return 'rounding';
  return mean < 0.1 ? 'relative' : 'other';
}

const came = { identical: 'same', rounding: 'same', relative: 'relative', other: 'other' } as const;

export function openEqual(engine: Engine): () => void {
  let stop = () => {};
  let turn = 0;

  const sample = (request: SampleRequest, mine: number) =>
    new Promise<Pixels>((resolve, reject) => {
      if (mine !== turn) return reject(new EngineError('cancelled', 'another turn'));
      stop = watch(engine.sample(request), { done: resolve, fail: (code) => reject(new EngineError(code, 'on the way')) });
    });

  function clear() {
    stop();
    turn++;
    for (const name of ['byDdim', 'byEuler', 'equalSays', 'foretoldEqual'] as const) set(name, null);
  }

  async function compare(seed: number) {
    clear();
    const mine = turn;
    const { digit, expectEqual } = useValues.getState();
    const request = { model: 'digits', schedule: 'cosine', steps, seed, prompt: digit, room: sampling.room } as const;
    set('equalSays', { key: 'comparing' });
    try {
      const images: Float32Array[] = [];
      for (const sampler of ['ddim', 'euler'] as const) {
        const image = imagesOf(await sample({ ...request, sampler }, mine))[0]!;
        images.push(image);
        const hash = await fingerprint(image);
        if (mine !== turn) return;
        set(sampler === 'ddim' ? 'byDdim' : 'byEuler', shown(image, { key: 'hashed', with: { hash } }));
      }
      const { largest, mean } = apart(images[0]!, images[1]!);
      const outcome = outcomeOf(largest, mean);
      set('equalSays', {
        key: `equal.${outcome}`,
        with: { steps, largest: sharesOf(largest), shades: Number((largest * 255).toPrecision(2)) },
      });
      const isRight = came[outcome] === expectEqual;
      set('foretoldEqual', { key: expectEqual === '' ? 'guess.none' : isRight ? 'guess.right' : 'guess.wrong' });
    } catch (why) {
      const code = codeOf(why);
      if (mine === turn && code !== 'cancelled') set('equalSays', { key: `engine.error.${code}` });
    }
  }

  const stopListening = useValues.subscribe((now, before) => {
    if (now.compare > before.compare) void compare(300 + now.compare);
  });
  return () => {
    clear();
    stopListening();
  };
}

/** Millionths of the whole range, for a sentence. */
const sharesOf = (share: number) => Number((share * 1e6).toPrecision(2));
