// The wall behind the start: dark, so that the pictures before it are what shines, with what to take home for whoever walks through the start.
import { useEffect, useMemo } from 'react';
import { Color, Float32BufferAttribute, PlaneGeometry, SRGBColorSpace } from 'three';
import type { Words } from '../../../src/text';
import { WallText } from '../../../src/kit/WallText';
import { places } from '../furniture';
import { hue } from '../hue';

const [width, height] = [9.7, 5.1];

function graded(): PlaneGeometry {
  const geometry = new PlaneGeometry(width, height, 24, 12);
  const position = geometry.attributes.position!;
  const colours = new Float32Array(position.count * 3);
  const [deep, light, mixed] = [
    new Color().setHSL(hue / 360, 0.42, 0.1, SRGBColorSpace),
    new Color().setHSL((hue + 8) / 360, 0.44, 0.24, SRGBColorSpace),
    new Color(),
  ];
  for (let i = 0; i < position.count; i++) {
    const far = Math.hypot(position.getX(i) / (width * 0.55), (position.getY(i) + 1.2) / (height * 0.8));
    mixed.lerpColors(light, deep, Math.min(1, far) ** 1.3).toArray(colours, i * 3);
  }
  geometry.setAttribute('color', new Float32BufferAttribute(colours, 3));
  return geometry;
}

export function EndWall({ words }: { readonly words: Words }) {
  const geometry = useMemo(graded, []);
  const { takeaways } = places;
  useEffect(() => () => geometry.dispose(), [geometry]);
  return (
    <>
      <mesh geometry={geometry} position={[0, height / 2, -17.985]}>
        <meshBasicMaterial vertexColors toneMapped={false} />
      </mesh>
      <WallText
        position={takeaways.at}
        width={takeaways.size[0]}
        height={takeaways.size[1]}
        hue={hue}
        tone="glass"
        title={words('stops.takeaways.title')}
        text={words('stops.takeaways.text')}
        sizes={[210, 124]}
        density={400}
      />
    </>
  );
}
