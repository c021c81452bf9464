// The museum's typeface on drawn surfaces: loading it once, and setting text in lines. Sizes are millimetres.
import { create } from 'zustand';

const family = 'Museum';
const files = { 400: '/fonts/source-sans-3-400.woff', 600: '/fonts/source-sans-3-600.woff' } as const;
export type Weight = keyof typeof files;

/** Counts up when letters have arrived: what was drawn before is drawn again. */
export const useLetters = create<{ arrived: number }>()(() => ({ arrived: 0 }));

let loading: Promise<void> | undefined;
export function loadLetters(): Promise<void> {
  loading ??= Promise.all(
    Object.entries(files).map(async ([weight, url]) => {
      const face = new FontFace(family, `url(${url})`, { weight });
      document.fonts.add(await face.load());
    }),
  ).then(
    () => useLetters.setState({ arrived: 1 }),
    // Without the file the words stand in the device's own sans.
    (why: unknown) => console.warn('typeface:', why),
  );
  return loading;
}

export const fontOf = (size: number, weight: Weight = 400) => `${weight} ${size}px ${family}, 'Gill Sans', Optima, 'Noto Sans', sans-serif`;

export type Pen = CanvasRenderingContext2D;

/** Words as the wall shows them: the field writes x_0 with a small 0, and a number keeps its percent sign beside it. */
const shown = (text: string) => text.replace(/_0(?!\w)/g, '₀').replace(/ (?=%)/g, '\u00a0');

/** One line; a t after a low dash stands small and low, as in x_t. */
function inscribe(pen: Pen, line: string, x: number, y: number, size: number, weight: Weight, align: 'left' | 'center' | 'right'): void {
  const parts = line.split(/_(?=t(?!\w))/);
  if (parts.length === 1) return pen.fillText(line, x, y);
  const low = (part: string) => part.slice(0, 1);
  const whole = pen.measureText(parts.join('')).width;
  let at = align === 'left' ? x : align === 'right' ? x - whole : x - whole / 2;
  pen.textAlign = 'left';
  parts.forEach((part, i) => {
    if (i > 0) {
      setFont(pen, size * 0.66, weight);
      pen.fillText(low(part), at, y + size * 0.16);
      at += pen.measureText(low(part)).width;
      setFont(pen, size, weight);
    }
    const rest = i > 0 ? part.slice(1) : part;
    pen.fillText(rest, at, y);
    at += pen.measureText(rest).width;
  });
  pen.textAlign = align;
}

export function setFont(pen: Pen, size: number, weight: Weight = 400): void {
  pen.font = fontOf(size, weight);
  pen.textBaseline = 'alphabetic';
}

/** Lines of `text` no wider than `width`, in the pen's present font; a word too long for a line is cut. */
export function linesOf(pen: Pen, text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of shown(text).split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      const longer = line ? `${line} ${word}` : word;
      if (!line || pen.measureText(longer).width <= width) line = longer;
      else {
        lines.push(line);
        line = word;
      }
      while (line.length > 2 && pen.measureText(line).width > width) {
        const cut = fitting(pen, line, width);
        lines.push(line.slice(0, cut));
        line = line.slice(cut);
      }
    }
    lines.push(line);
  }
  return lines;
}

function fitting(pen: Pen, line: string, width: number): number {
  let cut = line.length - 1;
  while (cut > 1 && pen.measureText(line.slice(0, cut)).width > width) cut--;
  return cut;
}

export interface Type {
  readonly size: number;
  readonly weight?: Weight;
  readonly colour: string;
  readonly align?: 'left' | 'center' | 'right';
  /** Line height over size. */
  readonly lead?: number;
}

/** Height of a text set in this type. */
export function heightOf(pen: Pen, text: string, width: number, { size, weight, lead = 1.24 }: Type): number {
  setFont(pen, size, weight);
  return text ? linesOf(pen, text, width).length * size * lead : 0;
}

/** Writes lines from the top left corner (x, y) of a column; gives back its height. */
export function write(pen: Pen, text: string, x: number, y: number, width: number, type: Type): number {
  const { size, weight = 400, colour, align = 'left', lead = 1.24 } = type;
  if (!text) return 0;
  setFont(pen, size, weight);
  pen.fillStyle = colour;
  pen.textAlign = align;
  const at = align === 'left' ? x : align === 'right' ? x + width : x + width / 2;
  const lines = linesOf(pen, text, width);
  lines.forEach((line, i) => inscribe(pen, line, at, y + size * lead * i + size * (0.36 + lead / 2), size, weight, align));
  return lines.length * size * lead;
}
