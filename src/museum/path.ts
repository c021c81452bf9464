// Ways on foot: from one point of the building to another, through doorways and round the basin.
import { basin, door, nearestDoor, roomAt, toRoom, toWorld, type Place, type Ring } from './ring';

export type Point = readonly [x: number, z: number];

/** Distance that a visitor keeps from walls and from the basin's edge. */
export const girth = 0.35;
const round = basin + girth + 0.35;

/** Where one stands just inside and just outside of a doorway. */
const inside = (place: Place): Point => toWorld(place, [0, -0.8]);
const outside = (place: Place): Point => toWorld(place, [0, 1.1]);

/** Corners of the way from `from` to `to`, the last being `to`. */
export function wayTo(ring: Ring, from: Point, to: Point): Point[] {
  const [here, there] = [roomAt(ring, from), roomAt(ring, to)];
  if (here === there) return here ? [to] : roundBasin(from, to);
  const start = here ? outside(here) : from;
  const end = there ? outside(there) : to;
  return [...(here ? [inside(here), start] : []), ...roundBasin(start, end), ...(there ? [inside(there), to] : [])];
}

/** Walks along a circle round the basin where the straight way would cross it. */
function roundBasin(from: Point, to: Point): Point[] {
  const [dx, dz] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dz);
  const along = length > 0 ? Math.min(1, Math.max(0, -(from[0] * dx + from[1] * dz) / length ** 2)) : 0;
  if (Math.hypot(from[0] + dx * along, from[1] + dz * along) >= round) return [to];
  const [start, end] = [Math.atan2(from[1], from[0]), Math.atan2(to[1], to[0])];
  let turn = end - start;
  if (turn > Math.PI) turn -= 2 * Math.PI;
  if (turn < -Math.PI) turn += 2 * Math.PI;
  const corners = Math.max(2, Math.ceil(Math.abs(turn) / 0.5));
  const radius = round / Math.cos(turn / corners / 2);
  const bend = Array.from({ length: corners - 1 }, (_, i): Point => {
    const angle = start + (turn * (i + 1)) / corners;
    return [Math.cos(angle) * radius, Math.sin(angle) * radius];
  });
  return [...bend, to];
}

/** How far from a doorway, m, its posts give way. */
const post = { deep: 1.1, wide: 0.55 } as const;

/**
 * Where to go on from `at` when a door post stops a `step`: by `reach` metres towards the middle of the doorway, which is where someone who
 * walks into its post wants to go. Undefined where no doorway is meant.
 */
export function pastPost(ring: Ring, at: Point, step: Point, reach: number): Point | undefined {
  const place = nearestDoor(ring, at)?.place;
  if (!place) return undefined;
  const [across, deep] = toRoom(place, at);
  const [stepAcross, stepDeep] = toRoom({ ...place, x: 0, z: 0 }, step);
  const [open, off] = [door.width / 2 - girth, Math.abs(across)];
  const isAtPost = Math.abs(deep) < post.deep && off > open && off < door.width / 2 + post.wide;
  // Towards the doorway, and not along the wall.
  if (!isAtPost || stepDeep * deep >= 0 || Math.abs(stepDeep) < Math.abs(stepAcross)) return undefined;
  return toWorld(place, [across - Math.sign(across) * Math.min(reach, off - open), deep]);
}

/** The nearest place to `at` where a visitor may stand, or undefined outside of the building. */
export function standable(ring: Ring, at: Point): Point | undefined {
  const place = roomAt(ring, at);
  if (place) {
    const { width, depth } = place.floor;
    const [x, z] = toRoom(place, at);
    return toWorld(place, [clamp(x, width / 2 - girth), Math.min(-girth, Math.max(-depth + girth, z))]);
  }
  const distance = Math.hypot(at[0], at[1]);
  if (distance < basin + girth) {
    const grown = (basin + girth) / Math.max(0.01, distance);
    return [at[0] * grown, at[1] * grown];
  }
  for (let side = 0; side < ring.sides; side++) {
    const angle = Math.PI + (2 * Math.PI * side) / ring.sides;
    const out = at[0] * Math.sin(angle) - at[1] * Math.cos(angle);
    if (out > ring.apothem + 0.6) return undefined;
  }
  const most = (ring.apothem - girth) / Math.max(ring.apothem - girth, distance);
  return [at[0] * most, at[1] * most];
}

const clamp = (value: number, most: number) => Math.min(most, Math.max(-most, value));
