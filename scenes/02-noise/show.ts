// What the lever's place looks like: the two pictures beside each other, and the sentence under them.
import { abarOf } from '../../src/engine';
import { factorOf, percentOf } from '../../src/text/amounts';
import { mixed } from './closed';
import { noise } from './controls';
import type { Journey } from './journey';
import { live } from './live';
import { shown } from './picture';
import { levelAt, schedulePicked } from './schedule';
import type { WayBack } from './wayBack';

/** Amounts that a sentence names: how loud picture and noise are, and how much of the mix is noise. */
export const sharesAt = (abar: number) => ({
  signal: factorOf(Math.sqrt(abar)),
  noise: factorOf(Math.sqrt(1 - abar)),
  percent: percentOf(1 - abar),
});

/** With less signal than this the picture cannot be seen any more. */
const drowned = 0.01;

/** The sentence for a lever on its way out: 'ready' only where nothing is mixed in, 'farOut' only where next to nothing is left. */
export const saidForward = (t: number, abar: number) => ({
  key: abar === 1 ? 'ready' : t >= 0.995 && abar < drowned ? 'farOut' : 'forward',
  with: sharesAt(abar),
});

/** Tells the exhibits where the lever stands. */
export function placeLever({ t, way }: Journey): void {
  live.t = t;
  live.way = way;
  live.level = levelAt(schedulePicked(), t);
  live.abar = abarOf(live.level);
  live.version++;
}

/** Shows x_t by the closed form and gives it back. */
export function showForward({ t }: Journey, clean: Float32Array, eps: Float32Array): Float32Array {
  const noisy = mixed(clean, eps, live.abar);
  noise.set('noisy', shown(noisy, { key: 'noisyPicture', with: sharesAt(live.abar) }));
  noise.set('leverSays', saidForward(t, live.abar));
  return noisy;
}

export function showBack({ t, furthest }: Journey, wayBack: WayBack): void {
  const frame = wayBack.at(t);
  const fill = { ...sharesAt(abarOf(frame.level)), from: percentOf(furthest) };
  noise.set('noisy', shown(frame.noisy, { key: 'noisyPicture', with: fill }));
  noise.set('guess', shown(frame.clean, { key: 'guessPicture', with: fill }));
  const isBehind = wayBack.frontier() > t + 0.02;
  noise.set('leverSays', { key: isBehind ? 'computing' : t === 0 ? 'returned' : 'back', with: fill });
}
