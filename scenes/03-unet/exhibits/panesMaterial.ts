// The material of all panes: each instance shows its own part of one picture, a little brighter where the visitor looks.
import { BufferGeometry, Float32BufferAttribute, MeshBasicMaterial, type Texture } from 'three';

/** Stations that can be lit one by one. */
export const most = 32;

/** Two faces back to back, so that a map reads the same from both sides. */
export function paneShape(): BufferGeometry {
  const [a, z] = [0.5, 0.009];
  const front = [-a, -a, z, a, -a, z, a, a, z, -a, -a, z, a, a, z, -a, a, z];
  const back = [a, -a, -z, -a, -a, -z, -a, a, -z, a, -a, -z, -a, a, -z, a, a, -z];
  const uv = [0, 0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1];
  return new BufferGeometry()
    .setAttribute('position', new Float32BufferAttribute([...front, ...back], 3))
    .setAttribute('uv', new Float32BufferAttribute([...uv, ...uv], 2));
}

export interface Lit {
  readonly value: Float32Array;
}

export function paneMaterial(map: Texture, lit: Lit): MeshBasicMaterial {
  const material = new MeshBasicMaterial({ map, toneMapped: false });
  material.onBeforeCompile = (shader) => {
    shader.uniforms.lit = lit;
    shader.vertexShader = shader.vertexShader
      .replace(
        '#include <common>',
        `#include <common>\nattribute vec4 cell;\nattribute float station;\nuniform float lit[${most}];\nvarying float vLit;`,
      )
      // Rows of a picture run downwards.
      .replace('#include <uv_vertex>', 'vMapUv = cell.xy + vec2(uv.x, 1.0 - uv.y) * cell.zw;\nvLit = lit[int(station)];');
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', '#include <common>\nvarying float vLit;')
      .replace('#include <map_fragment>', '#include <map_fragment>\ndiffuseColor.rgb = diffuseColor.rgb * vLit;');
  };
  return material;
}
