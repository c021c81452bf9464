// Proof of what repeats exactly: nine runs from the same starting noise, each beside the first, with the fingerprint of its bytes.
import { sha256, type Engine, type EngineErrorCode, type Pixels, type SampleRequest } from '../../src/engine';
import { percentOf } from '../../src/text/amounts';
import { codeOf, watch } from '../../src/kit/watch';
import { sampling } from './controls';
import type { Lane } from './lanes';
import { live } from './live';
import { apart, differenceOf, grid, imagesOf, pixels } from './picture';
import { racers } from './racers';
import { drawsFresh, scheduleFor, stepsOf } from './samplers';

const { useValues, set } = sampling;
export const times = 9;
/** Steps of a run at most: nine of them are to be seen, not waited for. */
const most = 20;
/** Letters of a fingerprint that are shown. */
const shownLetters = 6;

/** A picture's SHA-256, shortened: one bit changed anywhere gives another. */
export async function fingerprint(image: Float32Array): Promise<string> {
  return (await sha256(new Uint8Array(image.slice().buffer))).slice(0, shownLetters);
}

export interface Repeat {
  readonly image: Float32Array;
  readonly hash: string;
}

/** Sampler, and eta where it has one: none or all, wherever its lever stands. `way` names both. */
export function wayOf(again: string): { readonly lane: Lane; readonly eta: number; readonly way: string } {
  const eta = again === 'ddimEta' ? 1 : 0;
  const lane = again === '' || eta ? 'ddim' : (again as Lane);
  const { name } = racers[lane];
  return { lane, eta, way: lane === 'ddim' ? `${name}, η = ${eta}` : name };
}

/** What nine repeats have shown: how many different fingerprints there are, and the largest difference of a pixel. */
export function saidOf(repeats: readonly Repeat[], again: string, steps: number) {
  const { lane, eta, way } = wayOf(again);

  const kinds = new Set(repeats.map(({ hash }) => hash)).size;
  const largest = Math.max(0, ...repeats.map(({ image }) => apart(image, repeats[0]!.image).largest));
  // With more steps this way would draw fresh noise: that nine are equal proves nothing of it.
  const isShort = !drawsFresh(lane, steps, eta) && drawsFresh(lane, steps + 1, eta);
  const same = isShort ? 'proof.oneStep' : 'proof.same';
  const key = kinds === 1 ? same : kinds === repeats.length ? 'proof.different' : 'proof.some';
  return { kinds, said: { key, with: { sampler: racers[lane].name, way, kinds, largest: percentOf(largest) } } };
}

export function openRepeats(engine: Engine): () => void {
  let stop = () => {};
  let turn = 0;

  function clear() {
    stop();
    turn++;
    live.repeats = [];
    for (const name of ['nine', 'difference', 'hashes', 'proof', 'foretoldNine'] as const) set(name, null);
  }

  function put(way: string, steps: number) {
    const { repeats } = live;
    const fill = { way, steps };
    const images = repeats.map(({ image }) => image);
    set('nine', grid(images, { key: 'ninePicture', with: fill }));
    set('difference', grid(images.map((image) => differenceOf(image, images[0]!)), { key: 'differencePicture', with: fill })); // prettier-ignore
    set('hashes', { key: 'hashes', with: { list: repeats.map(({ hash }) => hash).join(' · ') } });
  }

  async function run(seed: number) {
    clear();
    const mine = turn;
    const values = useValues.getState();
    const { again, expectNine } = values;
    const { lane, eta, way } = wayOf(again);
    const steps = Math.min(stepsOf(lane, values), most);
    let noise: Pixels;
    try {
      noise = await engine.noise({ image: pixels([new Float32Array(32 * 32)]), level: 1e5, seed });
    } catch (why) {
      // Without a common start there is nothing to prove.
      if (mine === turn) set('proof', { key: `engine.error.${codeOf(why)}` });
      return;
    }
    if (mine !== turn) return;
    const next = (i: number) => {
      set('proof', { key: 'repeating', with: { done: i, times, way, steps } });
      const request: SampleRequest = {
        model: 'digits',
        sampler: lane,
        schedule: scheduleFor(lane, values),
        steps,
        // What differs from run to run is the seed alone: it drives all noise but that of the start.
        seed: 100 * seed + i,
        ...(lane === 'ddim' ? { eta } : {}),
        prompt: values.digit,
        start: { image: noise, level: 80, noisy: true },
        room: sampling.room,
      };
      stop = watch(engine.sample(request), {
        done: (result) => void take(imagesOf(result)[0]!, i),
        fail: (code: EngineErrorCode) => set('proof', { key: `engine.error.${code}` }),
      });
    };
    async function take(image: Float32Array, i: number) {
      const hash = await fingerprint(image);
      if (mine !== turn) return;
      live.repeats = [...live.repeats, { image, hash }];
      put(way, steps);
      if (i + 1 < times) return next(i + 1);
      const { kinds, said } = saidOf(live.repeats, again, steps);
      set('proof', said);
      const isRight = expectNine === 'same' ? kinds === 1 : kinds === times;
      set('foretoldNine', { key: expectNine === '' ? 'guess.none' : isRight ? 'guess.right' : 'guess.wrong' });
    }
    next(0);
  }

  const stopListening = useValues.subscribe((now, before) => {
    if (now.again !== before.again) {
      clear();
      set('expectNine', '');
    }
    if (now.repeat > before.repeat) void run(300 + now.repeat);
  });
  return () => {
    clear();
    stopListening();
  };
}
