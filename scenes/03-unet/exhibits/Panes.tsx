// All feature maps of the network in one draw call: each pane shows its channel of the step that runs, as the pulse passes it.
import { useFrame } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import {
  DataTexture,
  InstancedBufferAttribute,
  InstancedMesh,
  LinearMipmapLinearFilter,
  Matrix4,
  MeshStandardMaterial,
  NearestFilter,
  Quaternion,
  SRGBColorSpace,
  Vector3,
} from 'three';
import { phase } from '../../../src/kit/phase';
import { cube } from '../../../src/kit/shapes';
import { atlasOf, paint } from '../atlas';
import { unet } from '../controls';
import type { Layout } from '../layout';
import { live } from '../live';
import type { Way } from '../path';
import { pulseAt } from '../pulse';
import { most, paneMaterial, paneShape } from './panesMaterial';

const up = new Vector3(0, 1, 0);

function made(layout: Layout) {
  const atlas = atlasOf(layout);
  const bytes = new Uint8ClampedArray(atlas.width * atlas.height * 4);
  const texture = new DataTexture(bytes, atlas.width, atlas.height);
  texture.colorSpace = SRGBColorSpace;
  texture.magFilter = NearestFilter;
  texture.minFilter = LinearMipmapLinearFilter;
  texture.generateMipmaps = true;
  const lit = { value: new Float32Array(most).fill(1) };
  const panes = layout.stations.flatMap((station) => station.panes);
  const faces = new InstancedMesh(paneShape(), paneMaterial(texture, lit), panes.length);
  const slabs = new InstancedMesh(
    cube.clone(),
    new MeshStandardMaterial({ color: '#191d26', roughness: 0.35, metalness: 0.2 }),
    panes.length,
  );
  const cells = new Float32Array(panes.length * 4);
  const stations = new Float32Array(panes.length);
  atlas.cells.forEach(({ station, x, y, width, height }, i) => {
    cells.set([x / atlas.width, y / atlas.height, width / atlas.width, height / atlas.height], i * 4);
    stations[i] = Math.min(most - 1, station);
  });
  faces.geometry.setAttribute('cell', new InstancedBufferAttribute(cells, 4));
  faces.geometry.setAttribute('station', new InstancedBufferAttribute(stations, 1));
  const [place, turned] = [new Matrix4(), new Quaternion()];
  panes.forEach(({ at, turn, width, height }, i) => {
    turned.setFromAxisAngle(up, turn);
    faces.setMatrixAt(i, place.compose(new Vector3(...at), turned, new Vector3(width, height, 1)));
    slabs.setMatrixAt(i, place.compose(new Vector3(...at), turned, new Vector3(width + 0.014, height + 0.014, 0.014)));
  });
  faces.frustumCulled = slabs.frustumCulled = false;
  layout.stations.forEach((station, i) => paint(bytes, atlas, i, station, undefined));
  texture.needsUpdate = true;
  return { atlas, bytes, texture, lit, faces, slabs };
}

export function Panes({ layout, way }: { readonly layout: Layout; readonly way: Way }) {
  const held = useMemo(() => made(layout), [layout]);
  /** The version that each station shows. */
  const shows = useRef<number[]>([]);
  useEffect(() => {
    shows.current = [];
    return () => {
      for (const mesh of [held.faces, held.slabs]) {
        mesh.geometry.dispose();
        mesh.material.dispose();
        mesh.dispose();
      }
      held.texture.dispose();
    };
  }, [held]);
  useFrame((_, seconds) => {
    const { version, frame } = live;
    const head = pulseAt();
    const chosen = unet.useValues.getState().block;
    const share = 1 - 0.0002 ** Math.min(0.1, seconds);
    layout.stations.forEach((station, i) => {
      const reached = way.reached[station.name] ?? 0;
      if (shows.current[i] !== version && head >= reached) {
        shows.current[i] = version;
        paint(held.bytes, held.atlas, i, station, frame?.maps[station.name]);
        held.texture.needsUpdate = true;
        // It flares up as the pulse comes in.
        if (i < most && frame && head < 1) held.lit.value[i] = 1.7;
      }
      const wish = station.name === chosen ? 1.25 : 0.92;
      if (i < most) held.lit.value[i]! += (wish - held.lit.value[i]!) * share;
    });
  }, phase.exhibits);
  return (
    <>
      <primitive object={held.slabs} />
      <primitive object={held.faces} />
    </>
  );
}
