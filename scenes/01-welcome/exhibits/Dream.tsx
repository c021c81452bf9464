// The dream: one button, a window of tiles that shows the picture as it is denoised, and beside it what the model expects to find.
import type { Words } from '../../../src/text';
import { Button } from '../../../src/kit/Button';
import { Framed } from '../../../src/kit/Framed';
import { Panel } from '../../../src/kit/Panel';
import { PixelWall } from '../../../src/kit/PixelWall';
import { WallText } from '../../../src/kit/WallText';
import { welcome } from '../controls';
import { places, tilt } from '../furniture';

const { useValues } = welcome;
const { window, button, guess, expect } = places;

interface Props {
  readonly words: Words;
  readonly hue: number;
}

export function Dream({ words, hue }: Props) {
  const presses = useValues((v) => v.dream);
  return (
    <>
      <PixelWall
        position={[window.at[0], window.at[1], window.at[2] + 0.03]}
        size={window.size}
        above={window.at[1]}
        source={() => useValues.getState().noisy?.values}
      />
      <Button
        position={[button.at[0], button.at[1], button.at[2]]}
        hue={hue}
        isInviting={presses === 0}
        onPress={() => welcome.press('dream')}
      />
      <WallText
        position={[0, 0.82, -8.66]}
        width={3.6}
        height={0.17}
        hue={hue}
        tone="glass"
        title={words('controls.noisy.label')}
        sizes={[110, 40]}
        align="center"
        density={420}
      />
      <WallText
        position={[0, 0.62, button.at[2] + 0.285]}
        width={0.42}
        height={0.3}
        hue={hue}
        title={words('controls.dream.label')}
        sizes={[74, 40]}
        align="center"
      />
      <group position={[guess.at[0], guess.at[1], guess.at[2]]} rotation={[tilt, guess.turn, 0, 'YXZ']}>
        <Framed size={0.5} position={[0, 0.05, 0.003]} source={() => useValues.getState().clean?.values} />
        <WallText position={[0, 0, -0.002]} width={guess.size[0]} height={guess.size[1]} hue={hue} tone="glass" isPlate text="" />
        <WallText
          position={[0, -0.255, 0.004]}
          width={0.6}
          height={0.1}
          hue={hue}
          tone="glass"
          text={words('controls.clean.label')}
          sizes={[40, 36]}
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
        type={42}
      />
    </>
  );
}
