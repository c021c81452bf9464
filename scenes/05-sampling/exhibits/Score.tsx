// The board over the finish: the hall's name and promise, and once a race was started, what happens now.
import type { Said } from '../../../src/controls';
import { sentence } from '../../../src/kit/panel/layout';
import { WallText } from '../../../src/kit/WallText';
import type { Words } from '../../../src/text';
import { sampling } from '../controls';
import { places } from '../furniture';
import { hue } from '../hue';

export function Score({ words }: { readonly words: Words }) {
  const said: Said | null = sampling.useValues((v) => (v.start > 0 ? v.raceSays : null));
  const { at, size } = places.score;
  return (
    <WallText
      position={[at[0], at[1], at[2] + 0.064]}
      width={size[0]}
      height={size[1]}
      hue={hue}
      tone="glass"
      title={words('title')}
      text={said ? sentence(words, said) : words('promise')}
      sizes={[430, 235]}
      align="center"
      isPlate
      density={300}
    />
  );
}
