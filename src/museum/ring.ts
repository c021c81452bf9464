// The ring: where each room lies around the atrium, computed from the rooms that exist (two to ten).
import type { Floor } from './contract';

export interface Site {
  readonly name: string;
  readonly hue: number;
  readonly floor: Floor;
}

/** A room's place. Its own frame has the doorway at the origin and the inside at -z. */
export interface Place extends Site {
  /** Side of the atrium that it opens to. */
  readonly side: number;
  /** World position of the doorway's middle, and turn about y. */
  readonly x: number;
  readonly z: number;
  readonly turn: number;
}

export interface Ring {
  /** The atrium is a regular polygon of so many sides. */
  readonly sides: number;
  /** Distance from its middle to a side, and the length of a side. */
  readonly apothem: number;
  readonly side: number;
  readonly height: number;
  readonly places: readonly Place[];
}

/** Real dimensions of the building, metres. */
export const door = { width: 3, height: 3.2 } as const;
export const wall = 0.36;
export const eye = 1.65;
export const atriumHeight = 7.4;
/** Radius of the basin in the middle of the atrium, over which the cloud hangs. */
export const basin = 2.3;
/** Height of the cloud's middle over the floor. */
export const cloudHeight = 3.5;
const leastApothem = 9.5;
const spare = 1.2;

/** Angle of a side's outward direction; 0 looks along -z, and grows clockwise seen from above. */
export const sideAngle = (ring: Pick<Ring, 'sides'>, side: number) => Math.PI + (2 * Math.PI * side) / ring.sides;

/** The ring of these rooms, in their order, clockwise, the first one to the south. */
export function ringOf(sites: readonly Site[]): Ring {
  const count = Math.max(1, sites.length);
  // Few rooms leave sides between them for windows; many have a side each.
  const each = count >= 7 ? 1 : count >= 4 ? 2 : count === 3 ? 3 : count === 2 ? 4 : 8;
  const sides = count * each;
  const slot = Math.PI / count;
  const widest = Math.max(4, ...sites.map(({ floor }) => floor.width));
  // Neighbouring rooms must not meet behind the sides.
  const clear = count > 2 ? (widest + spare) / 2 / Math.tan(slot) : 0;
  const opening = (door.width + spare) / 2 / Math.tan(Math.PI / sides);
  const apothem = Math.max(leastApothem, clear, opening);
  const side = 2 * apothem * Math.tan(Math.PI / sides);
  const places = sites.map((site, i) => {
    const angle = sideAngle({ sides }, i * each);
    const reach = apothem + wall;
    return { ...site, side: i * each, x: Math.sin(angle) * reach, z: -Math.cos(angle) * reach, turn: -angle };
  });
  return { sides, apothem, side, height: atriumHeight, places };
}

/** A point of a room's frame in the world. */
export function toWorld({ x, z, turn }: Place, [inX, inZ]: readonly [number, number]): [x: number, z: number] {
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  return [x + inX * c + inZ * s, z - inX * s + inZ * c];
}

/** A point of the world in a room's frame. */
export function toRoom({ x, z, turn }: Place, [atX, atZ]: readonly [number, number]): [x: number, z: number] {
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  const [dx, dz] = [atX - x, atZ - z];
  return [dx * c - dz * s, dx * s + dz * c];
}

/** The room whose walls hold this point, doorway included. */
export function roomAt(ring: Ring, at: readonly [number, number]): Place | undefined {
  return ring.places.find((place) => {
    const [x, z] = toRoom(place, at);
    const { width, depth } = place.floor;
    return z <= 0.01 && z >= -depth && Math.abs(x) <= width / 2;
  });
}

/** The room whose doorway is nearest, and how far it is. */
export function nearestDoor(ring: Ring, [x, z]: readonly [number, number]): { place: Place; distance: number } | undefined {
  let best: { place: Place; distance: number } | undefined;
  for (const place of ring.places) {
    const distance = Math.hypot(place.x - x, place.z - z);
    if (!best || distance < best.distance) best = { place, distance };
  }
  return best;
}
