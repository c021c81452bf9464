// The room that is open: its scene is fetched, stands in its place on the ring, and goes when another room opens.
import { useFrame } from '@react-three/fiber';
import { Suspense, useEffect, useRef } from 'react';
import { phase } from '../kit/phase';
import { choose } from '../visit';
import { useRoomChunk } from './chunks';
import { Guard } from './Guard';
import type { Place } from './ring';
import { areShadersReady } from './Shaders';

interface Props {
  readonly place: Place;
  readonly visit: number;
  /** Tells the room that stands, and '' when it goes or breaks. */
  readonly onStanding: (name: string) => void;
}

export function OpenRoom({ place, visit, onStanding }: Props) {
  const Scene = useRoomChunk(place.name, 'scene');
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

/** Mounts when the room's scene has arrived; once it can be drawn at once, the veil may clear. */
function Standing({ name, tell }: { readonly name: string; readonly tell: (name: string) => void }) {
  const frames = useRef(0);
  useEffect(() => () => tell(''), [tell]);
  useFrame(() => {
    // The first frame only asks for the programs.
    if (frames.current >= 0 && frames.current++ > 0 && areShadersReady()) {
      frames.current = -1;
      tell(name);
    }
  }, phase.exhibits);
  return null;
}
