// What the lever's place looks like: the two pictures beside each other, and the sentence under them.
import { abarOfLevel, mixed, percent, rounded } from './closed';
import { noise } from './controls';
import type { Journey } from './journey';
import { live } from './live';
import { shown } from './picture';
import { levelAt, schedulePicked } from './schedule';
import type { WayBack } from './wayBack';

/** Shares that a sentence names. */
export const sharesAt = (abar: number) => ({
  signal: rounded(Math.sqrt(abar), 3),
  noise: rounded(Math.sqrt(1 - abar), 3),
  percent: percent(1 - abar),
});

/** Tells the exhibits where the lever stands. */
export function placeLever({ t, way }: Journey): void {
  live.t = t;
  live.way = way;
  live.level = levelAt(schedulePicked(), t);
  live.abar = abarOfLevel(live.level);
  live.version++;
}

/** Shows x_t by the closed form and gives it back. */
export function showForward({ t }: Journey, clean: Float32Array, eps: Float32Array): Float32Array {
  const fill = sharesAt(live.abar);
  const noisy = mixed(clean, eps, live.abar);
  noise.set('noisy', shown(noisy, { key: 'noisyPicture', with: fill }));
  noise.set('leverSays', { key: t === 0 ? 'ready' : t >= 0.995 ? 'farOut' : 'forward', with: fill });
  return noisy;
}

export function showBack({ t, furthest }: Journey, wayBack: WayBack): void {
  const frame = wayBack.at(t);
  const fill = { ...sharesAt(abarOfLevel(frame.level)), from: percent(furthest) };
  noise.set('noisy', shown(frame.noisy, { key: 'noisyPicture', with: fill }));
  noise.set('guess', shown(frame.clean, { key: 'guessPicture', with: fill }));
  const isBehind = wayBack.frontier() > t + 0.02;
  noise.set('leverSays', { key: isBehind ? 'computing' : t === 0 ? 'returned' : 'back', with: fill });
}
