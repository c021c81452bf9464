// The two views of the reverse step as great walls of tiles: the noisy picture x_t, and the model's guess of the clean one.
import type { Words } from '../../../src/text';
import { PixelWall } from '../../../src/kit/PixelWall';
import { WallText } from '../../../src/kit/WallText';
import { noise } from '../controls';
import { places } from '../furniture';
import { hue } from '../hue';

const { useValues } = noise;

export function Windows({ words }: { readonly words: Words }) {
  return (
    <>
      {(['noisy', 'guess'] as const).map((name) => {
        const { at, size } = places[name];
        return (
          <group key={name}>
            <PixelWall
              position={[at[0], at[1], at[2] + 0.03]}
              size={size}
              above={at[1]}
              source={() => useValues.getState()[name]?.values}
            />
            <WallText
              position={[at[0], at[1] + size / 2 + 0.26, -11.95]}
              width={2.8}
              height={0.27}
              hue={hue}
              tone="glass"
              title={words(`controls.${name}.label`)}
              sizes={[200, 40]}
              align="center"
              density={420}
            />
          </group>
        );
      })}
      <WallText
        position={[0, 4.3, -11.95]}
        width={8.4}
        height={1.1}
        hue={hue}
        tone="glass"
        title={words('title')}
        text={words('promise')}
        sizes={[350, 255]}
        align="center"
        density={240}
      />
    </>
  );
}
