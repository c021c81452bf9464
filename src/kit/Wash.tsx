// Wall lamps: slim glowing tubes, and the warm light that they throw on the wall behind them.
import type { ThreeElements } from '@react-three/fiber';
import { AdditiveBlending, CanvasTexture } from 'three';
import { cube, plane } from './shapes';
import { penOf } from './pen';

let fade: CanvasTexture | undefined;

/** A long soft patch, brightest along its middle. */
function fading(): CanvasTexture {
  if (fade) return fade;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 128;
  const pen = penOf(canvas)!;
  const light = pen.createRadialGradient(64, 64, 2, 64, 64, 64);
  light.addColorStop(0, 'rgb(255 206 138)');
  light.addColorStop(0.3, 'rgb(120 92 56)');
  light.addColorStop(0.65, 'rgb(34 25 14)');
  light.addColorStop(1, 'rgb(0 0 0)');
  pen.fillStyle = light;
  pen.fillRect(0, 0, 128, 128);
  fade = new CanvasTexture(canvas);
  return fade;
}

interface Props extends Omit<ThreeElements['group'], 'children'> {
  readonly height: number;
  /** Size of the patch of light on the wall. */
  readonly reach: readonly [width: number, height: number];
}

export function WallLamp({ height, reach: [wide, tall], ...group }: Props) {
  return (
    <group {...group}>
      <mesh geometry={cube} scale={[0.05, height, 0.05]}>
        <meshBasicMaterial color="#ffe9c4" toneMapped={false} />
      </mesh>
      <mesh geometry={plane} scale={[wide, tall, 1]} position={[0, 0, -0.085]} renderOrder={1}>
        <meshBasicMaterial map={fading()} blending={AdditiveBlending} transparent depthWrite={false} opacity={0.5} />
      </mesh>
    </group>
  );
}
