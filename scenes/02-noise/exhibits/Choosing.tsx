// The digit: made by the model or drawn on the easel; the one chosen hangs over both.
import type { Words } from '../../../src/text';
import { Framed } from '../../../src/kit/Framed';
import { Panel } from '../../../src/kit/Panel';
import { noise } from '../controls';
import { places } from '../furniture';
import { hue } from '../hue';

const { useValues } = noise;

export function Choosing({ words }: { readonly words: Words }) {
  const { digit, chosen, easel } = places;
  const panel = { controls: noise, words, hue, tone: 'glass' } as const;
  return (
    <>
      <Framed size={chosen.size} position={chosen.at} rotation={[0, chosen.turn, 0]} source={() => useValues.getState().chosen?.values} />
      <Panel
        {...panel}
        names={['source', 'digit', 'another', 'digitSays']}
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
