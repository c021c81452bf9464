// One step of Adam as its paper describes it, with the numbers that it must give.
import type { AdamOptions } from '../../src/engine/kernels/adam';
import { normals } from '../../src/engine/noise';

const [step, beta1, beta2] = [3, 0.9, 0.99];
const options: AdamOptions = {
  ...{ rate: 0.01, beta1, beta2, epsilon: 1e-8, keep: 0.95, scale: 0.5 },
  ...{ correction1: 1 - beta1 ** step, correction2: 1 - beta2 ** step },
};

/** State [4, count], gradient [count], and the next state [4, count]. */
export function adamStep(count = 101) {
  const { rate, epsilon, correction1, correction2, keep, scale } = options;
  const rows = [normals(1, 0, count), normals(1, 1, count), normals(1, 2, count).map((value) => value * value), normals(1, 3, count)];
  const gradient = normals(1, 4, count);
  const expected = new Float32Array(4 * count);
  for (let i = 0; i < count; i++) {
    const g = gradient[i]! * scale;
    const m = beta1 * rows[1]![i]! + (1 - beta1) * g;
    const v = beta2 * rows[2]![i]! + (1 - beta2) * g * g;
    const w = rows[0]![i]! - (rate * (m / correction1)) / (Math.sqrt(v / correction2) + epsilon);
    [w, m, v, keep * rows[3]![i]! + (1 - keep) * w].forEach((value, row) => (expected[row * count + i] = value));
  }
  return { state: rows.flatMap((row) => [...row]), gradient: [...gradient], expected, options, count };
}
