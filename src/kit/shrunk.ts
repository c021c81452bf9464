// A drawn picture's smaller copies for a texture's mipmaps, made by the processor. A device without a graphics card takes longer to make
// them than to draw all the rest of a room.
import { penOf } from './pen';

/** The canvas and its copies, each half as large, down to this many pixels on its longer side. */
const smallest = 24;

/** Empty copies for a canvas, which stands first among them. */
export function copiesOf(canvas: HTMLCanvasElement): HTMLCanvasElement[] {
  const copies = [canvas];
  for (let { width, height } = canvas; Math.max(width, height) > smallest;) {
    width = Math.max(1, width >> 1);
    height = Math.max(1, height >> 1);
    copies.push(Object.assign(document.createElement('canvas'), { width, height }));
  }
  return copies;
}

/** Draws each copy anew from the one before it. */
export function shrink(copies: readonly HTMLCanvasElement[]): void {
  for (const [at, copy] of copies.entries()) {
    const larger = copies[at - 1];
    const pen = larger && penOf(copy);
    if (!pen) continue;
    pen.globalCompositeOperation = 'copy';
    pen.drawImage(larger, 0, 0, copy.width, copy.height);
  }
}
