// The words of every room: the same keys and fillings in each language, none missing for a stop, a control or a thing said.
import { describe, expect, test } from 'vitest';
import type { Room } from '../../src/museum/contract';
import { files, read } from '../sources';

type Tree = { readonly [key: string]: string | Tree };

const parse = (path: string) => JSON.parse(read(path)) as Tree;
const leaves = (tree: Tree, before = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, text]) =>
    typeof text === 'string' ? [[`${before}${key}`, text] as [string, string]] : leaves(text, `${before}${key}.`),
  );
const at = (tree: Tree, key: string) =>
  key.split('.').reduce<string | Tree | undefined>((here, part) => (typeof here === 'object' ? here[part] : undefined), tree);
const isText = (text: string | Tree | undefined) =>
  typeof text === 'string'
    ? text.length > 0
    : ['child', 'adult', 'expert'].every((level) => typeof text?.[level] === 'string' && text[level] !== '');
const fillings = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

const museum = parse('src/text/en.json');
const wordFolders = [
  ...new Set(
    files(['src/text', 'scenes'], ['.json'])
      .filter((path) => /text\/[\w-]+\.json$/.test(path))
      .map((path) => path.replace(/\/[^/]+$/, '')),
  ),
];
const rooms = files(['scenes'], ['room.ts']).filter((path) => /scenes\/\d\d-/.test(path));

describe.each(wordFolders)('%s', (folder) => {
  const english = leaves(parse(`${folder}/en.json`));
  test('has words', () => expect(english.length).toBeGreaterThan(5));
  test.each(['de'])('%s has the same keys with the same fillings as English', (language) => {
    const other = Object.fromEntries(leaves(parse(`${folder}/${language}.json`)));
    expect(Object.keys(other).sort()).toEqual(english.map(([key]) => key).sort());
    const differing = english.filter(([key, text]) => fillings(text).join() !== fillings(other[key] ?? '').join()).map(([key]) => key);
    expect(differing).toEqual([]);
  });
});

describe.each(rooms)('%s', (path) => {
  const folder = path.replace('/room.ts', '');
  const open = async () => ((await import(`../../${folder}/room.ts`)) as { default: Room }).default;
  const code = files([folder, 'src/audio'], ['.ts', '.tsx']).map(read).join('\n');
  // Keys stand behind `key:`, also as the two arms of a choice; what is only compared there is no key.
  const said = [...code.matchAll(/\bkey: ([^;\n]*)/g)].flatMap(([, rest = '']) =>
    [...rest.replace(/[=!]== '[^']*'/g, '').matchAll(/'([a-z][\w.]*)'/gi)].map(([, key = '']) => key),
  );

  test.each(['en', 'de'])('%s: every stop has a title and a text, every control its label and options', async (language) => {
    const words = parse(`${folder}/text/${language}.json`);
    const room = await open();
    const wanted = [
      'title',
      'promise',
      ...room.stops.flatMap(({ name }) => [`stops.${name}.title`, `stops.${name}.text`]),
      ...Object.entries(room.controls.list).flatMap(([name, control]) => [
        `controls.${name}.label`,
        ...(control.kind === 'choice' ? control.options.map((option) => `controls.${name}.options.${option}`) : []),
      ]),
    ];
    expect(wanted.filter((key) => !isText(at(words, key)))).toEqual([]);
  });
  test('every control stands at a stop, and the first stop is the door', async () => {
    const room = await open();
    const names = room.stops.map(({ name }) => name);
    expect(names[0]).toBe('door');
    expect(Object.values(room.controls.list).filter(({ stop }) => !names.includes(stop))).toEqual([]);
  });
  test('every stop stands inside the walls', async () => {
    const { floor, stops } = await open();
    const outside = stops.filter(({ at: [x, z] }) => Math.abs(x) > floor.width / 2 - 0.5 || z > 0 || z < -floor.depth + 0.5);
    expect(outside).toEqual([]);
  });
  test('everything it says has words', () => {
    const words = parse(`${folder}/text/en.json`);
    const missing = said.filter((key) => !isText(at(words, `said.${key}`)) && !isText(at(words, key)) && !isText(at(museum, key)));
    expect(missing).toEqual([]);
    expect(said.length).toBeGreaterThan(5);
  });
  test('everything it has words for is said', () => {
    const single = Object.keys(at(parse(`${folder}/text/en.json`), 'said') ?? {});
    expect(single.filter((key) => !new RegExp(`['\x60](said\\.)?${key}(\\.|['\x60])`).test(code))).toEqual([]);
  });
});
