// A wall of physical tiles, one for each pixel: brightness and relief follow the engine's picture, gliding from step to step.
import { useFrame, type ThreeElements } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import { DynamicDrawUsage, InstancedBufferAttribute, InstancedMesh, Matrix4, type MeshBasicMaterial } from 'three';
import { Spill } from './Spill';
import { phase } from './phase';
import { tileGlass, tileShape } from './tile';
import { useVisit } from '../visit';

type Group = Omit<ThreeElements['group'], 'children' | 'scale'>;
interface Props extends Group {
  /** Metres. */
  readonly size: number;
  /** Tiles a side. */
  readonly side?: number;
  /** The picture to be shown, [side x side] in [-1, 1]; read in each frame. */
  readonly source: () => Float32Array | undefined;
  /** Share of the way to the picture that is left after a second: small is quick. */
  readonly inertia?: number;
  /** Height of the middle above the floor, for the light it throws there. */
  readonly above?: number;
}

const paper = -1;
/** Differences below this are not seen. */
const still = 0.002;

function tiles(side: number, size: number, isBevelled: boolean): InstancedMesh {
  // Instanced attributes belong to this wall alone, vertices are shared.
  const shared = tileShape(isBevelled);
  const geometry = shared.clone();
  const ink = new InstancedBufferAttribute(new Float32Array(side * side).fill(paper), 1);
  ink.setUsage(DynamicDrawUsage);
  geometry.setAttribute('ink', ink);
  const mesh = new InstancedMesh(geometry, tileGlass(), side * side);
  const pitch = size / side;
  const place = new Matrix4();
  for (let i = 0; i < side * side; i++) {
    const [row, column] = [Math.floor(i / side), i % side];
    place.makeScale(pitch, pitch, pitch * 0.9).setPosition((column + 0.5 - side / 2) * pitch, (side / 2 - row - 0.5) * pitch, 0);
    mesh.setMatrixAt(i, place);
  }
  mesh.frustumCulled = false;
  return mesh;
}

export function PixelWall({ size, side = 32, source, inertia = 0.0004, above, ...group }: Props) {
  const isBevelled = useVisit((v) => v.tier !== 'low');
  const mesh = useMemo(() => tiles(side, size, isBevelled), [side, size, isBevelled]);
  const spill = useRef<MeshBasicMaterial>(null);
  useEffect(
    () => () => {
      mesh.geometry.dispose();
      mesh.dispose();
    },
    [mesh],
  );
  useFrame((_, seconds) => {
    const ink = mesh.geometry.getAttribute('ink') as InstancedBufferAttribute;
    const now = ink.array as Float32Array;
    const goal = source();
    const share = 1 - inertia ** Math.min(0.1, seconds);
    let [moved, light] = [0, 0];
    for (let i = 0; i < now.length; i++) {
      const step = (goal?.[i] ?? paper) - now[i]!;
      moved = Math.max(moved, Math.abs(step));
      now[i] = now[i]! + step * share;
      light += Math.max(0, now[i]! + 1);
    }
    if (moved < still) return;
    ink.needsUpdate = true;
    if (spill.current) spill.current.opacity = Math.min(0.5, (light / now.length) * 0.55);
  }, phase.exhibits);
  return (
    <group {...group}>
      <primitive object={mesh} />
      {above !== undefined && <Spill ref={spill} width={size * 1.9} depth={size * 1.5} position={[0, -above + 0.008, size * 0.62]} />}
    </group>
  );
}
