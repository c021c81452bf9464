// The opened sound of the museum: one volume, the buses under it, and the voices that play on them. Loaded after a gesture.
import * as Tone from 'tone';
import { limiter, master } from './buses';

export { footstep } from './footstep';
export { roomTone } from './roomTone';
export { signalToNoise, type Ratio } from './signalToNoise';
export { touch } from './touch';

/** Starts the sound; browsers refuse outside a gesture. */
export async function open(): Promise<void> {
  // Every sound here answers a hand: no time is kept in hand for scheduling.
  Tone.getContext().lookAhead = 0;
  await Tone.start();
  if (Tone.getContext().state !== 'running') throw new Error('the browser keeps sound back');
  limiter.toDestination();
}

/** The one volume of the museum, 0 to 1; squared, as loudness is heard. */
export function setVolume(volume: number): void {
  master.gain.rampTo(volume * volume, 0.15);
}
