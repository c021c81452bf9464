// A visitor's drawing made ready for the model as the digits it knows were: fitted into 20 x 20, centred by mass, on 32 x 32.

/** Side of a picture of the digit model. */
export const side = 32;
const box = 20;
/** Total ink, in full cells, below which a pad counts as empty. */
const least = 4;

interface Bounds {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

function boundsOf(ink: Float32Array, size: number): Bounds | undefined {
  let [top, left, bottom, right] = [size, size, -1, -1];
  ink.forEach((share, i) => {
    if (share < 0.1) return;
    const [row, column] = [Math.floor(i / size), i % size];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
    [left, right] = [Math.min(left, column), Math.max(right, column)];
  });
  return bottom < 0 ? undefined : { top, left, height: bottom - top + 1, width: right - left + 1 };
}

/** Ink at a place between cells (row, column are those of a cell's middle). */
function between(ink: Float32Array, size: number, row: number, column: number): number {
  const [r, c] = [Math.floor(row), Math.floor(column)];
  const [dr, dc] = [row - r, column - c];
  const at = (y: number, x: number) => (y < 0 || x < 0 || y >= size || x >= size ? 0 : ink[y * size + x]!);
  return (at(r, c) * (1 - dc) + at(r, c + 1) * dc) * (1 - dr) + (at(r + 1, c) * (1 - dc) + at(r + 1, c + 1) * dc) * dr;
}

/** [32 x 32] in [-1, 1] (1 is ink) from a pad of size x size with ink 0 to 1; undefined where there is next to nothing drawn. */
export function centred(ink: Float32Array | null, size: number): Float32Array | undefined {
  const bounds = ink ? boundsOf(ink, size) : undefined;
  if (!ink || !bounds) return undefined;
  const mass = ink.reduce((sum, share) => sum + share, 0);
  if (mass < least) return undefined;
  let [row, column] = [0, 0];
  ink.forEach((share, i) => {
    row += (share * Math.floor(i / size)) / mass;
    column += (share * (i % size)) / mass;
  });
  // A dot is not blown up to a blob: nothing grows more than three times.
  const scale = Math.min(3, box / Math.max(bounds.height, bounds.width));
  const middle = (side - 1) / 2;
  return Float32Array.from({ length: side * side }, (_, i) => {
    const [y, x] = [Math.floor(i / side), i % side];
    return 2 * between(ink, size, row + (y - middle) / scale, column + (x - middle) / scale) - 1;
  });
}
