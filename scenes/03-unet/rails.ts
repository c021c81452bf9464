// The rails: along every edge of the well and on both sides of each bridge, with gaps where a bridge begins.
import { box, type Piece } from '../../src/kit/furnish/pieces';
import { bridge, hall } from './hall';
import type { Layout } from './layout';
import type { V3 } from './panes';

/** A straight rail between two points of the floor. */
export interface Rail {
  readonly from: V3;
  readonly to: V3;
}

/** From the edge to the middle of a rail, m. */
const inset = 0.04;
/** Between two posts at most, m. */
const span = 1.3;

export function railsOf({ stretches, bridges }: Layout): Rail[] {
  const { well, gallery, depth, bottom } = hall;
  const arms = ([-1, 1] as const).flatMap((side) => {
    const x = side * (well + inset);
    const gaps = bridges.map(({ start, end }) => (side < 0 ? start : end)[2]);
    return stretches.flatMap(({ near, far, nearY, farY }): Rail[] => {
      const yAt = (z: number) => nearY + ((farY - nearY) * (near - z)) / (near - far);
      const edges = gaps.filter((z) => z < near && z > far).flatMap((z) => [z + bridge.width / 2, z - bridge.width / 2]);
      const stops = [near, ...edges, far];
      return Array.from({ length: stops.length / 2 }, (_, i) => {
        const [a, b] = [stops[2 * i]!, stops[2 * i + 1]!];
        return { from: [x, yAt(a), a], to: [x, yAt(b), b] };
      });
    });
  });
  const decks = bridges.flatMap(({ start, end }) =>
    [-1, 1].map((side): Rail => {
      const off = side * (bridge.width / 2 - inset);
      return { from: [start[0] - inset, start[1], start[2] + off], to: [end[0] + inset, end[1], end[2] + off] };
    }),
  );
  const across = (y: number, z: number): Rail => ({ from: [-well - inset, y, z], to: [well + inset, y, z] });
  return [...arms, ...decks, across(0, -gallery + inset), across(-hall.deep, -depth + bottom - inset)];
}

/** A handrail of wood, two rods of brass, and posts. */
export function railPieces(rails: readonly Rail[]): Piece[] {
  return rails.flatMap(({ from, to }) => {
    const [x, y, z] = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
    const flat = Math.hypot(x, z);
    const length = Math.hypot(flat, y);
    const turn: V3 = [-Math.atan2(y, flat), Math.atan2(x, z), 0];
    const at = (share: number, up: number): V3 => [from[0] + x * share, from[1] + y * share + up, from[2] + z * share];
    const posts = Math.max(1, Math.ceil(flat / span));
    return [
      box('wood', [0.06, 0.045, length + 0.05], at(0.5, bridge.rail), turn, 0.02),
      ...[0.38, 0.7].map((up) => box('brass', [0.014, 0.014, length], at(0.5, up), turn, 0.006)),
      ...Array.from({ length: posts + 1 }, (_, i) =>
        box('brass', [0.032, bridge.rail, 0.032], at(i / posts, bridge.rail / 2), [0, turn[1], 0], 0.006),
      ),
    ];
  });
}
