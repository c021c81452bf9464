// A picture that clears as something arrives: the museum's ring, noised by the closed form to the share that is still missing.
import type { Flat } from './paint';

const size = 28;

/** The ring of rooms, ink 1 on paper -1; each room's arc ends in a gap, the middle is the atrium. */
function ring(): Float32Array {
  const values = new Float32Array(size * size);
  for (let i = 0; i < values.length; i++) {
    const [y, x] = [Math.floor(i / size) - (size - 1) / 2, (i % size) - (size - 1) / 2];
    const radius = Math.hypot(x, y);
    const isGap = ((Math.atan2(y, x) / (2 * Math.PI) + 1) * 9) % 1 < 0.16;
    const edge = (far: number) => Math.min(1, Math.max(0, far));
    const arc = isGap ? 0 : edge(2.9 - Math.abs(radius - 9.6));
    values[i] = 2 * Math.max(arc, edge(3.2 - radius)) - 1;
  }
  return values;
}

/** Standard normal noise that is the same at every opening (Box and Muller on a linear congruence). */
function grain(): Float32Array {
  let state = 20;
  const uniform = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) + 1) / 4294967297;
  return Float32Array.from({ length: size * size }, () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()));
}

const clean = ring();
const noise = grain();

/** x = share * clean + sqrt(1 - share^2) * noise: all noise at 0, the clear picture at 1. */
export function cleared(share: number): Flat {
  const left = Math.sqrt(Math.max(0, 1 - share * share));
  return { values: clean.map((value, i) => share * value + left * noise[i]!), height: size, width: size };
}
