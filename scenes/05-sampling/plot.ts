// The chart of quality against time: seconds a picture across, the judge's agreement upward, a mark for each measured point.
import { inkOf } from '../../src/kit/ink';
import { write, type Pen } from '../../src/kit/lettering';
import { round } from '../../src/kit/panel/paint';
import { hue } from './hue';
import { share, type Point } from './points';
import { nameOf } from './samplers';

interface Content {
  readonly title: string;
  readonly across: string;
  readonly up: string;
  readonly steps: string;
  readonly number: (value: number, digits?: number) => string;
  readonly series: Readonly<Record<'ddpm' | 'ddim', readonly Point[]>>;
}

const ink = inkOf('glass', hue);
const box = { left: 170, right: 70, top: 330, bottom: 210 };
const colours = { ddpm: ink.text, ddim: ink.accent } as const;

/** A round number of seconds that holds all points: 1, 2 or 5 times a power of ten. */
export function roundUp(seconds: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1e-3, seconds)));
  return power * ([1, 2, 5].find((factor) => factor * power >= seconds) ?? 10);
}

/** Decimals that tell the quarters of the axis apart. */
const decimals = (end: number) => Math.max(0, Math.min(4, 1 - Math.floor(Math.log10(end))));

/** DDPM by squares, DDIM by discs: colour is not what tells them apart. */
function mark(pen: Pen, name: 'ddpm' | 'ddim', x: number, y: number): void {
  pen.fillStyle = colours[name];
  pen.beginPath();
  if (name === 'ddim') pen.arc(x, y, 24, 0, 2 * Math.PI);
  else pen.rect(x - 21, y - 21, 42, 42);
  pen.fill();
}

export function paintChart(pen: Pen, w: number, h: number, { title, across, up, steps, number, series }: Content): void {
  round(pen, { x: 0, y: 0, w, h }, 0, ink.ground);
  write(pen, title, 60, 36, w - 120, { size: 84, weight: 600, colour: ink.accent });
  write(pen, up, 60, 236, w - 120, { size: 58, colour: ink.soft });
  let legend = 60;
  for (const name of ['ddpm', 'ddim'] as const) {
    mark(pen, name, legend + 24, 186);
    write(pen, nameOf[name], legend + 64, 150, 400, { size: 62, weight: 600, colour: colours[name] });
    legend += 380;
  }
  const field = { x: box.left, y: box.top, w: w - box.left - box.right, h: h - box.top - box.bottom };
  round(pen, field, 8, ink.raised, ink.line);
  const end = roundUp(Math.max(0.001, ...[...series.ddpm, ...series.ddim].map(({ seconds }) => seconds)));
  const isEmpty = !series.ddpm.length && !series.ddim.length;
  for (const part of [0, 0.25, 0.5, 0.75, 1]) {
    const y = field.y + field.h * (1 - part);
    round(pen, { x: field.x, y: y - 1, w: field.w, h: 2 }, 0, ink.line);
    write(pen, `${number(part * 100)} %`, 0, y - 34, box.left - 16, { size: 54, colour: ink.soft, align: 'right' });
    if (isEmpty || part % 0.5) continue;
    write(pen, number(end * part, part ? decimals(end) : 0), field.x + field.w * part - 150, field.y + field.h + 8, 300, {
      size: 56,
      colour: ink.soft,
      align: 'center',
    });
  }
  write(pen, across, field.x, field.y + field.h + 100, field.w, { size: 60, colour: ink.soft, align: 'center' });
  for (const name of ['ddpm', 'ddim'] as const) {
    const spots = series[name].map((point) => ({
      point,
      x: field.x + (field.w * point.seconds) / end,
      y: field.y + field.h * (1 - share(point)),
    }));
    pen.beginPath();
    spots.forEach(({ x, y }) => pen.lineTo(x, y));
    pen.setLineDash(name === 'ddpm' ? [26, 16] : []);
    pen.lineWidth = 7;
    pen.strokeStyle = colours[name];
    pen.stroke();
    pen.setLineDash([]);
    for (const { x, y, point } of spots) {
      mark(pen, name, x, y);
      // Above the disc, under the square: the two stand near each other.
      const below = name === 'ddpm' ? 30 : -92;
      write(pen, number(point.steps), x - 120, y + below, 240, { size: 54, weight: 600, colour: colours[name], align: 'center' });
    }
  }
  if (!isEmpty) write(pen, steps, field.x + 20, field.y + field.h - 80, field.w - 40, { size: 52, colour: ink.soft, align: 'right' });
}
