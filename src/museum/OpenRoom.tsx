// The room that is open: its scene is fetched, stands in its place on the ring, and goes when another room opens.
import { lazy, Suspense, useEffect, type ComponentType } from 'react';
import { choose } from '../visit';
import { Guard } from './Guard';
import type { RoomProps } from './contract';
import { rooms } from './rooms';
import type { Place } from './ring';

const scenes: Readonly<Record<string, ComponentType<RoomProps>>> = Object.fromEntries(rooms.map(({ name, scene }) => [name, lazy(scene)]));

interface Props {
  readonly place: Place;
  readonly visit: number;
  readonly onStanding: (name: string) => void;
}

export function OpenRoom({ place, visit, onStanding }: Props) {
  const Scene = scenes[place.name];
  if (!Scene) return null;
  return (
    <group position={[place.x, 0, place.z]} rotation={[0, place.turn, 0]}>
      <Guard onBreak={() => choose({ broken: place.name })}>
        <Suspense>
          <Scene visit={visit} />
          <Standing name={place.name} tell={onStanding} />
        </Suspense>
      </Guard>
    </group>
  );
}

/** Mounts together with the scene, and tells that it stands. */
function Standing({ name, tell }: { readonly name: string; readonly tell: (name: string) => void }) {
  useEffect(() => tell(name), [name, tell]);
  return null;
}
