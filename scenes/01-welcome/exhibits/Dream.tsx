// The dream: one button, a window of tiles that shows the picture as it is denoised, and beside it what the model expects to find.
import type { Words } from '../../../src/text';
import { Button } from '../../../src/kit/Button';
import { Framed } from '../../../src/kit/Framed';
import { Panel } from '../../../src/kit/Panel';
import { PixelWall } from '../../../src/kit/PixelWall';
import { useEngine } from '../../../src/kit/useEngine';
import { WallText } from '../../../src/kit/WallText';
import { welcome } from '../controls';
import { places, plate, plateLean, tilt } from '../furniture';
import { useShimmer } from './stillNoise';

const { useValues } = welcome;
const { window, button, guess, expect } = places;

interface Props {
  readonly words: Words;
  readonly hue: number;
}

export function Dream({ words, hue }: Props) {
  const presses = useValues((v) => v.dream);
  const shimmer = useShimmer(useEngine());
  const top = window.at[1] + window.size / 2;
  return (
    <>
      <PixelWall
        position={[window.at[0], window.at[1], window.at[2] + 0.03]}
        size={window.size}
        above={window.at[1]}
        source={() => useValues.getState().noisy?.values ?? shimmer.at(performance.now() / 1000)}
      />
      <Button
        position={[button.at[0], button.at[1], button.at[2]]}
        hue={hue}
        isInviting={presses === 0}
        onPress={() => welcome.press('dream')}
      />
      <WallText
        position={[0, top + 0.29, -8.97]}
        width={4}
        height={0.25}
        hue={hue}
        text={words('controls.noisy.label')}
        sizes={[170, 175]}
        align="center"
        density={420}
      />
      {/* The plate under the button is the button, too. */}
      <WallText
        position={[plate[0], plate[1], plate[2] + 0.012]}
        rotation={[plateLean, 0, 0]}
        width={0.47}
        height={0.33}
        hue={hue}
        tone="glass"
        title={words('controls.dream.label')}
        sizes={[100, 40]}
        align="center"
        isPlate
        onClick={(event) => {
          event.stopPropagation();
          if (event.delta <= 12) welcome.press('dream');
        }}
      />
      <group position={[guess.at[0], guess.at[1], guess.at[2]]} rotation={[tilt, guess.turn, 0, 'YXZ']}>
        <Framed size={0.58} position={[0, 0.055, 0.003]} source={() => useValues.getState().clean?.values} />
        <WallText position={[0, 0, -0.002]} width={guess.size[0]} height={guess.size[1]} hue={hue} tone="glass" isPlate text="" />
        <WallText
          position={[0, -0.305, 0.004]}
          width={0.7}
          height={0.12}
          hue={hue}
          tone="glass"
          text={words('controls.clean.label')}
          sizes={[56, 56]}
          align="center"
        />
      </group>
      <Panel
        controls={welcome}
        words={words}
        names={['expect', 'dreamSays', 'foretold']}
        size={expect.size}
        position={expect.at}
        rotation={[tilt, expect.turn, 0, 'YXZ']}
        hue={hue}
        tone="paper"
        type={84}
      />
    </>
  );
}
