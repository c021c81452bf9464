// What came back: the picture that set out beside the one that returned, with what a second network reads in both.
import type { Words } from '../../../src/text';
import { Panel } from '../../../src/kit/Panel';
import { noise } from '../controls';
import { places } from '../furniture';
import { hue } from '../hue';

export function Return({ words }: { readonly words: Words }) {
  const { at, turn, size } = places.back;
  const isEmpty = noise.useValues((v) => v.after === null);
  return (
    <Panel
      controls={noise}
      names={['before', 'after', 'compare', 'foretold', 'reshuffle']}
      words={words}
      size={size}
      position={at}
      rotation={[0, turn, 0]}
      hue={hue}
      tone="glass"
      pictures={880}
      title={words('stops.clean.title')}
      text={isEmpty ? words('stops.clean.text') : undefined}
    />
  );
}
