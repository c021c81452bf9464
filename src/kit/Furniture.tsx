// Standing furniture, merged to one draw call a material, with the soft shadow it throws on the floor.
import { useEffect, useMemo } from 'react';
import { CanvasTexture, Matrix4, MeshBasicMaterial, PlaneGeometry, type BufferGeometry } from 'three';
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import { materialOf, type Matter } from './furnish/matter';
import type { Piece } from './furnish/pieces';
import { cube } from './shapes';
import { Walkable } from './Walkable';
import { penOf } from './pen';

/** A soft dark patch on the floor: middle, size, turn about y. */
export interface Blob {
  readonly at: readonly [x: number, z: number];
  readonly size: readonly [width: number, depth: number];
  readonly turn?: number;
}

/** What stands on the floor stops the visitor up to this height. */
const solidHeight = 1.1;
const unseen = new MeshBasicMaterial({ visible: false });

let shade: MeshBasicMaterial | undefined;

function shadeMaterial(): MeshBasicMaterial {
  if (shade) return shade;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 128;
  const pen = penOf(canvas)!;
  pen.filter = 'blur(13px)';
  pen.fillStyle = '#000';
  pen.fillRect(30, 30, 68, 68);
  shade = new MeshBasicMaterial({
    map: new CanvasTexture(canvas),
    color: '#1a0f06',
    transparent: true,
    opacity: 0.62,
    depthWrite: false,
    polygonOffset: true,
    polygonOffsetFactor: -2,
  });
  return shade;
}

function merged(geometries: BufferGeometry[]): BufferGeometry {
  const plain = geometries.map((g) => (g.index ? g.toNonIndexed() : g));
  const whole = mergeGeometries(plain);
  for (const g of [...plain, ...geometries]) g.dispose();
  return whole;
}

interface Part {
  readonly matter: Matter;
  readonly geometry: BufferGeometry;
}
type Pieces = () => readonly Piece[];

/** Built once: a room that opens again finds its furniture as it was, and only hands it to the graphics card anew. */
const built = new WeakMap<Pieces, readonly Part[]>();

function build(pieces: Pieces): readonly Part[] {
  const known = built.get(pieces);
  if (known) return known;
  const all = pieces();
  const matters = [...new Set(all.map(({ matter }) => matter))];
  const parts = matters.map((matter) => ({ matter, geometry: merged(all.filter((p) => p.matter === matter).map((p) => p.geometry)) }));
  built.set(pieces, parts);
  return parts;
}

interface Props {
  /** Called once; the same function always stands for the same pieces. */
  readonly pieces: Pieces;
  readonly blobs?: readonly Blob[];
}

export function Furniture({ pieces, blobs = [] }: Props) {
  const parts = useMemo(() => build(pieces), [pieces]);
  const shadows = useMemo(() => {
    const planes = blobs.map(({ at: [x, z], size: [w, d], turn = 0 }) =>
      // The picture fades inside its edge: a patch is drawn larger than what stands on it.
      new PlaneGeometry(w * 1.9, d * 1.9).rotateX(-Math.PI / 2).applyMatrix4(new Matrix4().makeRotationY(turn).setPosition(x, 0.006, z)),
    );
    return planes.length ? merged(planes) : undefined;
  }, [blobs]);
  useEffect(
    () => () => {
      for (const { geometry } of parts) geometry.dispose();
    },
    [parts],
  );
  useEffect(() => () => shadows?.dispose(), [shadows]);
  return (
    <>
      {parts.map(({ matter, geometry }) => (
        <mesh key={matter} geometry={geometry} material={materialOf(matter)} castShadow receiveShadow />
      ))}
      {blobs.length > 0 && (
        <Walkable>
          {blobs.map(({ at: [x, z], size: [w, d], turn = 0 }) => (
            <mesh
              key={`${x} ${z}`}
              geometry={cube}
              material={unseen}
              position={[x, solidHeight / 2, z]}
              rotation={[0, turn, 0]}
              scale={[w, solidHeight, d]}
            />
          ))}
        </Walkable>
      )}
      {shadows && <mesh geometry={shadows} material={shadeMaterial()} renderOrder={1} />}
    </>
  );
}
