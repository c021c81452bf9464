// The desks that explain the blocks, and the boards at the rails of the bridges: where they stand, and how large they are.
import { bridge } from './hall';
import type { Bridge, Station } from './layout';
import type { V3 } from './panes';

export interface Desk {
  readonly at: V3;
  readonly turn: number;
  readonly size: readonly [width: number, height: number];
}
export const tilt = -0.82;

/** The desk with the words about a block, where those stand who come along the path; the ends have theirs on the gallery. */
export function deskOf({ role, at: [x, y, z], face, size }: Station): Desk | undefined {
  if (role === 'input' || role === 'output') return undefined;
  if (role === 'bottom') return { at: [x, y + 0.7, z - 1.2], turn: 0, size: [1.5, 0.55] };
  const width = Math.min(2.5, Math.max(1.5, size[0]));
  return { at: [x, y + 0.74, z + face * 0.42], turn: face > 0 ? 0 : Math.PI, size: [width, 0.62] };
}

/** A board beyond the rail towards the deepest place; beside the middle, so that one looks down past it. */
export const board = { size: [1.08, 0.5], tilt: -0.75, right: 0.2, up: 1.15, off: bridge.width / 2 + 0.2 } as const;

export const boardOf = ({ start, end }: Bridge): V3 => [
  (start[0] + end[0]) / 2 + board.right,
  (start[1] + end[1]) / 2 + board.up,
  (start[2] + end[2]) / 2 - board.off,
];
