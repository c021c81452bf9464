// The particle cloud over its column: noised and denoised at the level of the lever, gliding from step to step.
import { useFrame } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import {
  AdditiveBlending,
  BufferAttribute,
  BufferGeometry,
  CanvasTexture,
  Color,
  DynamicDrawUsage,
  PointsMaterial,
  type Points,
} from 'three';
import { phase } from '../../../src/kit/phase';
import { Spill } from '../../../src/kit/Spill';
import { useVisit } from '../../../src/visit';
import { mixed } from '../closed';
import { places } from '../furniture';
import { frameAt } from '../journey';
import { live } from '../live';

/** Metres for one standard deviation. */
const scale = 0.36;

let spark: CanvasTexture | undefined;
function sparkle(): CanvasTexture {
  if (spark) return spark;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 32;
  const pen = canvas.getContext('2d')!;
  const light = pen.createRadialGradient(16, 16, 1, 16, 16, 16);
  light.addColorStop(0, '#fff');
  light.addColorStop(0.45, '#999');
  light.addColorStop(1, '#000');
  pen.fillStyle = light;
  pen.fillRect(0, 0, 32, 32);
  spark = new CanvasTexture(canvas);
  return spark;
}

/** Where the points belong for the lever's place; undefined until the model has made them. */
function goal(): Float32Array | undefined {
  const { clean, noise } = live.cloud;
  if (clean.length === 0) return undefined;
  if (live.way === 'back') {
    const frame = frameAt(live.cloudBack, live.t);
    if (frame) return frame.noisy;
  }
  return mixed(clean, noise, live.abar);
}

function cloudOf(length: number, hue: number) {
  const geometry = new BufferGeometry();
  const position = new BufferAttribute(new Float32Array(length), 3);
  position.setUsage(DynamicDrawUsage);
  geometry.setAttribute('position', position);
  const colour = new Color().setHSL(hue / 360, 0.55, 0.68);
  const material = new PointsMaterial({
    size: 0.026,
    map: sparkle(),
    color: colour,
    transparent: true,
    blending: AdditiveBlending,
    depthWrite: false,
  });
  return { geometry, material, now: position.array as Float32Array, position };
}

export function Cloud({ hue }: { readonly hue: number }) {
  const points = useRef<Points>(null);
  const wish = useRef<{ version: number; at: Float32Array | undefined }>({ version: -1, at: undefined });
  const cloud = useMemo(() => cloudOf(9000, hue), [hue]);
  useEffect(
    () => () => {
      cloud.geometry.dispose();
      cloud.material.dispose();
    },
    [cloud],
  );
  useFrame((_, seconds) => {
    if (wish.current.version !== live.version) wish.current = { version: live.version, at: goal() };
    const { at } = wish.current;
    if (!points.current) return;
    points.current.visible = at !== undefined;
    if (!at) return;
    const share = 1 - 0.001 ** Math.min(0.1, seconds);
    const length = Math.min(at.length, cloud.now.length);
    for (let i = 0; i < length; i++) cloud.now[i] = cloud.now[i]! + (at[i]! * scale - cloud.now[i]!) * share;
    cloud.geometry.setDrawRange(0, length / 3);
    cloud.position.needsUpdate = true;
    if (useVisit.getState().motion === 'full') points.current.rotation.y += seconds * 0.18;
  }, phase.exhibits);
  const [x, y, z] = places.cloud.at;
  return (
    <group position={[x, y, z]}>
      <points ref={points} geometry={cloud.geometry} material={cloud.material} frustumCulled={false} />
      <Spill width={1.5} depth={1.5} position={[0, -y + 0.745, 0.15]} />
    </group>
  );
}
