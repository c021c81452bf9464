// The way of the data as a ribbon of light in the floor: along the arms, around the deepest place, and straight across the bridges.
import { bridge, hall } from './hall';
import type { Layout } from './layout';
import type { V3 } from './panes';

export interface Strand {
  /** The part that it belongs to: a bridge's name, the deepest block's, or '' for the rest. */
  readonly part: string;
  /** Corners with the moment, 0 to 1, at which the pulse is there. */
  readonly points: readonly { readonly at: V3; readonly when: number }[];
}

export interface Way {
  readonly strands: readonly Strand[];
  /** The moment at which the pulse reaches each station, by its name. */
  readonly reached: Readonly<Record<string, number>>;
}

const lane = 2.84;
const lift = 0.012;
const between = (a: V3, b: V3) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

export function wayOf({ stations, stretches, bridges }: Layout): Way {
  const bottom = stations.find(({ role }) => role === 'bottom')!;
  const [input, output] = [stations[0]!, stations.at(-1)!];
  const arm = (side: 1 | -1): V3[] => [
    [side * lane, lift, -hall.gallery],
    ...stretches.map(({ far, farY }): V3 => [side * lane, farY + lift, far]),
  ];
  const radius = 1.72;
  const round = Array.from({ length: 17 }, (_, i): V3 => {
    const angle = -1.5 + (3 * i) / 16;
    return [radius * Math.sin(angle), -hall.deep + lift, bottom.at[2] - radius * Math.cos(angle)];
  });
  const points: V3[] = [
    [input.at[0], lift, input.at[2] + 0.12],
    [-lane, lift, input.at[2] + 0.12],
    ...arm(-1),
    ...round,
    ...arm(1).reverse(),
    [lane, lift, output.at[2] + 0.12],
    [output.at[0], lift, output.at[2] + 0.12],
  ];
  const lengths = [0];
  points.slice(1).forEach((point, i) => lengths.push(lengths[i]! + between(points[i]!, point)));
  const whole = lengths.at(-1)!;
  const timed = points.map((at, i) => ({ at, when: lengths[i]! / whole }));
  const whenAt = (side: 1 | -1, z: number) =>
    nearest(
      timed.filter(({ at }) => Math.sign(at[0]) === side && Math.abs(at[0]) > 2),
      z,
    );
  const first = 2 + arm(-1).length;
  const last = first + round.length;
  const strands: Strand[] = [
    { part: '', points: timed.slice(0, first + 1) },
    { part: bottom.name, points: timed.slice(first, last) },
    { part: '', points: timed.slice(last - 1) },
    ...bridges.map(({ name, start, end }): Strand => {
      const corners: V3[] = [
        [-lane, start[1] + lift, start[2]],
        [start[0], start[1] + lift, start[2]],
        [end[0], end[1] + lift, end[2]],
        [lane, end[1] + lift, end[2]],
      ];
      const [from, to] = [whenAt(-1, start[2]), whenAt(1, end[2])];
      return { part: name, points: corners.map((at, i) => ({ at, when: from + ((to - from) * i) / 3 })) };
    }),
  ];
  const reached = Object.fromEntries(
    stations.map(({ name, role, at }) => {
      if (role === 'input') return [name, 0];
      if (role === 'output') return [name, 1];
      if (role === 'bottom') return [name, (timed[first]!.when + timed[last - 1]!.when) / 2];
      return [name, whenAt(role === 'down' ? -1 : 1, at[2])];
    }),
  );
  return { strands, reached };
}

/** The moment at a depth, between the two corners around it. */
function nearest(points: readonly { at: V3; when: number }[], z: number): number {
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!];
    const [low, high] = [Math.min(a.at[2], b.at[2]), Math.max(a.at[2], b.at[2])];
    if (z >= low && z <= high && high > low) return a.when + ((b.when - a.when) * (z - a.at[2])) / (b.at[2] - a.at[2]);
  }
  return 0;
}

/** Half the width of the ribbon on the floor; on a bridge it leaves room for feet beside it. */
export const ribbon = Math.min(0.05, bridge.width / 4);
