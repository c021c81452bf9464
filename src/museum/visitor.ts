// Where the visitor is: moving things, read in frames, never stored.
import { Vector3 } from 'three';
import { ring } from './plan';
import type { Stop } from './contract';
import { eye, roomAt, toWorld, type Place } from './ring';
import { rooms } from './rooms';
import type { Point } from './path';
import { ground } from './solid';

export interface View {
  readonly yaw: number;
  readonly pitch: number;
}

export const visitor = {
  /** Feet, in the world. */
  at: new Vector3(),
  /** Looks along -z at 0; grows to the left. */
  yaw: 0,
  pitch: 0,
  /** Metres a second, as walked in the last frame. */
  speed: 0,
  /** Corners still to be walked to. */
  way: [] as Point[],
  /** Where to look at the end of the way. */
  view: undefined as View | undefined,
  /** On the way of a jump, during its cross-fade: where the feet still are means nothing. */
  isJumping: false,
  /** In a headset the head turns by itself. */
  isWearing: false,
};

/** Height of the highest floor here that is reached from the level of the doorways. */
const floorAt = ([x, z]: Point): number => ground(new Vector3(x, 0, z)) ?? 0;

const isTall = () => typeof innerWidth === 'number' && innerWidth < innerHeight * 0.8;

/** From a point of the floor to a point in space. */
function viewOf(at: Point, [lookX, lookY, lookZ]: readonly [number, number, number]): View {
  const [x, z] = at;
  return { yaw: Math.atan2(x - lookX, z - lookZ), pitch: Math.atan2(lookY - floorAt(at) - eye, Math.hypot(lookX - x, lookZ - z)) };
}

/** A stop of a room in the world: where one stands, and what one looks at. */
function stand(place: Place, { at, tall, look }: Stop): { at: Point; look: readonly [number, number, number] } {
  const [x, z] = toWorld(place, [look[0], look[2]]);
  return { at: toWorld(place, (isTall() && tall) || at), look: [x, look[1], z] };
}

/** Nearer than this, m, to where an exhibit is seen whole, one who clicks on the floor before it means the exhibit; on tall screens further. */
const meant = { wide: 2.2, tall: 3.6 } as const;

/** Where to stand, and where to look, for someone who wants to go to `spot`: not with the nose on an exhibit. */
export function arrival(from: Point, spot: Point): { at: Point; view: View } {
  const place = roomAt(ring, spot);
  const stops = rooms.find(({ name }) => name === place?.name)?.stops.slice(1) ?? [];
  const apart = ([ax, az]: Point, [bx, bz]: Point) => Math.hypot(ax - bx, az - bz);
  const near = place
    ? stops
        .map((stop) => stand(place, stop))
        .filter(({ at, look: [x, , z] }) => apart(spot, [x, z]) < apart(at, [x, z]) && apart(spot, at) < meant[isTall() ? 'tall' : 'wide'])
        .sort((a, b) => apart(spot, a.at) - apart(spot, b.at))[0]
    : undefined;
  if (near) return { at: near.at, view: viewOf(near.at, near.look) };
  // Elsewhere one goes on looking the way one meant to go.
  return { at: spot, view: { yaw: Math.atan2(from[0] - spot[0], from[1] - spot[1]), pitch: 0 } };
}

/** The last stop that the visitor was stood at; undefined once they stand elsewhere. */
let stood: { readonly at: Point; readonly look: readonly [number, number, number] } | undefined;

/** Sets the visitor down on a floor that was built where they stand; at a stop, they look where it looks. */
export function land(): void {
  const { x, z } = visitor.at;
  visitor.at.y = floorAt([x, z]);
  if (stood && Math.hypot(stood.at[0] - x, stood.at[1] - z) < 0.01) Object.assign(visitor, viewOf(stood.at, stood.look));
  else stood = undefined;
}

/** Stands the visitor at a stop of a room, looking where the stop looks. */
export function standAt(place: Place, stop: string): void {
  const room = rooms.find(({ name }) => name === place.name);
  const wanted = room?.stops.find(({ name }) => name === stop) ?? room?.stops[0];
  if (!wanted) return;
  const { at, look } = stand(place, wanted);
  visitor.at.set(at[0], floorAt(at), at[1]);
  Object.assign(visitor, viewOf(at, look));
  stood = { at, look };
  visitor.way = [];
  visitor.view = undefined;
}

export const placeOf = (name: string) => ring.places.find((place) => place.name === name);
