// The wall of pictures: four pinned up as the network learns, and between them the one that lives; on a night-dark ground that lets them glow.
import { useEffect, useMemo } from 'react';
import { Color, Float32BufferAttribute, PlaneGeometry, SRGBColorSpace } from 'three';
import { WallText } from '../../../src/kit/WallText';
import type { Words } from '../../../src/text';
import { pins } from '../controls';
import { Window } from './Window';

const [width, height] = [12.7, 4.9];

/** Darkest at the edges, a little lighter behind the pictures. */
function graded(hue: number): PlaneGeometry {
  const geometry = new PlaneGeometry(width, height, 28, 12);
  const position = geometry.attributes.position!;
  const colours = new Float32Array(position.count * 3);
  const deep = new Color().setHSL(hue / 360, 0.42, 0.07, SRGBColorSpace);
  const light = new Color().setHSL(((hue + 8) % 360) / 360, 0.4, 0.19, SRGBColorSpace);
  const mixed = new Color();
  for (let at = 0; at < position.count; at++) {
    const far = Math.hypot(position.getX(at) / (width * 0.56), (position.getY(at) + 0.2) / (height * 0.66));
    mixed.lerpColors(light, deep, Math.min(1, far) ** 1.4).toArray(colours, at * 3);
  }
  geometry.setAttribute('color', new Float32BufferAttribute(colours, 3));
  return geometry;
}

export function Windows({ words, hue }: { readonly words: Words; readonly hue: number }) {
  const geometry = useMemo(() => graded(hue), [hue]);
  useEffect(() => () => geometry.dispose(), [geometry]);
  return (
    <>
      <mesh geometry={geometry} position={[0, height / 2, -11.985]}>
        <meshBasicMaterial vertexColors toneMapped={false} />
      </mesh>
      {(['live', ...pins] as const).map((name) => (
        <Window key={name} name={name} words={words} hue={hue} />
      ))}
      <WallText
        position={[0, 4.54, -11.95]}
        width={10.6}
        height={0.7}
        hue={hue}
        tone="glass"
        title={words('title')}
        text={words('promise')}
        sizes={[300, 200]}
        align="center"
        density={190}
      />
      {(['epoch', 'judge'] as const).map((name, at) => (
        <WallText
          key={name}
          position={[at === 0 ? -3.66 : 3.66, 0.98, -11.95]}
          width={4.2}
          height={0.34}
          hue={hue}
          tone="glass"
          text={words(`legend.${name}`)}
          sizes={[120, 120]}
          align="center"
          density={300}
        />
      ))}
    </>
  );
}
