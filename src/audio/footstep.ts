// Footsteps: a short burst of noise, coloured by what the floor is made of.
import { Filter, NoiseSynth, now } from 'tone';
import type { Ground } from './index';
import { buses } from './buses';

interface Step {
  readonly filter: Filter;
  readonly burst: NoiseSynth;
  readonly pitch: number;
}

const grounds: Record<Ground, { type: BiquadFilterType; pitch: number; sharpness: number; length: number }> = {
  terrazzo: { type: 'bandpass', pitch: 1700, sharpness: 1.4, length: 0.05 },
  wood: { type: 'bandpass', pitch: 380, sharpness: 2.2, length: 0.09 },
  carpet: { type: 'lowpass', pitch: 260, sharpness: 0.5, length: 0.11 },
};
const steps = new Map<Ground, Step>();

function stepOn(ground: Ground): Step {
  const known = steps.get(ground);
  if (known) return known;
  const { type, pitch, sharpness, length } = grounds[ground];
  const filter = new Filter({ type, frequency: pitch, Q: sharpness }).connect(buses.step);
  const envelope = { attack: 0.003, decay: length, sustain: 0, release: 0.02 };
  const step = { filter, pitch, burst: new NoiseSynth({ noise: { type: 'pink' }, envelope }).connect(filter) };
  steps.set(ground, step);
  return step;
}

export function footstep(ground: Ground): void {
  const { filter, burst, pitch } = stepOn(ground);
  // No two steps sound the same.
  filter.frequency.value = pitch * (0.85 + 0.3 * Math.random());
  burst.triggerAttackRelease(0.06, now(), 0.5 + 0.4 * Math.random());
}
