// The museum's words: every language says the same things, the pseudo-language, and how a text is said.
import { describe, expect, test } from 'vitest';
import { pseudo } from '../../src/text/pseudo';
import { say } from '../../src/text';
import { checkData, checkModels, checkRooms, checkTexts } from '../../tools/words.mjs';
import { files, read } from '../sources';

type Tree = { [key: string]: string | Tree };
const load = (path: string) => JSON.parse(read(path)) as Tree;
const english = [...files(['src/text'], ['/en.json']), ...files(['scenes'], ['text/en.json'])];

/** Every text of a tree by its dotted key, reading levels included. */
function texts(tree: Tree, at = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, below]) =>
    typeof below === 'string' ? [[`${at}${key}`, below] as [string, string]] : texts(below, `${at}${key}.`),
  );
}
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test('word files are found', () => {
  expect(english).toContain('src/text/en.json');
  expect(english.length).toBeGreaterThanOrEqual(3);
  expect(files(['src/text'], ['.json'])).toContain('src/text/de.json');
});

test('every language says the same: keys, {names}, reading levels, no empty text, nothing left in the other language', () => {
  expect(checkTexts()).toEqual({ errors: [], warnings: [] });
});
test('the folders of the rooms and the files of the models and the lab are whole', () => {
  expect(checkRooms()).toEqual({ errors: [], warnings: [] });
  expect(checkModels()).toEqual({ errors: [], warnings: [] });
  expect(checkData()).toEqual({ errors: [], warnings: [] });
});

test('the pseudo-language is 40 % longer and keeps the {names}', () => {
  const tree = load('src/text/en.json');
  const longer = new Map(texts(pseudo(tree) as Tree));
  for (const [key, text] of texts(tree)) {
    const made = longer.get(key) ?? '';
    expect(made.length, key).toBeGreaterThanOrEqual(text.length * 1.4);
    expect(holes(made), key).toEqual(holes(text));
  }
});

describe('say', () => {
  const tree = { plain: 'so', levels: { child: 'a', adult: 'b', expert: 'c' }, hole: '{n} of {all}', below: { deep: 'x' } };
  test('takes the reading level, and a plain text at every level', () => {
    expect(['child', 'adult', 'expert'].map((level) => say(tree, 'levels', level as 'child'))).toEqual(['a', 'b', 'c']);
    expect(say(tree, 'plain', 'expert')).toBe('so');
  });
  test('fills in, writes numbers as the language does, and leaves unknown names standing', () => {
    expect(say(tree, 'hole', 'adult', { n: 0.5, all: 'ten' }, 'de')).toBe('0,5 of ten');
    expect(say(tree, 'hole', 'adult', { n: 0.5 }, 'en')).toBe('0.5 of {all}');
    expect(say(tree, 'hole', 'adult', { n: 2020, all: 60000 }, 'en')).toBe('2020 of 60,000');
  });
  test('gives the key where nothing stands, whatever the key', () => {
    for (const key of ['nowhere', 'below', 'below.deeper.x', '__proto__', 'constructor', 'plain.length', ''])
      expect(say(tree, key, 'adult')).toBe(key);
  });
});
