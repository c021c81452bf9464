// The board of nine repeats: each picture, where it differs from the first, and its fingerprint under both.
import { useCallback } from 'react';
import { stamp } from '../../../src/kit/bitmap';
import { inkOf } from '../../../src/kit/ink';
import { write, type Pen } from '../../../src/kit/lettering';
import { Panel } from '../../../src/kit/Panel';
import { round } from '../../../src/kit/panel/paint';
import { Print } from '../../../src/kit/Print';
import type { Words } from '../../../src/text';
import { sampling } from '../controls';
import { places } from '../furniture';
import { hue } from '../hue';
import { live } from '../live';
import { differenceOf } from '../picture';
import { side } from '../samplers';

const ink = inkOf('glass', hue);

export function Nine({ words }: { readonly words: Words }) {
  const { nine, repeat } = places;
  // The story's picture of all nine tells that there is a new one.
  const shown = sampling.useValues((v) => v.nine);
  const title = words('controls.nine.label');
  const difference = words('controls.difference.label');
  const draw = useCallback(
    (pen: Pen, w: number, h: number) => {
      round(pen, { x: 0, y: 0, w, h }, 0, ink.ground);
      write(pen, title, 60, 34, w / 2, { size: 84, weight: 600, colour: ink.accent });
      write(pen, difference, w / 2, 44, w / 2 - 60, { size: 62, colour: ink.soft, align: 'right' });
      const [cell, row, top] = [(w - 120) / 3, (h - 190) / 3, 160];
      const each = Math.min(cell / 2 - 44, row - 110);
      const repeats = shown ? live.repeats : [];
      for (let i = 0; i < 9; i++) {
        const [x, y] = [60 + (i % 3) * cell, top + Math.floor(i / 3) * row];
        const left = x + (cell - 2 * each - 20) / 2;
        const one = repeats[i];
        for (const [at, image] of [
          [left, one?.image],
          [left + each + 20, one && differenceOf(one.image, repeats[0]!.image)],
        ] as const) {
          round(pen, { x: at - 4, y: y - 4, w: each + 8, h: each + 8 }, 4, '#0b0e11', ink.line);
          if (image) stamp(pen, image, side, side, at, y, each, each);
        }
        const isOther = one && one.hash !== repeats[0]!.hash;
        write(pen, one?.hash ?? '······', x, y + each + 8, cell, {
          size: 76,
          weight: 600,
          colour: isOther ? ink.accent : ink.text,
          align: 'center',
        });
      }
    },
    [shown, title, difference],
  );
  return (
    <>
      <Print width={nine.size[0]} height={nine.size[1]} density={520} position={nine.at} rotation={[0, nine.turn, 0]} draw={draw} />
      <Panel
        controls={sampling}
        names={['again', 'expectNine', 'repeat', 'proof', 'foretoldNine']}
        words={words}
        size={repeat.size}
        position={repeat.at}
        rotation={[0, repeat.turn, 0]}
        hue={hue}
        tone="glass"
        type={84}
        title={words('stops.repeat.title')}
        text={shown ? undefined : words('stops.repeat.text')}
      />
    </>
  );
}
