// The chart of quality against time: seconds a picture across, the judge's agreement upward, a mark for each measured point.
import { inkOf } from '../../src/kit/ink';
import { write, type Pen } from '../../src/kit/lettering';
import { round } from '../../src/kit/panel/paint';
import { hue } from './hue';
import { share, type Point } from './points';
import { racers } from './racers';

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

/** Seconds at which the axis has marks, from just under the least to just over the most: 1, 2 and 5 times powers of ten. */
export function marksOf(seconds: readonly number[]): number[] {
  const [least, most] = [Math.min(...seconds), Math.max(...seconds)];
  const all = Array.from({ length: 9 }, (_, i) => 10 ** (i - 5)).flatMap((power) => [1, 2, 5].map((factor) => factor * power));
  const from = Math.max(
    0,
    all.findLastIndex((mark) => mark <= least * 0.95),
  );
  const to = all.findIndex((mark) => mark >= most * 1.05);
  return all.slice(from, to < 0 ? all.length : to + 1).map((mark) => Number(mark.toPrecision(1)));
}

/** Decimals that a mark needs. */
const decimals = (mark: number) => Math.max(0, -Math.floor(Math.log10(mark)));

/** Room over the topmost points, for their numbers. */
const headroom = 0.16;

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
    write(pen, racers[name].name, legend + 64, 150, 400, { size: 62, weight: 600, colour: colours[name] });
    legend += 380;
  }
  const field = { x: box.left, y: box.top, w: w - box.left - box.right, h: h - box.top - box.bottom };
  round(pen, field, 8, ink.raised, ink.line);
  const points = [...series.ddpm, ...series.ddim];
  const marks = points.length ? marksOf(points.map(({ seconds }) => seconds)) : [];
  const [first = 1, last = 1] = [marks[0], marks.at(-1)];
  // Each doubling of the time is as wide as the next.
  const place = (seconds: number) => field.x + (field.w * Math.log(seconds / first)) / Math.log(last / first);
  const upward = (part: number) => field.y + field.h * (1 - part * (1 - headroom));
  for (const part of [0, 0.25, 0.5, 0.75, 1]) {
    round(pen, { x: field.x, y: upward(part) - 1, w: field.w, h: 2 }, 0, ink.line);
    write(pen, `${number(part * 100)} %`, 0, upward(part) - 34, box.left - 16, { size: 54, colour: ink.soft, align: 'right' });
  }
  for (const at of marks) {
    round(pen, { x: place(at) - 1, y: field.y, w: 2, h: field.h }, 0, ink.line);
    write(pen, number(at, decimals(at)), place(at) - 150, field.y + field.h + 8, 300, { size: 54, colour: ink.soft, align: 'center' });
  }
  write(pen, across, field.x, field.y + field.h + 100, field.w, { size: 60, colour: ink.soft, align: 'center' });
  for (const name of ['ddpm', 'ddim'] as const) {
    const spots = series[name].map((point) => ({
      point,
      x: place(Math.max(first, point.seconds)),
      y: upward(share(point)),
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
  if (points.length) write(pen, steps, field.x + 20, field.y + field.h - 80, field.w - 40, { size: 52, colour: ink.soft, align: 'right' });
}
