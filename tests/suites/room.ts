// What every room must hold, by its folder: stops inside its walls, controls at stops, and words for all of it in every language.
import { describe, expect, test } from 'vitest';
import type { Room } from '../../src/museum/contract';
import { files, read } from '../sources';

type Tree = { readonly [key: string]: string | Tree };

const parse = (path: string) => JSON.parse(read(path)) as Tree;
const at = (tree: Tree, key: string) =>
  key.split('.').reduce<string | Tree | undefined>((here, part) => (typeof here === 'object' ? here[part] : undefined), tree);
const isText = (text: string | Tree | undefined) =>
  typeof text === 'string'
    ? text.length > 0
    : ['child', 'adult', 'expert'].every((level) => typeof text?.[level] === 'string' && text[level] !== '');

const museum = parse('src/text/en.json');

/** `name`: the room's folder in scenes/. */
export const roomSuite = (name: string) =>
  describe(name, () => {
    const folder = `scenes/${name}`;
    const languages = files([`${folder}/text`], ['.json']).map((path) => path.slice(`${folder}/text/`.length, -'.json'.length));
    const open = async () => ((await import(`../../scenes/${name}/room.ts`)) as { default: Room }).default;
    const code = files([folder, 'src/audio'], ['.ts', '.tsx']).map(read).join('\n');
    // Keys stand behind `key:`, also as the two arms of a choice; what is only compared there is no key.
    const said = [...code.matchAll(/\bkey: ([^;\n]*)/g)].flatMap(([, rest = '']) =>
      [...rest.replace(/[=!]== '[^']*'/g, '').matchAll(/'([a-z][\w.]*)'/gi)].map(([, key = '']) => key),
    );

    test.each(languages)('%s: every stop has a title and a text, every control its label and options', async (language) => {
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
      const outside = stops
        .flatMap(({ at, tall = at }) => [at, tall])
        .filter(([x, z]) => Math.abs(x) > floor.width / 2 - 0.5 || z > 0 || z < -floor.depth + 0.5);
      expect(outside).toEqual([]);
    });
    test('everything it says has words', () => {
      const words = parse(`${folder}/text/en.json`);
      const missing = said.filter((key) => !isText(at(words, `said.${key}`)) && !isText(at(words, key)) && !isText(at(museum, key)));
      expect(missing).toEqual([]);
      // The template says little; a room that says as little has been read wrongly.
      expect(said.length).toBeGreaterThan(name === '_empty' ? 1 : 5);
    });
    test('everything it has words for is said', () => {
      const single = Object.keys(at(parse(`${folder}/text/en.json`), 'said') ?? {});
      expect(single.filter((key) => !new RegExp(`['\x60](said\\.)?${key}(\\.|['\x60])`).test(code))).toEqual([]);
    });
  });
