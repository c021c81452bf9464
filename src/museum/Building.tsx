// The standing building: every wall of it merged to one mesh a material, with the sky and the garden behind the windows.
import { useEffect, useMemo } from 'react';
import { BackSide, Color, CylinderGeometry, Float32BufferAttribute, MeshBasicMaterial, SphereGeometry, type BufferGeometry } from 'three';
import { materialOf, type Stuff } from '../kit/materials';
import { useVisit } from '../visit';
import { buildAtrium } from './atrium';
import { Mason } from './mason';
import { Plants } from './Plants';
import { ring } from './plan';
import type { Ring } from './ring';
import { meadowOf } from './meadow';
import { buildDoorway, buildRoom } from './shell';
import { solid } from './solid';

interface Parts {
  readonly name: string;
  readonly meshes: readonly { readonly stuff: Stuff; readonly geometry: BufferGeometry }[];
}

/** The atrium with its doorways, and each room by its name: geometries to draw, and what is solid. */
export function build(of: Ring): { parts: Parts[]; obstacles: Record<string, BufferGeometry> } {
  const atrium = new Mason();
  buildAtrium(atrium, of);
  for (const place of of.places) buildDoorway(atrium, place);
  const parts = [{ name: '', meshes: atrium.geometries() }];
  const obstacles: Record<string, BufferGeometry> = { '': atrium.obstacle() };
  for (const place of of.places) {
    const room = new Mason();
    buildRoom(room, place);
    parts.push({ name: place.name, meshes: room.geometries() });
    obstacles[place.name] = room.obstacle();
  }
  return { parts, obstacles };
}

/** Colours by height, from below the horizon to the zenith. */
function graded<G extends BufferGeometry>(geometry: G, stops: readonly (readonly [y: number, colour: string])[]): G {
  const position = geometry.attributes.position!;
  const colours = new Float32Array(position.count * 3);
  const [from, to, mixed] = [new Color(), new Color(), new Color()];
  for (let i = 0; i < position.count; i++) {
    const y = position.getY(i);
    const above = stops.findIndex(([at]) => at > y);
    const [low, high] = above < 0 ? [stops.at(-1)!, stops.at(-1)!] : [stops[Math.max(0, above - 1)]!, stops[above]!];
    const share = high[0] > low[0] ? Math.min(1, Math.max(0, (y - low[0]) / (high[0] - low[0]))) : 0;
    mixed.lerpColors(from.set(low[1]), to.set(high[1]), share).toArray(colours, i * 3);
  }
  geometry.setAttribute('color', new Float32BufferAttribute(colours, 3));
  return geometry;
}

function surroundings() {
  const sky = graded(new SphereGeometry(150, 32, 24), [
    [-20, '#b9c2a4'],
    [-1, '#cfd4bd'],
    [1, '#f3ead8'],
    [25, '#cfe0ea'],
    [90, '#86b2d6'],
    [150, '#6a9fcf'],
  ]);
  const reach = ring.apothem + 32;
  const hills = graded(new CylinderGeometry(reach, reach, 9, 64, 1, true), [
    [-4.5, '#6d8456'],
    [4.5, '#a9b98c'],
  ]);
  const top = hills.attributes.position!;
  for (let i = 0; i < top.count; i++)
    if (top.getY(i) > 0) {
      const angle = Math.atan2(top.getZ(i), top.getX(i));
      top.setY(i, 1.2 + Math.sin(angle * 3) * 1.1 + Math.sin(angle * 7 + 1) * 0.7 + Math.sin(angle * 17) * 0.25);
    }
  const ground = graded(meadowOf(ring, reach), [[0, '#93a677']]);
  return { sky, hills, ground };
}

const outdoors = new MeshBasicMaterial({ vertexColors: true, side: BackSide });
const meadow = new MeshBasicMaterial({ vertexColors: true });

export function Building() {
  const open = useVisit((v) => v.room);
  const { parts, outside } = useMemo(() => {
    const { parts, obstacles } = build(ring);
    for (const [name, obstacle] of Object.entries(obstacles)) solid.put(`walls ${name}`, obstacle);
    return { parts, outside: surroundings() };
  }, []);
  useEffect(
    () => () => {
      for (const { name, meshes } of parts) {
        solid.remove(`walls ${name}`);
        for (const { geometry } of meshes) geometry.dispose();
      }
      for (const geometry of Object.values(outside)) geometry.dispose();
    },
    [parts, outside],
  );
  return (
    <>
      {/* A closed room lies behind its veil: it need not be drawn. */}
      {parts.map(({ name, meshes }) => (
        <group key={name} visible={name === '' || name === open}>
          {meshes.map(({ stuff, geometry }) => (
            <mesh key={stuff} geometry={geometry} material={materialOf(stuff)} />
          ))}
        </group>
      ))}
      <Plants />
      {/* Drawn after the walls, which hide most of it. */}
      <mesh geometry={outside.sky} material={outdoors} renderOrder={1} />
      <mesh geometry={outside.hills} material={outdoors} renderOrder={1} />
      <mesh geometry={outside.ground} material={meadow} position={[0, -0.35, 0]} renderOrder={1} />
    </>
  );
}
