// The room that is open: its scene is fetched, stands in its place on the ring, and goes when another room opens.
import { Suspense, useEffect } from 'react';
import { Guard } from './Guard';
import { partOf, useTries } from './parts';
import type { Place } from './ring';

interface Props {
  readonly place: Place;
  readonly visit: number;
  readonly onStanding: (name: string) => void;
}

export function OpenRoom({ place, visit, onStanding }: Props) {
  const { tries, onBreak } = useTries(place.name, 'scene');
  const Scene = partOf(place.name, 'scene');
  if (!Scene) return null;
  return (
    <group position={[place.x, 0, place.z]} rotation={[0, place.turn, 0]}>
      <Guard key={tries} onBreak={onBreak}>
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
