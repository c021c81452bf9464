// The lever and its two desks: the prediction asked before the way back, and what happens now.
import { useMemo } from 'react';
import type { Words } from '../../../src/text';
import { useNumber } from '../../../src/text';
import { Lever, type Notch } from '../../../src/kit/Lever';
import { Panel } from '../../../src/kit/Panel';
import { noise } from '../controls';
import { places, tilt } from '../furniture';
import { hue } from '../hue';
import { abarAt, schedulePicked } from '../schedule';

const { useValues } = noise;
const marks = [0, 0.25, 0.5, 0.75, 1] as const;

/** The scale: t, and below it the share of the picture that is left there, sqrt(abar). */
function useNotches(): readonly Notch[] {
  const schedule = useValues((v) => v.schedule);
  const curve = useValues((v) => v.curve);
  const number = useNumber();
  // Small shares with two significant figures: a bare 0 stands nowhere.
  const share = (of: number) => number(of, of >= 0.1 ? 3 : Math.min(9, 1 - Math.floor(Math.log10(of))));
  const picked = schedulePicked({ schedule, curve });
  const lines = marks.map((at) => [number(at, at % 0.5 ? 2 : 1), share(Math.sqrt(abarAt(picked, at)))].join(';')).join('|');
  return useMemo(() => lines.split('|').map((pair, i) => ({ at: marks[i]!, lines: pair.split(';') })), [lines]);
}

export function LeverDesk({ words }: { readonly words: Words }) {
  const { lever, ask, says } = places;
  const desk = { controls: noise, words, hue, tone: 'glass', type: 64 } as const;
  return (
    <>
      <Lever
        position={lever.at}
        hue={hue}
        notches={useNotches()}
        value={() => useValues.getState().lever}
        onChange={(t) => noise.set('lever', t)}
      />
      <Panel {...desk} names={['expect', 'denoise', 'foretold']} size={ask.size} position={ask.at} rotation={[tilt, ask.turn, 0, 'YXZ']} />
      <Panel
        {...desk}
        names={['leverSays']}
        size={says.size}
        position={says.at}
        rotation={[tilt, says.turn, 0, 'YXZ']}
        title={words('stops.lever.title')}
      />
    </>
  );
}
