// The pen of the drawing pad: a round, soft tip about as wide as the strokes of the digits the model knows.
export interface Cell {
  readonly row: number;
  readonly column: number;
}

const radius = 1.35;
const rubberRadius = 2.2;
const directions: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Where the pen stands after a key, inside the pad; undefined for a key that does not move it. */
export function moved({ row, column }: Cell, key: string, size: number): Cell | undefined {
  if (key === 'Home') return { row, column: 0 };
  if (key === 'End') return { row, column: size - 1 };
  const direction = directions[key];
  if (!direction) return undefined;
  const within = (at: number) => Math.min(size - 1, Math.max(0, at));
  return { row: within(row + direction[0]), column: within(column + direction[1]) };
}

/** Distance of a cell from the line between two cells. */
function distance(row: number, column: number, from: Cell, to: Cell): number {
  const [dr, dc] = [to.row - from.row, to.column - from.column];
  const length = dr * dr + dc * dc;
  const along = length ? Math.min(1, Math.max(0, ((row - from.row) * dr + (column - from.column) * dc) / length)) : 0;
  return Math.hypot(row - from.row - along * dr, column - from.column - along * dc);
}

/** A new drawing with a line of ink (or of rubbing out) from one cell to another; null when nothing is left. */
export function strokeOn(ink: Float32Array | null, size: number, from: Cell, to: Cell, rub = false): Float32Array | null {
  const drawn = ink ? ink.slice() : new Float32Array(size * size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const share = Math.min(1, Math.max(0, (rub ? rubberRadius : radius) + 0.5 - distance(row, column, from, to)));
      const at = row * size + column;
      drawn[at] = rub ? Math.min(drawn[at]!, 1 - share) : Math.max(drawn[at]!, share);
    }
  return drawn.some((share) => share > 0) ? drawn : null;
}

export const inkedCells = (ink: Float32Array) => ink.reduce((sum, share) => sum + (share > 0.5 ? 1 : 0), 0);
