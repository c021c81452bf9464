// Where everything of a panel stands: a column of blocks in millimetres, made smaller together where the words are long.
import type { Control, Controls, Said, Shown } from '../../controls';
import type { Fill, Words } from '../../text';
import { fontOf, heightOf, setFont, linesOf, type Pen, type Type } from '../lettering';
import type { Ink } from '../ink';
import { amountOf } from './amount';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}
/** A target, or a place for a picture. */
export interface Part extends Box {
  readonly name: string;
  readonly control: Control;
  readonly option?: string;
  readonly label?: string;
  /** Height of the words under a picture. */
  readonly under?: number;
}
export interface Note extends Box {
  readonly text: string;
  readonly type: Type;
}
export interface Layout {
  readonly parts: readonly Part[];
  readonly notes: readonly Note[];
  readonly size: number;
}

export interface Content {
  readonly controls: Controls;
  readonly names: readonly string[];
  /** Of the controls that are shown now; what has no value here is left out. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly words: Words;
  /** Writes a number as the language does. */
  readonly number: (value: number, digits?: number) => string;
  readonly title?: string | undefined;
  readonly text?: string | undefined;
  readonly ink: Ink;
  /** Largest side of a picture, mm. */
  readonly pictures?: number | undefined;
}

/** A room's own words, or undefined where there are none. */
export const maybe = (words: Words, key: string, fill?: Fill) => {
  const text = words(key, fill);
  return text === key ? undefined : text;
};
export const sentence = (words: Words, { key, with: fill }: Said) => {
  const own = words(`said.${key}`, fill);
  return own === `said.${key}` ? words(key, fill) : own;
};

const margin = 46;
const gap = 24;

function layOut(
  pen: Pen,
  { controls, names, values, words, number, title, text, ink, pictures = 560 }: Content,
  width: number,
  size: number,
): Layout & { height: number } {
  const parts: Part[] = [];
  const notes: Note[] = [];
  const w = width - 2 * margin;
  let y = margin;
  const note = (said: string, type: Type, x = margin, wide = w) => {
    const h = heightOf(pen, said, wide, type);
    notes.push({ text: said, type, x, y, w: wide, h });
    return h;
  };
  /** A slider's name, and where it stands at the end of the same line, or under it. */
  const labelled = (said: string, amount: string) => {
    const type = { size: size * 0.84, weight: 600, colour: ink.soft } as const;
    setFont(pen, type.size, type.weight);
    const isOneLine = pen.measureText(said).width + pen.measureText(amount).width + gap <= w;
    if (isOneLine) note(said, type);
    else y += note(said, type);
    y += note(amount, { ...type, colour: ink.text, align: 'right' }) + 8;
  };
  const put = (said: string, type: Type, after = 10) => (y += note(said, type) + after);
  const label = (said: string) => put(said, { size: size * 0.84, weight: 600, colour: ink.soft }, 8);
  if (title) put(title, { size: size * 1.34, weight: 600, colour: ink.accent, lead: 1.12 }, 14);
  if (text) put(text, { size, colour: ink.text }, gap);

  const keyHeight = Math.max(56, size * 1.75);
  let row: Part[] = [];
  const closeRow = () => {
    if (!row.length) return;
    const each = Math.min(pictures, (w - gap * (row.length - 1)) / row.length);
    row.forEach((part, i) => parts.push({ ...part, x: margin + i * (each + gap), y, w: each, h: each, under: size }));
    y += each + size + gap;
    row = [];
  };
  /** A strip of pictures takes the whole width, and what it shows stands under it. */
  const strip = (part: Part, { width, height, said }: Shown) => {
    const label = sentence(words, said);
    const under = heightOf(pen, label, w, { size: size * 0.8, colour: ink.soft }) + 8;
    const h = (w * height) / width;
    parts.push({ ...part, label, x: margin, y, w, h, under });
    y += h + under + gap;
  };

  for (const name of names) {
    const control = controls.list[name];
    if (!control || !(name in values)) continue;
    const title = words(`controls.${name}.label`);
    if (control.kind === 'picture') {
      const shown = values[name] as Shown | null;
      if (shown && shown.width > 2 * shown.height) {
        closeRow();
        strip({ name, control, x: 0, y: 0, w: 0, h: 0 }, shown);
        continue;
      }
      row.push({ name, control, label: title, x: 0, y: 0, w: 0, h: 0 });
      continue;
    }
    closeRow();
    if (control.kind === 'choice') {
      label(title);
      pen.font = fontOf(size, 600);
      const labels = control.options.map((option) => words(`controls.${name}.options.${option}`));
      const widest = Math.max(...labels.map((text) => pen.measureText(text).width)) + 44;
      const columns = Math.max(1, Math.min(labels.length, Math.floor((w + 10) / (widest + 10))));
      const cell = (w - 10 * (columns - 1)) / columns;
      const tall = Math.max(
        keyHeight,
        ...labels.map((text) => {
          setFont(pen, size, 600);
          return linesOf(pen, text, cell - 36).length * size * 1.24 + 20;
        }),
      );
      labels.forEach((text, i) => {
        parts.push({
          name,
          control,
          option: control.options[i]!,
          label: text,
          x: margin + (i % columns) * (cell + 10),
          y: y + Math.floor(i / columns) * (tall + 10),
          w: cell,
          h: tall,
        });
      });
      y += Math.ceil(labels.length / columns) * (tall + 10) - 10 + gap;
    } else if (control.kind === 'press' || control.kind === 'file' || control.kind === 'toggle') {
      setFont(pen, size, 600);
      const h = Math.max(keyHeight * 1.12, linesOf(pen, title, w - 190).length * size * 1.24 + 22);
      parts.push({ name, control, label: title, x: margin, y, w, h });
      y += h + gap * 0.8;
    } else if (control.kind === 'slider') {
      labelled(
        title,
        amountOf(control, values[name] as number, (fill) => maybe(words, `controls.${name}.value`, fill), number),
      );
      parts.push({ name, control, x: margin, y, w, h: 62 });
      y += 62 + gap;
    } else if (control.kind === 'readout') {
      const said = values[name] as Said | null;
      if (!said) continue;
      put(sentence(words, said), { size, colour: ink.text }, gap * 0.7);
    } else {
      label(title);
      const h = control.kind === 'drawing' ? Math.min(w, 900) : w * 0.5;
      parts.push({ name, control, x: margin, y, w: control.kind === 'drawing' ? h : w, h });
      y += h + gap;
      if (control.kind === 'drawing') {
        parts.push({ name, control, option: 'clear', label: words('twin.clear'), x: margin, y, w: h, h: keyHeight });
        y += keyHeight + gap;
      }
    }
  }
  closeRow();
  return { parts, notes, size, height: y + margin - gap };
}

/** The largest type, down to 24 mm, in which everything fits. */
export function layoutOf(pen: Pen, content: Content, width: number, height: number, largest = 62): Layout {
  for (let size = largest; size > 24;) {
    const laid = layOut(pen, content, width, size);
    if (laid.height <= height) return laid;
    // Words fill an area, which goes by the square of their size at most: nothing larger than this can fit.
    const bound = 2 * Math.ceil((size * Math.sqrt(height / laid.height)) / 2);
    size = Math.min(size - 2, bound);
  }
  return layOut(pen, content, width, 24);
}

const slack = 6;
export const partAt = ({ parts }: Layout, x: number, y: number): number =>
  parts.findIndex(
    (p) => p.control.kind !== 'picture' && x >= p.x - slack && x <= p.x + p.w + slack && y >= p.y - slack && y <= p.y + p.h + slack,
  );
