// The plants in the atrium's pots: arching leaves, all of them in one draw call.
import { useEffect, useMemo } from 'react';
import {
  BufferGeometry,
  Color,
  DoubleSide,
  Euler,
  Float32BufferAttribute,
  InstancedMesh,
  Matrix4,
  MeshBasicMaterial,
  Quaternion,
  Vector3,
} from 'three';
import { pots } from './atrium';
import { ring } from './plan';

const leaves = 46;
const joints = 5;

/** A leaf one metre long from the origin upwards, arching to +z, folded along its middle; lit from above by its vertex colours. */
function leafShape(): BufferGeometry {
  const [positions, colours, indices]: [number[], number[], number[]] = [[], [], []];
  for (let joint = 0; joint <= joints; joint++) {
    const along = joint / joints;
    const half = 0.075 * Math.sin(Math.PI * (0.12 + 0.88 * along) ** 0.8);
    const [y, z] = [Math.sin(along * 1.25) * 0.86, (1 - Math.cos(along * 1.5)) * 0.62];
    for (const side of [-1, 0, 1]) {
      positions.push(side * half, y + Math.abs(side) * half * 0.45, z);
      // Deep in the plant it is dark; the left half of a fold catches more light.
      const light = (0.34 + 0.66 * along) * (side < 0 ? 1.08 : side > 0 ? 0.86 : 1.12);
      colours.push(light, light, light);
    }
    if (joint < joints)
      for (const side of [0, 1]) {
        const a = joint * 3 + side;
        indices.push(a, a + 1, a + 4, a, a + 4, a + 3);
      }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new Float32BufferAttribute(positions, 3));
  geometry.setAttribute('color', new Float32BufferAttribute(colours, 3));
  geometry.setIndex(indices);
  return geometry;
}

/** A small seeded generator: the garden is the same in every visit. */
function dice(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

function plant(): InstancedMesh<BufferGeometry, MeshBasicMaterial> {
  const places = pots(ring);
  const mesh = new InstancedMesh(leafShape(), new MeshBasicMaterial({ vertexColors: true, side: DoubleSide }), places.length * leaves);
  const [place, turn, colour, euler] = [new Matrix4(), new Quaternion(), new Color(), new Euler()];
  const roll = dice(11);
  places.forEach(([x, y, z], pot) => {
    for (let leaf = 0; leaf < leaves; leaf++) {
      // Turned by the golden angle; the inner leaves stand, the outer ones lean.
      const outward = leaf / leaves;
      const heading = leaf * 2.39996 + roll() * 0.5;
      turn.setFromEuler(euler.set(-0.35 + outward * 1.05 + roll() * 0.2, heading, 0, 'YXZ'));
      const long = (1.12 - 0.45 * outward) * (0.8 + roll() * 0.35);
      const root = 0.12 * outward;
      place.compose(new Vector3(x + Math.sin(heading) * root, y, z + Math.cos(heading) * root), turn, new Vector3(1.05, long, long));
      const index = pot * leaves + leaf;
      mesh.setMatrixAt(index, place);
      mesh.setColorAt(index, colour.setHSL(0.27 + roll() * 0.07, 0.3 + roll() * 0.16, 0.33 + roll() * 0.16));
    }
  });
  mesh.computeBoundingSphere();
  return mesh;
}

export function Plants() {
  const mesh = useMemo(plant, []);
  useEffect(
    () => () => {
      mesh.geometry.dispose();
      mesh.material.dispose();
      mesh.dispose();
    },
    [mesh],
  );
  return <primitive object={mesh} />;
}
