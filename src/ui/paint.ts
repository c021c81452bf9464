// Paints values in [-1, 1] on a flat canvas: 1 is ink, -1 is paper.
import { penOf } from '../kit/pen';

const paper = [247, 243, 235] as const;
const ink = [33, 29, 24] as const;

export interface Flat {
  readonly values: ArrayLike<number>;
  readonly height: number;
  readonly width: number;
}

/** RGBA bytes of a picture. */
export function bytesOf({ values, height, width }: Flat): Uint8ClampedArray<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(height * width * 4);
  for (let i = 0; i < height * width; i++) {
    const share = Math.min(1, Math.max(0, ((values[i] ?? -1) + 1) / 2));
    for (let c = 0; c < 3; c++) bytes[i * 4 + c] = paper[c]! + (ink[c]! - paper[c]!) * share;
    bytes[i * 4 + 3] = 255;
  }
  return bytes;
}

export function paint(canvas: HTMLCanvasElement, flat: Flat): void {
  if (canvas.width !== flat.width) canvas.width = flat.width;
  if (canvas.height !== flat.height) canvas.height = flat.height;
  penOf(canvas)?.putImageData(new ImageData(bytesOf(flat), flat.width, flat.height), 0, 0);
}
