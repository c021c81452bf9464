// The quiet tone of a room: two soft voices a fifth apart and a breath of air, pitched by the room's hue.
import { Filter, Gain, Noise, Oscillator } from 'tone';
import { buses } from './buses';

const fade = 1.5;

/** Lets the tone of a room of this hue (degrees) come in; returns the function that lets it go. */
export function roomTone(hue: number): () => void {
  const pitch = 82 * 2 ** ((((hue % 360) + 360) % 360) / 360);
  const out = new Gain(0).connect(buses.room);
  const soft = new Filter({ type: 'lowpass', frequency: 420 }).connect(out);
  const low = new Oscillator({ frequency: pitch, type: 'triangle', volume: -26 }).connect(soft).start();
  const high = new Oscillator({ frequency: pitch * 1.503, type: 'sine', volume: -32 }).connect(soft).start();
  const air = new Noise({ type: 'pink', volume: -40 }).connect(soft).start();
  out.gain.rampTo(1, fade);
  return () => {
    out.gain.rampTo(0, fade);
    setTimeout(() => [low, high, air, soft, out].forEach((node) => node.dispose()), (fade + 0.2) * 1000);
  };
}
