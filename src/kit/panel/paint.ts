// Draws a panel as it is laid out: keys, switches, sliders, curves and pictures in the room's ink.
import type { Shown } from '../../controls';
import { stamp } from '../bitmap';
import type { Ink } from '../ink';
import { heightOf, write, type Pen, type Type } from '../lettering';
import type { Box, Layout, Part } from './layout';

export interface Touched {
  readonly over: number;
  readonly down: number;
}
type Values = Readonly<Record<string, unknown>>;

export function round(pen: Pen, { x, y, w, h }: Box, radius: number, fill: string, stroke?: string, wide = 2.5): void {
  pen.beginPath();
  pen.roundRect(x, y, w, h, radius);
  pen.fillStyle = fill;
  pen.fill();
  if (!stroke) return;
  pen.lineWidth = wide;
  pen.strokeStyle = stroke;
  pen.stroke();
}

function centred(pen: Pen, text: string, box: Box, type: Type): void {
  const high = heightOf(pen, text, box.w, type);
  write(pen, text, box.x, box.y + (box.h - high) / 2 - type.size * 0.04, box.w, type);
}

/** A curve of shares (0 to 1) at equal steps across a box. */
export function trace(
  pen: Pen,
  shares: readonly number[],
  { x, y, w, h }: Box,
  colour: string,
  wide: number,
  dash: readonly number[] = [],
): void {
  pen.setLineDash([...dash]);
  pen.beginPath();
  shares.forEach((share, i) => pen.lineTo(x + (w * i) / (shares.length - 1), y + h * (1 - share)));
  pen.lineWidth = wide;
  pen.lineJoin = 'round';
  pen.strokeStyle = colour;
  pen.stroke();
  pen.setLineDash([]);
}

function key(pen: Pen, ink: Ink, part: Part, size: number, isOn: boolean, isOver: boolean, isDown: boolean): void {
  const box = isDown ? { ...part, y: part.y + 4 } : part;
  if (!isDown) round(pen, { ...part, y: part.y + 5 }, 16, 'rgb(0 0 0 / 28%)');
  round(pen, box, 16, isOn ? ink.accent : isOver || isDown ? ink.hover : ink.raised, isOn ? ink.accent : ink.line);
  centred(
    pen,
    part.label ?? '',
    { ...box, x: box.x + 16, w: box.w - 32 },
    { size, weight: 600, colour: isOn ? ink.onAccent : ink.text, align: 'center' },
  );
}

function toggleSwitch(pen: Pen, ink: Ink, part: Part, size: number, isOn: boolean, isOver: boolean): void {
  round(pen, part, 16, isOver ? ink.hover : ink.raised, ink.line);
  const track = { x: part.x + part.w - 124, y: part.y + part.h / 2 - 26, w: 100, h: 52 };
  round(pen, track, 26, isOn ? ink.accent : ink.ground, ink.line);
  round(pen, { x: track.x + (isOn ? 52 : 4), y: track.y + 4, w: 44, h: 44 }, 22, isOn ? ink.onAccent : ink.soft);
  centred(pen, part.label ?? '', { ...part, x: part.x + 26, w: part.w - 180 }, { size, weight: 600, colour: ink.text });
}

function slide(pen: Pen, ink: Ink, part: Part, share: number, isOver: boolean): void {
  const y = part.y + part.h / 2;
  round(pen, { x: part.x, y: y - 8, w: part.w, h: 16 }, 8, ink.raised, ink.line);
  round(pen, { x: part.x, y: y - 8, w: Math.max(16, part.w * share), h: 16 }, 8, ink.accent);
  const x = part.x + 28 + (part.w - 56) * share;
  round(pen, { x: x - 28, y: y - 28, w: 56, h: 56 }, 28, isOver ? ink.hover : ink.text, ink.accent, 5);
}

export function paintPanel(pen: Pen, layout: Layout, values: Values, ink: Ink, { over, down }: Touched): void {
  const { size } = layout;
  for (const { text, x, y, w, type } of layout.notes) write(pen, text, x, y, w, type);
  layout.parts.forEach((part, i) => {
    const value = values[part.name];
    const { control } = part;
    if (control.kind === 'choice') key(pen, ink, part, size, value === part.option, over === i, down === i);
    else if (control.kind === 'press' || control.kind === 'file') key(pen, ink, part, size, false, over === i, down === i);
    else if (control.kind === 'toggle') toggleSwitch(pen, ink, part, size, value === true, over === i);
    else if (control.kind === 'slider') slide(pen, ink, part, ((value as number) - control.from) / (control.to - control.from), over === i);
    else if (control.kind === 'curve') {
      round(pen, part, 12, ink.raised, ink.line);
      trace(pen, value as readonly number[], part, ink.accent, 8);
    } else if (part.option === 'clear') key(pen, ink, part, size, false, over === i, down === i);
    else if (control.kind === 'drawing') {
      const drawn = value as Float32Array | null;
      const paper = new Float32Array(control.size ** 2).fill(-1);
      stamp(pen, drawn ? drawn.map((share) => share * 2 - 1) : paper, control.size, control.size, part.x, part.y, part.w, part.h);
    } else if (control.kind === 'picture') {
      const shown = value as Shown | null;
      const box = part;
      round(pen, { x: box.x - 5, y: box.y - 5, w: box.w + 10, h: box.h + 10 }, 6, '#0b0e11', ink.line);
      if (shown) {
        const high = Math.min(box.h, (box.w * shown.height) / shown.width);
        stamp(pen, shown.values, shown.height, shown.width, box.x, box.y + (box.h - high) / 2, box.w, high);
      }
      write(pen, part.label ?? '', box.x, box.y + box.h + 8, box.w, { size: size * 0.8, colour: ink.soft, align: 'center' });
    }
  });
}
