// Pictures of this room on their way from the engine to walls and controls.
import type { Said, Shown } from '../../src/controls';
import type { Pixels } from '../../src/engine';
import { side } from './samplers';

/** Each picture of a batch, [side x side]; of another size, with the nearest pixels. */
export function imagesOf({ values, shape: [count = 1, height = side, width = side, channels = 1] }: Pixels): Float32Array[] {
  const size = values.length / count;
  return Array.from({ length: count }, (_, i) => {
    const image = values.subarray(i * size, (i + 1) * size);
    if (height === side && width === side && channels === 1) return image;
    return Float32Array.from({ length: side * side }, (_, at) => {
      const [row, column] = [Math.floor((Math.floor(at / side) * height) / side), Math.floor(((at % side) * width) / side)];
      return image[(row * width + column) * channels]!;
    });
  });
}

export const pixels = (images: readonly Float32Array[]): Pixels => {
  const values = new Float32Array(images.length * side * side);
  images.forEach((image, i) => values.set(image, i * side * side));
  return { values, shape: [images.length, side, side, 1] };
};

export const shown = (values: Float32Array, said: Said): Shown => ({ values, height: side, width: side, said });

/** Nine pictures, three by three, with a gap of paper between them. */
export function grid(images: readonly Float32Array[], said: Said, gap = 2): Shown {
  const whole = 3 * side + 2 * gap;
  const values = new Float32Array(whole * whole).fill(-1);
  images.slice(0, 9).forEach((image, i) => {
    const [top, left] = [Math.floor(i / 3) * (side + gap), (i % 3) * (side + gap)];
    for (let row = 0; row < side; row++) values.set(image.subarray(row * side, (row + 1) * side), (top + row) * whole + left);
  });
  return { values, height: whole, width: whole, said };
}

/** How far two pictures are apart, as shares of the whole range: the mean over all pixels, and the largest. */
export function apart(one: Float32Array, two: Float32Array): { mean: number; largest: number } {
  let [sum, largest] = [0, 0];
  for (let i = 0; i < one.length; i++) {
    const difference = Math.abs(one[i]! - two[i]!) / 2;
    sum += difference;
    largest = Math.max(largest, difference);
  }
  return { mean: sum / one.length, largest };
}

/** Where two pictures differ: -1 (paper) where they are the same, 1 (ink) where one is black and the other white. */
export const differenceOf = (one: Float32Array, two: Float32Array): Float32Array => one.map((value, i) => Math.abs(value - two[i]!) - 1);
