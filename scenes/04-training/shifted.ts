// One drawing as many: at all places a little way off, so that it counts beside the digits of the set.
import type { TrainingData } from '../../src/engine';
import { side } from '../../src/kit/drawn';

/** Pixels by which a drawing is shifted, either way. */
const reach = 2;

/** The drawing [32 x 32] at all places up to `reach` pixels away, as data of one class. */
export function shifted(image: Float32Array, label: string): TrainingData {
  const shifts = Array.from({ length: 2 * reach + 1 }, (_, at) => at - reach);
  const places = shifts.flatMap((down) => shifts.map((right) => [down, right] as const));
  const values = new Float32Array(places.length * image.length).fill(-1);
  places.forEach(([down, right], item) => {
    for (let row = 0; row < side; row++)
      for (let column = 0; column < side; column++) {
        const [y, x] = [row - down, column - right];
        if (y >= 0 && x >= 0 && y < side && x < side) values[item * image.length + row * side + column] = image[y * side + x]!;
      }
  });
  return { images: { values, shape: [places.length, side, side, 1] }, labels: places.map(() => label) };
}
