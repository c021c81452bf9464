// The words and controls of the rooms as a test finds them on the page: by the same texts that visitors read.
import { readdirSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { read } from '../sources';

type Leaf = string | Readonly<Record<'child' | 'adult' | 'expert', string>>;
interface Tree {
  readonly [key: string]: Leaf | Tree;
}

/** The text at a dotted key of a room's words, or of the museum's ('museum'), at the level of adults. */
export function words(place: string, key: string, language = 'en'): string {
  const folder = place === 'museum' ? 'src/text' : `scenes/${readdirSync('scenes').find((name) => name.endsWith(`-${place}`))}/text`;
  let at: Leaf | Tree | undefined = JSON.parse(read(`${folder}/${language}.json`)) as Tree;
  for (const part of key.split('.')) at = typeof at === 'object' ? (at as Tree)[part] : undefined;
  const text = typeof at === 'object' && 'adult' in at ? at.adult : at;
  if (typeof text !== 'string') throw new Error(`${place} has no words at ${key} in ${language}`);
  return text;
}

export const labelOf = (room: string, control: string, language = 'en') => words(room, `controls.${control}.label`, language);

/** A button, slider or switch of the room, by its label. */
export const controlOf = (page: Page, role: 'button' | 'slider' | 'switch', room: string, control: string, language = 'en'): Locator =>
  page.getByRole('main').getByRole(role, { name: labelOf(room, control, language), exact: true });

/** One option of a choice, to be clicked. */
export const optionOf = (page: Page, room: string, control: string, option: string, language = 'en'): Locator =>
  page
    .getByRole('main')
    .getByRole('radiogroup', { name: labelOf(room, control, language), exact: true })
    .locator('label', { hasText: words(room, `controls.${control}.options.${option}`, language) });

/** A picture of the room; its words start with its label. */
export const pictureOf = (page: Page, room: string, control: string, language = 'en'): Locator =>
  page.getByRole('main').getByRole('img', { name: labelOf(room, control, language) });

/** Brightness of each pixel of a picture, 0 to 1. */
export const pixelsOf = (picture: Locator): Promise<number[]> =>
  picture.evaluate((canvas: HTMLCanvasElement) => {
    if (!(canvas instanceof HTMLCanvasElement)) return [];
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d')!;
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
    return Array.from({ length: data.length / 4 }, (_, i) => (data[4 * i]! + data[4 * i + 1]! + data[4 * i + 2]!) / 765);
  });

/** The pixels once they have not changed for `quiet` milliseconds, and are others than `than`. */
export async function settledPixels(
  picture: Locator,
  { than = [] as readonly number[], quiet = 2500, timeout = 90_000 } = {},
): Promise<number[]> {
  const end = Date.now() + timeout;
  let last: number[] = [];
  for (let since = Date.now(); Date.now() < end;) {
    const now = await pixelsOf(picture).catch(() => []);
    const isSame = now.length > 0 && now.length === last.length && now.every((value, i) => value === last[i]);
    if (!isSame) {
      since = Date.now();
      last = now;
    } else if (Date.now() - since >= quiet && !(now.length === than.length && now.every((value, i) => value === than[i]))) return now;
    await new Promise((next) => setTimeout(next, 150));
  }
  throw new Error(`the picture did not settle in ${timeout} ms`);
}

/** How alike two pictures are: their correlation, 1 is the same. */
export function alike(a: readonly number[], b: readonly number[]): number {
  const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [da, db] = [a[i]! - ma, b[i]! - mb];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  return ab / Math.sqrt(aa * bb);
}
