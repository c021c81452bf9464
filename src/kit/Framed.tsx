// A small live picture in pixels, behind glass: what the engine last made, fading over from what stood there.
import { useFrame, type ThreeElements } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { DataTexture, LinearMipmapLinearFilter, NearestFilter, SRGBColorSpace } from 'three';
import { inkPixel } from './bitmap';
import { phase } from './phase';
import { plane } from './shapes';

interface Props extends Omit<ThreeElements['mesh'], 'children' | 'scale'> {
  readonly size: number;
  readonly side?: number;
  /** [side x side] in [-1, 1]; read in each frame. */
  readonly source: () => Float32Array | undefined;
}

export function Framed({ size, side = 32, source, ...mesh }: Props) {
  const held = useMemo(() => {
    const bytes = new Uint8ClampedArray(side * side * 4);
    const now = new Float32Array(side * side).fill(-1);
    for (let i = 0; i < now.length; i++) inkPixel(-1, bytes, i * 4);
    const texture = new DataTexture(bytes, side, side);
    texture.colorSpace = SRGBColorSpace;
    texture.magFilter = NearestFilter;
    texture.minFilter = LinearMipmapLinearFilter;
    texture.generateMipmaps = true;
    texture.needsUpdate = true;
    return { bytes, now, texture };
  }, [side]);
  useEffect(() => () => held.texture.dispose(), [held]);
  useFrame((_, seconds) => {
    const { bytes, now, texture } = held;
    const goal = source();
    const share = 1 - 0.0004 ** Math.min(0.1, seconds);
    let moved = 0;
    for (let i = 0; i < now.length; i++) {
      const step = (goal?.[i] ?? -1) - now[i]!;
      moved = Math.max(moved, Math.abs(step));
      now[i] = now[i]! + step * share;
    }
    if (moved < 0.004) return;
    // The rows of a texture run upwards.
    for (let i = 0; i < now.length; i++) inkPixel(now[i]!, bytes, ((side - 1 - Math.floor(i / side)) * side + (i % side)) * 4);
    texture.needsUpdate = true;
  }, phase.exhibits);
  return (
    <mesh geometry={plane} scale={[size, size, 1]} {...mesh}>
      <meshBasicMaterial map={held.texture} toneMapped={false} />
    </mesh>
  );
}
