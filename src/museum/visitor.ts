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

const isTall = () => typeof innerWidth === 'number' && innerWidth < innerHeight * 0.8;

/** From a point of the floor to a point in space. */
function viewOf([x, z]: Point, [lookX, lookY, lookZ]: readonly [number, number, number]): View {
  return { yaw: Math.atan2(x - lookX, z - lookZ), pitch: Math.atan2(lookY - eye, Math.hypot(lookX - x, lookZ - z)) };
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

/** Sets the visitor down on the highest floor here that is reached from the level of the doorways. */
export function land([x, z]: Point): void {
  visitor.at.set(x, 0, z);
  visitor.at.y = ground(visitor.at) ?? 0;
}

/** Stands the visitor at a stop of a room, looking where the stop looks. */
export function standAt(place: Place, stop: string): void {
  const room = rooms.find(({ name }) => name === place.name);
  const wanted = room?.stops.find(({ name }) => name === stop) ?? room?.stops[0];
  if (!wanted) return;
  const { at, look } = stand(place, wanted);
  land(at);
  Object.assign(visitor, viewOf(at, look));
  visitor.way = [];
  visitor.view = undefined;
}

export const placeOf = (name: string) => ring.places.find((place) => place.name === name);
