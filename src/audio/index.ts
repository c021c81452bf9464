// The door of all sound: light, silent until the visitor has turned sound on by a gesture; the synthesiser itself comes lazily.
import { useVisit } from '../visit';
import type * as Synthesiser from './synthesiser';

export { caption, useCaptions, type Caption } from './captions';

export type Touch = 'press' | 'choice' | 'toggle' | 'slide' | 'done';
export type Ground = 'terrazzo' | 'wood' | 'carpet';
type Player = typeof Synthesiser;

let player: Player | undefined;
let opening: Promise<Player | undefined> | undefined;

const gestures = ['pointerdown', 'keydown'] as const;
const mayPlay = () => typeof window !== 'undefined' && useVisit.getState().volume > 0;

/** Opens the sound. Browsers allow it only inside or after a gesture; asked again it does nothing more. */
export function wake(): Promise<Player | undefined> {
  if (!mayPlay()) return Promise.resolve(undefined);
  opening ??= import('./synthesiser')
    .then(async (found) => {
      await found.open();
      player = found;
      found.setVolume(useVisit.getState().volume);
      return found;
    })
    .catch((why: unknown) => {
      // No sound device, or sound is blocked: the museum goes on in silence and asks again at the next gesture.
      console.info('sound stays off:', why);
      opening = undefined;
      return undefined;
    });
  return opening;
}

/** Listens for the first gesture and follows the volume; returns the function that stops it. */
export function startSound(): () => void {
  const onGesture = () => void wake();
  for (const name of gestures) addEventListener(name, onGesture, { passive: true });
  const stop = useVisit.subscribe((now, before) => {
    if (now.volume === before.volume) return;
    player?.setVolume(now.volume);
    if (now.volume > 0) void wake();
  });
  return () => {
    for (const name of gestures) removeEventListener(name, onGesture);
    stop();
  };
}

/** A soft sound for a control that was used. */
export const touch = (kind: Touch) => mayPlay() && player?.touch(kind);
/** One footstep. */
export const footstep = (ground: Ground) => mayPlay() && player?.footstep(ground);

/** Runs `play` on the open synthesiser as soon as there is one; returns the function that ends it. */
export function sounding(play: (found: Player) => () => void): () => void {
  let closed = false;
  let close: (() => void) | undefined;
  const begin = (found: Player | undefined) => {
    if (found && !closed) close ??= play(found);
  };
  void wake().then(begin);
  const stop = useVisit.subscribe((now, before) => {
    if (now.volume > 0 && before.volume === 0) void wake().then(begin);
  });
  return () => {
    closed = true;
    stop();
    close?.();
  };
}
