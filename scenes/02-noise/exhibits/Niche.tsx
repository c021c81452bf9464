// The end wall of the hall: a night-blue ground, lightest behind the pictures, so that what the model makes is brightest.
import { useEffect, useMemo } from 'react';
import { Color, Float32BufferAttribute, PlaneGeometry, SRGBColorSpace } from 'three';

const [width, height] = [9.7, 4.9];

function graded(hue: number): PlaneGeometry {
  const geometry = new PlaneGeometry(width, height, 24, 12);
  const position = geometry.attributes.position!;
  const colours = new Float32Array(position.count * 3);
  const [deep, light, mixed] = [
    new Color().setHSL(hue / 360, 0.5, 0.12, SRGBColorSpace),
    new Color().setHSL((hue + 4) / 360, 0.42, 0.25, SRGBColorSpace),
    new Color(),
  ];
  for (let i = 0; i < position.count; i++) {
    const far = Math.hypot(position.getX(i) / (width * 0.55), (position.getY(i) + 0.2) / (height * 0.66));
    mixed.lerpColors(light, deep, Math.min(1, far) ** 1.4).toArray(colours, i * 3);
  }
  geometry.setAttribute('color', new Float32BufferAttribute(colours, 3));
  return geometry;
}

export function Niche({ hue }: { readonly hue: number }) {
  const geometry = useMemo(() => graded(hue), [hue]);
  useEffect(() => () => geometry.dispose(), [geometry]);
  return (
    <mesh geometry={geometry} position={[0, height / 2, -11.985]}>
      <meshBasicMaterial vertexColors toneMapped={false} />
    </mesh>
  );
}
