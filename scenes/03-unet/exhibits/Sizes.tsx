// The sizes of great networks beside the one in the hall: squares whose areas are their parameters.
import { useCallback, useMemo } from 'react';
import { useNumber, type Words } from '../../../src/text';
import { inkOf } from '../../../src/kit/ink';
import { write, type Pen } from '../../../src/kit/lettering';
import { Panel } from '../../../src/kit/Panel';
import { Print } from '../../../src/kit/Print';
import { unet } from '../controls';
import { places } from '../furniture';
import { hue } from '../hue';
import { besideGreat } from '../great';
import { useNetwork } from '../network';

const drawnHeight = 1.06;
/** For the labels below the squares, mm: three lines. */
const labelled = 226;

interface Props {
  readonly words: Words;
  readonly names: readonly string[];
}

export function Sizes({ words, names }: Props) {
  const { at, turn, size } = places.sizes;
  const layout = useNetwork((n) => n.layout);
  const stand = useMemo(() => besideGreat(layout), [layout]);
  const title = words('stops.sizes.title');
  const number = useNumber();
  const labels = stand.map(({ name, parameters }) => words(`sizes.${name}`, { millions: number(parameters / 1e6, 1) })).join('|');
  const draw = useCallback(
    (pen: Pen, w: number, h: number) => {
      const ink = inkOf('glass', hue);
      pen.fillStyle = ink.ground;
      pen.fillRect(0, 0, w, h);
      write(pen, title, 46, 36, w - 92, { size: 84, weight: 600, colour: ink.accent });
      const all = stand.map(({ parameters }) => parameters);
      const side = (parameters: number) => 560 * Math.sqrt(parameters / Math.max(...all));
      const gap = 56;
      const wide = all.map((parameters) => Math.max(side(parameters), 310));
      const scale = Math.min(1, (w - 92 - gap * (all.length - 1)) / wide.reduce((sum, one) => sum + one, 0));
      let x = 46;
      labels.split('|').forEach((label, i) => {
        const edge = Math.max(4, side(all[i]!) * scale);
        pen.fillStyle = i === 0 ? '#ffe8be' : ink.accent;
        pen.globalAlpha = i === 0 ? 1 : 0.72;
        pen.fillRect(x, h - labelled - edge, edge, edge);
        pen.globalAlpha = 1;
        write(pen, label, x, h - labelled + 14, wide[i]! * scale + gap * 0.7, { size: 50, colour: i === 0 ? '#ffe8be' : ink.text });
        x += wide[i]! * scale + gap;
      });
    },
    [stand, labels, title],
  );
  const y = at[1] + size[1] / 2 - drawnHeight / 2;
  return (
    <>
      <Print name={title} width={size[0]} height={drawnHeight} draw={draw} position={[at[0], y, at[2] - 0.001]} rotation={[0, turn, 0]} />
      <Panel
        controls={unet}
        names={names}
        words={words}
        hue={hue}
        tone="glass"
        size={[size[0], size[1] - drawnHeight]}
        position={[at[0], at[1] - drawnHeight / 2, at[2]]}
        rotation={[0, turn, 0]}
        type={66}
        text={words('stops.sizes.text')}
      />
    </>
  );
}
