// Every language says the same things: the same keys, the same {names}, three reading levels where one has three.
import { describe, expect, test } from 'vitest';
import { pseudo } from '../../src/text/pseudo';
import { say } from '../../src/text';
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
});

/** Every language that has a museum-wide word file, English apart. */
const others = files(['src/text'], ['.json'])
  .map((path) => path.slice(path.lastIndexOf('/') + 1, -'.json'.length))
  .filter((language) => language !== 'en');

test('German is there', () => expect(others).toContain('de'));

describe.each(english.flatMap((path) => others.map((language) => [path, language] as const)))('%s in %s', (path, language) => {
  const [en, de] = [load(path), load(path.replace('en.json', `${language}.json`))];
  test('has the same keys, in the same order', () => {
    const [wanted, found] = [texts(en).map(([key]) => key), texts(de).map(([key]) => key)];
    expect({ missing: wanted.filter((key) => !found.includes(key)), unknown: found.filter((key) => !wanted.includes(key)) }).toEqual({
      missing: [],
      unknown: [],
    });
    expect(found).toEqual(wanted);
  });
  test('fills in the same names', () => {
    const german = new Map(texts(de));
    const different = texts(en).filter(([key, text]) => String(holes(text)) !== String(holes(german.get(key) ?? '')));
    expect(different).toEqual([]);
  });
  test('no text is empty, broken off, or left in the other language', () => {
    const german = new Map(texts(de));
    for (const [key, text] of [...texts(en), ...texts(de)]) {
      expect(text.trim(), key).toBe(text);
      expect(text.length, key).toBeGreaterThan(0);
    }
    // Formulas are alike in every language; sentences are not.
    const long = texts(en).filter(([key, text]) => (text.match(/\p{L}{3,}/gu)?.length ?? 0) > 4 && german.get(key) === text);
    expect(long).toEqual([]);
  });
  test('a text with reading levels has all three', () => {
    const broken: string[] = [];
    const walk = (tree: Tree, at: string) => {
      const names = Object.keys(tree);
      const levelled = names.filter((name) => ['child', 'adult', 'expert'].includes(name));
      if (levelled.length > 0 && (levelled.length < 3 || names.length > 3)) broken.push(at);
      for (const [name, below] of Object.entries(tree)) if (typeof below === 'object') walk(below, `${at}.${name}`);
    };
    walk(en, '');
    walk(de, '');
    expect(broken).toEqual([]);
  });
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
