// The wall of pictures: four pinned up as the network learns, and between them the one that lives; on a night-dark ground that lets them glow.
import { useEffect, useMemo } from 'react';
import { Color, Float32BufferAttribute, PlaneGeometry, SRGBColorSpace } from 'three';
import type { Shown } from '../../../src/controls';
import { PixelWall } from '../../../src/kit/PixelWall';
import { WallText } from '../../../src/kit/WallText';
import type { Words } from '../../../src/text';
import { pins, training } from '../controls';
import { windows } from '../furniture';
import { digitsRecipe } from '../recipe';

const { useValues } = training;
const [width, height] = [12.7, 4.9];
const side = 2 * digitsRecipe.side;

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

const wordsUnder = (shown: Shown | null, words: Words) => (shown ? words(`said.${shown.said.key}`, shown.said.with) : '');

function Window({ name, words, hue }: { readonly name: 'live' | (typeof pins)[number]; readonly words: Words; readonly hue: number }) {
  const { at, size } = windows[name];
  const under = useValues((v) => wordsUnder(v[name], words));
  const [, ...rest] = at;
  return (
    <>
      <PixelWall
        position={[at[0], rest[0], rest[1] + 0.03]}
        size={size}
        side={side}
        above={at[1]}
        source={() => useValues.getState()[name]?.values}
      />
      <WallText
        position={[at[0], at[1] + size / 2 + 0.2, -11.95]}
        width={size + 0.3}
        height={0.22}
        hue={hue}
        tone="glass"
        title={words(`controls.${name}.label`)}
        sizes={[150, 40]}
        align="center"
        density={420}
      />
      <WallText
        position={[at[0], at[1] - size / 2 - 0.33, -11.93]}
        width={size + 0.3}
        height={0.42}
        hue={hue}
        tone="glass"
        text={under}
        sizes={[100, 100]}
        align="center"
        density={420}
      />
    </>
  );
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
        position={[0, 4.42, -11.95]}
        width={10.6}
        height={0.8}
        hue={hue}
        tone="glass"
        title={words('title')}
        text={words('promise')}
        sizes={[300, 200]}
        align="center"
        density={190}
      />
    </>
  );
}
