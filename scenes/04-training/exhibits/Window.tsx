// One window of the wall: a picture in tiles of glass, and above it what it is and what was measured of it.
import { Framed } from '../../../src/kit/Framed';
import { PixelWall } from '../../../src/kit/PixelWall';
import { WallText } from '../../../src/kit/WallText';
import type { Words } from '../../../src/text';
import { useVisit } from '../../../src/visit';
import { training, type pins } from '../controls';
import { windows } from '../furniture';
import { digitsRecipe } from '../recipe';

const { useValues } = training;
const side = 2 * digitsRecipe.side;

interface Props {
  readonly name: 'live' | (typeof pins)[number];
  readonly words: Words;
  readonly hue: number;
}

export function Window({ name, words, hue }: Props) {
  const { at, size } = windows[name];
  const said = useValues((v) => v[name]?.said);
  // Four thousand tiles a window are too many where there is no graphics card; the living one keeps them.
  const isFlat = useVisit((v) => v.tier === 'low') && name !== 'live';
  const [x, y, z] = at;
  const source = () => useValues.getState()[name]?.values;
  return (
    <>
      {isFlat ? (
        <Framed size={size} side={side} position={[x, y, z + 0.01]} source={source} />
      ) : (
        <PixelWall position={[x, y, z + 0.03]} size={size} side={side} above={y} source={source} />
      )}
      <WallText
        position={[x, y + size / 2 + 0.34, -11.95]}
        width={size + 0.24}
        height={0.5}
        hue={hue}
        tone="glass"
        title={words(`controls.${name}.label`)}
        text={said && words(`said.${said.key}`, said.with)}
        sizes={[132, 94]}
        align="center"
        density={420}
      />
    </>
  );
}
