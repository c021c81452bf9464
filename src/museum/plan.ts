// The floor plan as data: outlines in metres, x to the right and z down, for drawings on flat screens.
import { rooms } from './rooms';
import { wayTo } from './path';
import type { Station } from './route';
import { ringOf, sideAngle, toWorld, type Ring } from './ring';

/** The ring of this museum. */
export const ring: Ring = ringOf(rooms);

export interface Outline {
  readonly name: string;
  readonly corners: readonly (readonly [x: number, z: number])[];
  readonly middle: readonly [x: number, z: number];
  /** Middle of the wall across from the doorway. */
  readonly back: readonly [x: number, z: number];
}

/** The rooms' outlines, in their order. */
export const outlines: readonly Outline[] = ring.places.map((place) => {
  const { width, depth } = place.floor;
  const at = (x: number, z: number) => toWorld(place, [x, z]);
  return {
    name: place.name,
    corners: [at(-width / 2, 0), at(width / 2, 0), at(width / 2, -depth), at(-width / 2, -depth)],
    middle: at(0, -depth / 2),
    back: at(0, -depth),
  };
});

/** Where a stop of a route is in the building. */
export function stationAt({ room, at }: Station): readonly [number, number] {
  const place = ring.places.find(({ name }) => name === room);
  return place ? toWorld(place, at) : [0, 0];
}

/** The way through all stops of a route on foot: through the doorways and round the basin. */
export const lineThrough = (route: readonly Station[]): readonly (readonly [number, number])[] =>
  route.flatMap((station, i) => {
    const before = route[i - 1];
    return before ? wayTo(ring, stationAt(before), stationAt(station)) : [stationAt(station)];
  });

/** Corners of the atrium. */
export const atrium: readonly (readonly [number, number])[] = Array.from({ length: ring.sides }, (_, side) => {
  const angle = sideAngle(ring, side) + Math.PI / ring.sides;
  const reach = ring.apothem / Math.cos(Math.PI / ring.sides);
  return [Math.sin(angle) * reach, -Math.cos(angle) * reach] as const;
});

/** Half the side of a square around everything. */
export const extent =
  Math.max(...[...atrium, ...outlines.flatMap(({ corners }) => corners)].map(([x, z]) => Math.max(Math.abs(x), Math.abs(z)))) + 1;
