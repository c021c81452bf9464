// The desk before the finish: what is raced on the left, what is expected on the right, and the button that starts it, with its sign.
import { useState } from 'react';
import { touch } from '../../../src/audio';
import type { Words } from '../../../src/text';
import { Button } from '../../../src/kit/Button';
import { useCursor } from '../../../src/kit/cursor';
import { hitPlane } from '../../../src/kit/hit';
import { Panel } from '../../../src/kit/Panel';
import { WallText } from '../../../src/kit/WallText';
import { sampling } from '../controls';
import { places, tilt } from '../furniture';
import { hue } from '../hue';

export function Desk({ words }: { readonly words: Words }) {
  const { ask, guess, button } = places;
  const isFresh = sampling.useValues((v) => v.start === 0);
  const [isOverSign, setOver] = useState(false);
  useCursor(isOverSign && 'pointer');
  const start = () => sampling.press('start');
  const desk = { controls: sampling, words, hue, tone: 'glass', type: 64 } as const;
  return (
    <>
      <Panel {...desk} names={['digit', 'network', 'another']} size={ask.size} position={ask.at} rotation={[tilt, ask.turn, 0, 'YXZ']} />
      <Panel
        {...desk}
        names={['first', 'best', 'raceSays']}
        size={guess.size}
        position={guess.at}
        rotation={[tilt, guess.turn, 0, 'YXZ']}
      />
      <Button position={button.at} hue={hue} isInviting={isFresh} onPress={start} />
      <WallText
        position={[0, 0.58, button.at[2] + 0.286]}
        rotation={[-0.06, 0, 0]}
        width={0.48}
        height={0.3}
        hue={hue}
        tone="glass"
        title={words('controls.start.label')}
        sizes={[96, 40]}
        align="center"
        isPlate
        raycast={hitPlane}
        onPointerDown={(event) => {
          event.stopPropagation();
          touch('press');
        }}
        onPointerOver={() => setOver(true)}
        onPointerOut={() => setOver(false)}
        onClick={(event) => {
          event.stopPropagation();
          if (event.delta <= 12) start();
        }}
      />
    </>
  );
}
