// The digit: made by the model or drawn on the easel; the one chosen stands under the keys.
import type { Words } from '../../../src/text';
import { Panel } from '../../../src/kit/Panel';
import { noise } from '../controls';
import { places } from '../furniture';
import { hue } from '../hue';

export function Choosing({ words }: { readonly words: Words }) {
  const { digit, easel } = places;
  const panel = { controls: noise, words, hue, tone: 'glass' } as const;
  return (
    <>
      <Panel
        {...panel}
        names={['source', 'digit', 'another', 'chosen', 'digitSays']}
        size={digit.size}
        position={digit.at}
        rotation={[0, digit.turn, 0]}
        title={words('stops.digit.title')}
      />
      <Panel
        {...panel}
        names={['pad']}
        size={easel.size}
        position={easel.at}
        rotation={[0, easel.turn, 0]}
        tone="paper"
        isAlways
        onUse={() => noise.set('source', 'drawn')}
      />
    </>
  );
}
