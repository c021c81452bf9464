// The floors as something to point at: a click walks there, and a brass ring marks the spot.
import { useFrame, type ThreeEvent } from '@react-three/fiber';
import { useRef, type ReactNode } from 'react';
import { MeshBasicMaterial, RingGeometry, type Group } from 'three';
import { grip } from '../kit/grip';
import { phase } from '../kit/phase';
import { useSolids } from '../kit/Walkable';
import { standable, wayTo } from './path';
import { ring } from './plan';
import { isFree } from './solid';
import { arrival, visitor } from './visitor';

/** Hears pointers, and is never seen. */
const unseen = new MeshBasicMaterial({ colorWrite: false, depthWrite: false });
const markShape = new RingGeometry(0.16, 0.22, 32);

interface FloorsProps {
  readonly onClick?: (event: ThreeEvent<MouseEvent>) => void;
  /** Drawn into the depth of nothing, for pointers that pass over what is not visible. */
  readonly isDrawn?: boolean;
}

/** The floor of every room and of the atrium, and what rooms have built to stand on. */
export function Floors({ onClick, isDrawn = false }: FloorsProps): ReactNode {
  const solids = useSolids((s) => s.solids);
  const heard = { visible: isDrawn, material: unseen, ...(onClick ? { onClick } : {}) };
  return (
    <>
      {ring.places.map(({ name, x, z, turn, floor: { width, depth, pit } }) => (
        <group key={name} position={[x, 0, z]} rotation={[0, turn, 0]}>
          <mesh {...heard} rotation={[-Math.PI / 2, 0, 0]} position={[0, 0, -(pit?.from ?? depth) / 2 + 0.2]}>
            <planeGeometry args={[width, (pit?.from ?? depth) + 0.4]} />
          </mesh>
        </group>
      ))}
      {solids.map(({ name, geometry, isFloor }) => isFloor && <mesh key={name} {...heard} geometry={geometry} dispose={null} />)}
      <mesh {...heard} rotation={[-Math.PI / 2, 0, Math.PI / 2 + Math.PI / ring.sides]}>
        <circleGeometry args={[ring.apothem / Math.cos(Math.PI / ring.sides), ring.sides]} />
      </mesh>
    </>
  );
}

export function Ground() {
  const mark = useRef<Group>(null);
  const go = (event: ThreeEvent<MouseEvent>) => {
    // A drag that ends here is no click, and what stands before the floor is meant first.
    if (visitor.isWearing || event.delta > 6 || grip.isHeld() || event.intersections[0]?.eventObject !== event.eventObject) return;
    // The floor behind a wall cannot be meant.
    if (!isFree(event.ray.origin, event.point)) return;
    const spot = standable(ring, [event.point.x, event.point.z]);
    if (!spot) return;
    const here = [visitor.at.x, visitor.at.z] as const;
    const { at, view } = arrival(here, spot);
    visitor.way = wayTo(ring, here, at);
    visitor.view = view;
    mark.current?.position.set(at[0], event.point.y + 0.02, at[1]);
  };
  useFrame(() => {
    if (mark.current) mark.current.visible = visitor.way.length > 0;
  }, phase.labels);
  return (
    <>
      <Floors onClick={go} />
      <group ref={mark} visible={false}>
        <mesh rotation={[-Math.PI / 2, 0, 0]} geometry={markShape}>
          <meshBasicMaterial color="#e2bd72" transparent opacity={0.85} />
        </mesh>
      </group>
    </>
  );
}
