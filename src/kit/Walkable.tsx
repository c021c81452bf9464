// Makes its children solid: floors, ramps and bridges to stand on, furniture and rails to walk around.
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { BufferGeometry, Float32BufferAttribute, Mesh, Vector3, type Group } from 'three';
import { create } from 'zustand';

export interface Solid {
  readonly name: string;
  readonly geometry: BufferGeometry;
  /** Can be pointed at to go there; what is not is a wall, or furniture. */
  readonly isFloor: boolean;
}

/** What rooms have registered; the building reads it. */
export const useSolids = create<{ solids: readonly Solid[] }>()(() => ({ solids: [] }));

/** All triangles below `root`, in the world. */
function triangles(root: Group): BufferGeometry {
  const positions: number[] = [];
  const corner = new Vector3();
  root.updateWorldMatrix(true, true);
  root.traverse((part) => {
    if (!(part instanceof Mesh)) return;
    const geometry = part.geometry as BufferGeometry;
    const position = geometry.attributes.position!;
    const count = geometry.index?.count ?? position.count;
    for (let i = 0; i < count; i++) {
      corner.fromBufferAttribute(position, geometry.index?.getX(i) ?? i).applyMatrix4(part.matrixWorld);
      positions.push(corner.x, corner.y, corner.z);
    }
  });
  return new BufferGeometry().setAttribute('position', new Float32BufferAttribute(positions, 3));
}

interface Props {
  readonly children: ReactNode;
  /** Something to stand on, and to be pointed at by those who walk by clicks or jump in a headset. */
  readonly isFloor?: boolean;
}

/** What is below it is made solid when it mounts: give it a new key when that changes. */
export function Walkable({ children, isFloor = false }: Props) {
  const root = useRef<Group>(null);
  const name = useId();
  useEffect(() => {
    if (!root.current) return;
    const solid = { name, geometry: triangles(root.current), isFloor };
    useSolids.setState(({ solids }) => ({ solids: [...solids, solid] }));
    return () => {
      useSolids.setState(({ solids }) => ({ solids: solids.filter((one) => one !== solid) }));
      solid.geometry.dispose();
    };
  }, [name, isFloor]);
  return <group ref={root}>{children}</group>;
}
