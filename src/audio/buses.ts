// What every sound passes: its bus, the one volume, a limiter that keeps ears safe. Narration lowers all else by 12 dB.
import { Gain, Limiter } from 'tone';

export const limiter = new Limiter(-3);
export const master = new Gain(0).connect(limiter);
/** All that is not speech. */
const ambience = new Gain(1).connect(master);

export const buses = {
  room: new Gain(0.5).connect(ambience),
  control: new Gain(0.35).connect(ambience),
  step: new Gain(0.35).connect(ambience),
  data: new Gain(0.45).connect(ambience),
};

const lowered = 10 ** (-12 / 20);

/** While someone speaks, everything else is 12 dB quieter; returns the function that ends it. */
export function duck(): () => void {
  ambience.gain.rampTo(lowered, 0.2);
  return () => ambience.gain.rampTo(1, 0.5);
}
