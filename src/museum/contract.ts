// The room contract: the small eager manifest by which the building knows a room.
import type { ComponentType } from 'react';
import type { Controls } from '../controls';

/** Metres; a room's own frame: the middle of its doorway on the floor is the origin, inside is -z, right is +x, up is +y. */
export type Vec3 = readonly [x: number, y: number, z: number];

/** A named place. The first of a room is its door. Tours, keyboard, deep links, the twin and tests share them. */
export interface Stop {
  readonly name: string;
  /** Where the visitor stands. */
  readonly at: readonly [x: number, z: number];
  /** Where a visitor with a tall screen stands, who sees little across; `at` where left out. */
  readonly tall?: readonly [x: number, z: number];
  /** What the visitor looks at. */
  readonly look: Vec3;
  /** Minutes of the shortest route that leads here; left out: only the longest (60) does. */
  readonly route?: 5 | 20 | 60;
}

export interface Floor {
  readonly width: number;
  readonly depth: number;
  /** Ceiling, 4 to 6 m. */
  readonly height: number;
  readonly material: 'terrazzo' | 'wood' | 'carpet';
  /** Behind the first `from` metres the floor lies `deep` metres lower, from wall to wall; the room builds the ways down by `<Walkable>`. */
  readonly pit?: { readonly from: number; readonly deep: number };
}

export interface RoomProps {
  /** Changes when the room is to be as new; the building remounts the room with it. */
  readonly visit: number;
}

export interface Room {
  /** The address: `#/noise`. */
  readonly name: string;
  /** Accent hue in degrees: sign, plan, captions. */
  readonly hue: number;
  readonly floor: Floor;
  readonly stops: readonly Stop[];
  readonly needs: { readonly models: readonly string[]; readonly microphone?: boolean };
  /** The same controls that the room draws in 3-D; the twin, the flat interface and the operator's panel are made from them. */
  readonly controls: Controls;
  /** Runs the room's story without any picture: the twin uses it where there is no WebGL; the room uses it too. */
  readonly story: () => Promise<{ default: ComponentType<RoomProps> }>;
  readonly scene: () => Promise<{ default: ComponentType<RoomProps> }>;
}
