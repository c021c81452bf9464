// Every character of every text, in every language and in the pseudo-language, is in the typeface that the museum ships.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { pseudo } from '../../src/text/pseudo';

const fonts = readdirSync('assets/fonts').filter((name) => name.endsWith('.woff'));

/** One table of a WOFF file (W3C WOFF 1.0, section 5). */
function table(file: Buffer, tag: string): Buffer {
  for (let i = 0; i < file.readUInt16BE(12); i++) {
    const at = 44 + i * 20;
    if (file.toString('latin1', at, at + 4) !== tag) continue;
    const [offset, packed, size] = [file.readUInt32BE(at + 4), file.readUInt32BE(at + 8), file.readUInt32BE(at + 12)];
    const bytes = file.subarray(offset, offset + packed);
    return packed < size ? inflateSync(bytes) : bytes;
  }
  throw new Error(`no table ${tag}`);
}

/** Characters of a font, from its format 4 map (OpenType cmap); .notdef does not count. */
function characters(file: Buffer): Set<number> {
  const cmap = table(file, 'cmap');
  const found = new Set<number>();
  for (let i = 0; i < cmap.readUInt16BE(2); i++) {
    const at = cmap.readUInt32BE(4 + i * 8 + 4);
    if (cmap.readUInt16BE(at) !== 4) continue;
    const twice = cmap.readUInt16BE(at + 6);
    for (let s = 0; s < twice; s += 2) {
      const end = cmap.readUInt16BE(at + 14 + s);
      const start = cmap.readUInt16BE(at + 16 + twice + s);
      const delta = cmap.readUInt16BE(at + 16 + 2 * twice + s);
      const rangeAt = at + 16 + 3 * twice + s;
      const range = cmap.readUInt16BE(rangeAt);
      for (let code = start; code <= end && code < 0xffff; code++) {
        const raw = range === 0 ? code : cmap.readUInt16BE(rangeAt + range + 2 * (code - start));
        if (raw !== 0 && ((raw + delta) & 0xffff) !== 0) found.add(code);
      }
    }
  }
  return found;
}

const folders = ['src/text', ...readdirSync('scenes').map((room) => join('scenes', room, 'text'))];
const texts = folders.flatMap((folder) => {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
});

const strings = (tree: unknown): string[] => (typeof tree === 'string' ? [tree] : Object.values(tree as object).flatMap(strings));
/** As a surface shows it: sub-scripts by their own characters, accents taken apart where the font joins them. */
const glyphs = (text: string) =>
  [...text.normalize('NFD'), ...text.normalize('NFC').replace(/[\u1f70-\u1fff]/g, ''), '₀'].map((letter) => letter.codePointAt(0)!);

test('there are fonts and texts', () => {
  expect(fonts.length).toBeGreaterThan(0);
  expect(texts.length).toBeGreaterThan(2);
});

describe.each(fonts)('%s', (font) => {
  const known = characters(readFileSync(join('assets/fonts', font)));
  test.each(texts)('has every character of %s', (path) => {
    const tree: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const wanted = new Set([...strings(tree), ...strings(pseudo(tree))].flatMap(glyphs));
    expect([...wanted].filter((code) => code > 31 && !known.has(code)).map((code) => String.fromCodePoint(code))).toEqual([]);
  });
  test('misses what it does not have', () => expect(known.has('字'.codePointAt(0)!)).toBe(false));
});
