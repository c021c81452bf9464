// Signal and noise to be heard: a tone for the picture, a hiss for the noise, as loud as they are in x_t.
import { Gain, Noise, Oscillator } from 'tone';
import { buses } from './buses';
import { heights } from './loudness';

export interface Ratio {
  /** abar: share of signal, 0 to 1. */
  set(abar: number): void;
  close(): void;
}

const pitch = 261.63;
/** Seconds in which a change glides. */
const glide = 0.06;

export function signalToNoise(abar: number): Ratio {
  const { tone, hiss } = heights(abar);
  const toneGain = new Gain(tone).connect(buses.data);
  const hissGain = new Gain(hiss).connect(buses.data);
  const voice = new Oscillator({ frequency: pitch, type: 'sine' }).connect(toneGain).start();
  const noise = new Noise({ type: 'white' }).connect(hissGain).start();
  let last = abar;
  return {
    set(next) {
      if (next === last) return;
      last = next;
      const wanted = heights(next);
      toneGain.gain.rampTo(wanted.tone, glide);
      hissGain.gain.rampTo(wanted.hiss, glide);
    },
    close() {
      toneGain.gain.rampTo(0, glide);
      hissGain.gain.rampTo(0, glide);
      setTimeout(() => [voice, noise, toneGain, hissGain].forEach((node) => node.dispose()), 400);
    },
  };
}
