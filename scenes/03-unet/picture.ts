// Pictures of this room on their way between the engine's door and the controls.
import type { Said, Shown } from '../../src/controls';
import type { Pixels } from '../../src/engine';

/** The first channel of the picture at `at` as the controls show it. */
export function shown({ values, shape }: Pixels, said: Said, at = 0): Shown {
  const [, height = 0, width = 0, channels = 1] = shape;
  const size = height * width * channels;
  const image = values.subarray(at * size, (at + 1) * size);
  return { height, width, said, values: channels === 1 ? image : image.filter((_, i) => i % channels === 0) };
}

/** Rows of pictures of equal size side by side, with paper between them. */
export function sheet(rows: readonly (readonly Shown[])[], said: Said, gap = 3): Shown {
  const first = rows[0]?.[0];
  const [high, wide] = [first?.height ?? 1, first?.width ?? 1];
  const columns = Math.max(1, ...rows.map((row) => row.length));
  const [height, width] = [rows.length * (high + gap) - gap, columns * (wide + gap) - gap];
  const values = new Float32Array(height * width).fill(-1);
  rows.forEach((row, down) =>
    row.forEach((one, across) => {
      for (let y = 0; y < high; y++)
        values.set(one.values.subarray(y * wide, (y + 1) * wide), (down * (high + gap) + y) * width + across * (wide + gap));
    }),
  );
  return { values, height, width, said };
}

/** Mean difference of two pictures in [-1, 1] as a share of the whole range. */
export function apart(one: Float32Array, two: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += Math.abs(one[i]! - two[i]!);
  return sum / (2 * one.length);
}
