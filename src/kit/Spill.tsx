// The light that a glowing exhibit throws on the floor before it: brightest at its foot, gone further out.
import type { ThreeElements } from '@react-three/fiber';
import type { Ref } from 'react';
import { AdditiveBlending, CanvasTexture, type MeshBasicMaterial } from 'three';
import { plane } from './shapes';
import { penOf } from './pen';

let fade: CanvasTexture | undefined;

function fading(): CanvasTexture {
  if (fade) return fade;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 128;
  const pen = penOf(canvas)!;
  const light = pen.createRadialGradient(64, 30, 4, 64, 30, 64);
  light.addColorStop(0, 'rgb(255 224 170)');
  light.addColorStop(0.4, 'rgb(120 100 70)');
  light.addColorStop(1, 'rgb(0 0 0)');
  pen.fillStyle = light;
  pen.fillRect(0, 0, 128, 128);
  fade = new CanvasTexture(canvas);
  return fade;
}

interface Props extends Omit<ThreeElements['mesh'], 'ref' | 'children'> {
  readonly width: number;
  readonly depth: number;
  readonly ref?: Ref<MeshBasicMaterial>;
}

export function Spill({ width, depth, ref, ...mesh }: Props) {
  return (
    <mesh geometry={plane} rotation={[-Math.PI / 2, 0, 0]} scale={[width, depth, 1]} renderOrder={2} {...mesh}>
      <meshBasicMaterial ref={ref ?? null} map={fading()} blending={AdditiveBlending} transparent depthWrite={false} opacity={0.1} />
    </mesh>
  );
}
