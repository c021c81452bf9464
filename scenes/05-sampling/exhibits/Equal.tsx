// DDIM beside Euler on the same levels: two pictures, their fingerprints, and how far they are apart.
import type { Words } from '../../../src/text';
import { Panel } from '../../../src/kit/Panel';
import { sampling } from '../controls';
import { places } from '../furniture';
import { hue } from '../hue';

export function Equal({ words }: { readonly words: Words }) {
  const { at, turn, size } = places.equal;
  const isEmpty = sampling.useValues((v) => v.equalSays === null);
  return (
    <Panel
      controls={sampling}
      names={['expectEqual', 'compare', 'byDdim', 'byEuler', 'equalSays', 'foretoldEqual']}
      words={words}
      size={size}
      position={at}
      rotation={[0, turn, 0]}
      hue={hue}
      tone="glass"
      type={80}
      pictures={720}
      title={words('stops.equal.title')}
      text={isEmpty ? words('stops.equal.text') : undefined}
    />
  );
}
