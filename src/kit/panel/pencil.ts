// The pencil for pads and curves in the room: a soft round tip, and a curve that never rises.

/** A place on a sheet, 0 to 1 from its top left corner. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

const radius = 1.35;

function distance(row: number, column: number, from: Spot, to: Spot): number {
  const [dr, dc] = [to.y - from.y, to.x - from.x];
  const length = dr * dr + dc * dc;
  const along = length ? Math.min(1, Math.max(0, ((row - from.y) * dr + (column - from.x) * dc) / length)) : 0;
  return Math.hypot(row - from.y - along * dr, column - from.x - along * dc);
}

/** A new drawing of size x size with a line of ink from one place to another. */
export function strokeOn(ink: Float32Array | null, size: number, from: Spot, to: Spot): Float32Array {
  const drawn = ink ? ink.slice() : new Float32Array(size * size);
  const cell = ({ x, y }: Spot) => ({ x: x * size - 0.5, y: y * size - 0.5 });
  const [a, b] = [cell(from), cell(to)];
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const share = Math.min(1, Math.max(0, radius + 0.5 - distance(row, column, a, b)));
      drawn[row * size + column] = Math.max(drawn[row * size + column]!, share);
    }
  return drawn;
}

/** The curve drawn through a place: what stands before is at least as high, what stands after at most, for noise only grows. */
export function withPoint(shares: readonly number[], { x, y }: Spot): number[] {
  const at = Math.round(Math.min(1, Math.max(0, x)) * (shares.length - 1));
  const share = Math.min(0.999, Math.max(0.001, 1 - y));
  return shares.map((old, i) => (i === at ? share : i < at ? Math.max(old, share) : Math.min(old, share)));
}
