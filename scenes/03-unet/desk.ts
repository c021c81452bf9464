// The desks that explain the blocks: where they stand, and how large they are.
import type { Station } from './layout';
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
