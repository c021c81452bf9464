// One tile of a pixel wall: a small cushion of glass, and the material that lights it and lifts it by its value.
import { BufferGeometry, Float32BufferAttribute, MeshStandardMaterial } from 'three';

type Corner = readonly [x: number, y: number, z: number];

/** A tile 1 x 1, its face at z = 0.5: with bevelled edges 18 triangles, without them 10. */
function tile(isBevelled: boolean): BufferGeometry {
  const [a, b, back] = [0.37, 0.47, -0.6];
  const position: number[] = [];
  const normal: number[] = [];
  const index: number[] = [];
  const quad = (corners: readonly Corner[], n: Corner) => {
    const first = position.length / 3;
    for (const corner of corners) {
      position.push(...corner);
      normal.push(...n);
    }
    index.push(first, first + 1, first + 2, first, first + 2, first + 3);
  };
  const face = isBevelled ? a : 0.42;
  // prettier-ignore
  quad([[-face, -face, 0.5], [face, -face, 0.5], [face, face, 0.5], [-face, face, 0.5]], [0, 0, 1]);
  for (let side = 0; side < 4; side++) {
    const [c, s] = [Math.round(Math.cos((side * Math.PI) / 2)), Math.round(Math.sin((side * Math.PI) / 2))];
    const turn = (x: number, y: number, z: number): Corner => [c * x - s * y, s * x + c * y, z];
    /** Between an edge in front, so far from the middle, and one behind it. */
    const flank = ([far, z]: readonly [number, number], [wide, deep]: readonly [number, number], n: Corner) =>
      quad([turn(-wide, wide, deep), turn(wide, wide, deep), turn(far, far, z), turn(-far, far, z)], n);
    if (isBevelled) flank([a, 0.5], [b, 0.3], turn(0, 0.89, 0.45));
    flank(isBevelled ? [b, 0.3] : [face, 0.5], [b, back], turn(0, 1, 0));
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new Float32BufferAttribute(position, 3));
  geometry.setAttribute('normal', new Float32BufferAttribute(normal, 3));
  geometry.setIndex(index);
  return geometry;
}

const shapes = new Map<boolean, BufferGeometry>();

/** The shape of every tile; a wall has a thousand or more of them, so that a slow device is given the plain one. */
export function tileShape(isBevelled: boolean): BufferGeometry {
  const known = shapes.get(isBevelled);
  if (known) return known;
  const shape = tile(isBevelled);
  shapes.set(isBevelled, shape);
  return shape;
}

let glass: MeshStandardMaterial | undefined;

/** Reads the instanced attribute `ink` (-1 paper, 1 ink): the brighter, the further out. */
export function tileGlass(): MeshStandardMaterial {
  if (glass) return glass;
  glass = new MeshStandardMaterial({ color: '#10161b', roughness: 0.42, metalness: 0.1 });
  glass.onBeforeCompile = (shader) => {
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', '#include <common>\nattribute float ink;\nvarying float vInk;\nvarying float vFace;')
      .replace(
        '#include <begin_vertex>',
        '#include <begin_vertex>\nvInk = ink;\nvFace = smoothstep(-0.4, 0.5, position.z);\ntransformed.z += 0.55 * clamp(ink, -1.2, 1.6);',
      );
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', '#include <common>\nvarying float vInk;\nvarying float vFace;')
      .replace(
        '#include <emissivemap_fragment>',
        `#include <emissivemap_fragment>
        float lit = clamp((vInk + 1.0) * 0.5, 0.0, 1.3);
        // Quiet glass is faintly blue, ink a warm white; the edges of a tile glow less than its face.
        totalEmissiveRadiance += mix(vec3(0.010, 0.016, 0.022), vec3(1.0, 0.80, 0.50) * 1.9, lit * lit) * mix(0.35, 1.0, vFace);`,
      );
  };
  return glass;
}
