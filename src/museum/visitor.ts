// Where the visitor is: moving things, read in frames, never stored.
import { Vector3 } from 'three';
import { ring } from './plan';
import { eye, toWorld, type Place } from './ring';
import { rooms } from './rooms';
import type { Point } from './path';

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
  /** On the way of a jump, during its cross-fade: where the feet still are means nothing. */
  isJumping: false,
  /** In a headset the head turns by itself. */
  isWearing: false,
};

const isTall = () => typeof innerWidth === 'number' && innerWidth < innerHeight * 0.8;

/** Stands the visitor at a stop of a room, looking where the stop looks. */
export function standAt(place: Place, stop: string): void {
  const room = rooms.find(({ name }) => name === place.name);
  const wanted = room?.stops.find(({ name }) => name === stop) ?? room?.stops[0];
  if (!wanted) return;
  const [x, z] = toWorld(place, (isTall() && wanted.tall) || wanted.at);
  const [lookX, lookZ] = toWorld(place, [wanted.look[0], wanted.look[2]]);
  visitor.at.set(x, 0, z);
  visitor.yaw = Math.atan2(x - lookX, z - lookZ);
  visitor.pitch = Math.atan2(wanted.look[1] - eye, Math.hypot(lookX - x, lookZ - z));
  visitor.way = [];
}

export const placeOf = (name: string) => ring.places.find((place) => place.name === name);
