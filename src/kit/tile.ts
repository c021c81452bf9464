// One tile of a pixel wall: a small cushion of glass, and the material that lights it and lifts it by its value.
import { BufferGeometry, Float32BufferAttribute, MeshStandardMaterial } from 'three';

/** A tile 1 x 1, its face at z = 0.5, with bevelled edges; 18 triangles. */
function tile(): BufferGeometry {
  const [a, b, back] = [0.37, 0.47, -0.6];
  const position: number[] = [];
  const normal: number[] = [];
  const quad = (corners: readonly (readonly [number, number, number])[], n: readonly [number, number, number]) => {
    for (const i of [0, 1, 2, 0, 2, 3]) {
      position.push(...corners[i]!);
      normal.push(...n);
    }
  };
  quad(
    [
      [-a, -a, 0.5],
      [a, -a, 0.5],
      [a, a, 0.5],
      [-a, a, 0.5],
    ],
    [0, 0, 1],
  );
  for (let side = 0; side < 4; side++) {
    const [c, s] = [Math.round(Math.cos((side * Math.PI) / 2)), Math.round(Math.sin((side * Math.PI) / 2))];
    const turn = (x: number, y: number, z: number): [number, number, number] => [c * x - s * y, s * x + c * y, z];
    quad(
      [turn(-a, a, 0.5), turn(a, a, 0.5), turn(b, b, 0.3), turn(-b, b, 0.3)].reverse() as [number, number, number][],
      turn(0, 0.89, 0.45),
    );
    quad([turn(-b, b, 0.3), turn(b, b, 0.3), turn(b, b, back), turn(-b, b, back)].reverse() as [number, number, number][], turn(0, 1, 0));
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new Float32BufferAttribute(position, 3));
  geometry.setAttribute('normal', new Float32BufferAttribute(normal, 3));
  return geometry;
}

let shape: BufferGeometry | undefined;
export const tileShape = () => (shape ??= tile());

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
