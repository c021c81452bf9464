// Pictures of the engine as pixels: values from -1 (paper) to 1 (ink), as warm white ink on dark glass.
import { penOf } from './pen';

const glass = [17, 21, 25] as const;
const glow = [255, 238, 206] as const;

/** Red, green and blue of a value, 0 to 255. */
export function inkPixel(value: number, into: Uint8ClampedArray, at: number): void {
  const share = Math.min(1, Math.max(0, (value + 1) / 2));
  for (let c = 0; c < 3; c++) into[at + c] = glass[c]! + (glow[c]! - glass[c]!) * share;
  into[at + 3] = 255;
}

export function bytesOf(values: Float32Array, into = new Uint8ClampedArray(values.length * 4)): Uint8ClampedArray {
  for (let i = 0; i < values.length; i++) inkPixel(values[i]!, into, i * 4);
  return into;
}

let small: HTMLCanvasElement | undefined;

/** Draws a picture of height x width with hard pixels into a rectangle. */
export function stamp(
  pen: CanvasRenderingContext2D,
  values: Float32Array,
  height: number,
  width: number,
  x: number,
  y: number,
  w: number,
  h: number,
): void {
  small ??= document.createElement('canvas');
  small.width = width;
  small.height = height;
  const data = new ImageData(width, height);
  bytesOf(values, data.data);
  penOf(small)?.putImageData(data, 0, 0);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(small, x, y, w, h);
}
