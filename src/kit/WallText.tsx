// Words on a wall: a title and a text set in one column, printed on the wall itself or on a plate.
import type { ThreeElements } from '@react-three/fiber';
import { useCallback } from 'react';
import { inkOf, onWall, type Tone } from './ink';
import { heightOf, linesOf, setFont, write, type Pen, type Type } from './lettering';
import { Print } from './Print';

interface Props extends Omit<ThreeElements['mesh'], 'children' | 'scale'> {
  readonly width: number;
  readonly height: number;
  readonly hue: number;
  readonly tone?: Tone;
  readonly title?: string | undefined;
  readonly text?: string | undefined;
  /** Type of the title and of the text, mm. */
  readonly sizes?: readonly [title: number, text: number];
  readonly align?: 'left' | 'center' | 'right';
  /** On a plate of its own ground, not on the wall. */
  readonly isPlate?: boolean;
  readonly density?: number;
}

/** The narrowest column in which a text has no more lines: they become about as long as each other. */
function balanced(pen: Pen, text: string, width: number, { size, weight }: Type): number {
  setFont(pen, size, weight);
  const most = linesOf(pen, text, width).length;
  let column = width;
  while (most > 1 && column > width * 0.4 && linesOf(pen, text, column - size * 0.5).length <= most) column -= size * 0.5;
  return column;
}

export function WallText({
  width,
  height,
  hue,
  tone = 'paper',
  title,
  text,
  sizes = [80, 42],
  align = 'left',
  isPlate = false,
  density,
  ...mesh
}: Props) {
  const [large, small] = sizes;
  const draw = useCallback(
    (pen: Pen, w: number, h: number) => {
      const ink = inkOf(tone, hue);
      const margin = isPlate ? 36 : 4;
      if (isPlate) {
        pen.fillStyle = ink.ground;
        pen.fillRect(0, 0, w, h);
      }
      const wide = w - 2 * margin;
      const types = (scale: number): [Type, Type] => [
        { size: large * scale, weight: 600, colour: !isPlate && tone === 'paper' ? onWall(hue) : ink.accent, align, lead: 1.1 },
        { size: small * scale, colour: ink.text, align, lead: 1.28 },
      ];
      const gap = title && text ? small * 0.5 : 0;
      const tall = ([top, body]: [Type, Type]) => heightOf(pen, title ?? '', wide, top) + gap + heightOf(pen, text ?? '', wide, body);
      let scale = 1;
      while (scale > 0.5 && tall(types(scale)) > h - 2 * margin) scale -= 0.04;
      const [top, body] = types(scale);
      const y = margin + (title ? write(pen, title, margin, margin, wide, top) + gap : 0);
      if (!text) return;
      const column = align === 'center' ? balanced(pen, text, wide, body) : wide;
      write(pen, text, margin + (wide - column) / 2, y, column, body);
    },
    [tone, hue, title, text, large, small, align, isPlate],
  );
  const said = [title, text].filter(Boolean).join('. ');
  return (
    <Print
      name={said}
      width={width}
      height={height}
      draw={draw}
      isClear={!isPlate}
      {...(density === undefined ? {} : { density })}
      {...mesh}
    />
  );
}
