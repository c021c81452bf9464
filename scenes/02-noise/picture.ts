// Pictures of this room on their way between the engine's door and the controls.
import type { Said, Shown } from '../../src/controls';
import type { Engine, Pixels } from '../../src/engine';
import { side } from './drawn';

export const pixels = (...images: readonly Float32Array[]): Pixels => {
  const values = new Float32Array(images.length * side * side);
  images.forEach((image, i) => values.set(image, i * side * side));
  return { values, shape: [images.length, side, side, 1] };
};

export const imagesOf = ({ values, shape: [count = 1] }: Pixels): Float32Array[] => {
  const size = values.length / count;
  return Array.from({ length: count }, (_, i) => values.subarray(i * size, (i + 1) * size));
};

export const shown = (values: Float32Array, said: Said): Shown => ({ values, height: side, width: side, said });

/** Pictures side by side with a gap of paper between them. */
export function strip(images: readonly Float32Array[], said: Said, gap = 4): Shown {
  const width = images.length * (side + gap) - gap;
  const values = new Float32Array(width * side).fill(-1);
  images.forEach((image, i) => {
    for (let row = 0; row < side; row++) values.set(image.subarray(row * side, (row + 1) * side), row * width + i * (side + gap));
  });
  return { values, height: side, width, said };
}

/** So loud that of the picture nothing is left in 32-bit numbers: what comes back is the noise alone. */
const deafening = 1e5;

/** The seeded noise eps itself, of any shape. */
export async function pureNoise(engine: Engine, shape: readonly number[], seed: number): Promise<Float32Array> {
  const size = shape.reduce((product, length) => product * length, 1);
  return (await engine.noise({ image: { values: new Float32Array(size), shape }, level: deafening, seed })).values;
}
