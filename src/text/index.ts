// The museum's words: one JSON a language here and in every room, three reading levels, live switching.
import { useCallback, useMemo } from 'react';
import { create } from 'zustand';
import { useVisit, type Language, type Level } from '../visit';
import { boundIn } from './amounts';
import type museumWords from './en.json';

/** A text, or one for each reading level. */
export type Text = string | { readonly [L in Level]: string };
type Tree = { readonly [key: string]: Text | Tree };

type Leaf<T> = T extends string ? true : T extends { child: string; adult: string; expert: string } ? true : false;
/** Dotted keys of a word file. */
export type KeyOf<T> = { [K in keyof T & string]: Leaf<T[K]> extends true ? K : `${K}.${KeyOf<T[K]>}` }[keyof T & string];
export type Fill = Readonly<Record<string, string | number>>;
export type Words<K extends string = string> = (key: K, fill?: Fill) => string;

const files = import.meta.glob<{ default: Tree }>(['./*.json', '/scenes/[0-9]*/text/*.json']);

/** 'museum' or the room's name without its number, and the language of a word file. */
function placeOf(path: string): { place: string; language: string } {
  const language = path.slice(path.lastIndexOf('/') + 1, -'.json'.length);
  const room = /scenes\/\d+-([^/]+)\/text/.exec(path)?.[1];
  return { place: room ?? 'museum', language };
}

interface Loaded {
  language: Language | undefined;
  trees: Readonly<Record<string, Tree>>;
  /** The language that was chosen last and whose words did not come. */
  missed: Language | undefined;
}
export const useLoaded = create<Loaded>()(() => ({ language: undefined, trees: {}, missed: undefined }));

/** Every word of a language. Pseudo-language 'en-XA' is made from English. */
async function fetchWords(language: Language): Promise<Loaded['trees']> {
  const source = language === 'en-XA' ? 'en' : language;
  const made = language === 'en-XA' ? (await import('./pseudo')).pseudo : undefined;
  const wanted = Object.entries(files).filter(([path]) => placeOf(path).language === source);
  return Object.fromEntries(
    await Promise.all(
      wanted.map(async ([path, load]) => {
        const tree = (await load()).default;
        return [placeOf(path).place, made ? (made(tree) as Tree) : tree] as const;
      }),
    ),
  );
}

/**
 * Speaks a language once all of its words are here; the old one stays on screen until then, and stays chosen where they do not come.
 * Rejects only where there is no old one.
 */
export async function speak(language: Language): Promise<void> {
  const shown = useLoaded.getState().language;
  const isChosen = () => useVisit.getState().language === language;
  if (language !== shown) useLoaded.setState({ missed: undefined });
  try {
    const trees = await fetchWords(language);
    if (isChosen()) useLoaded.setState({ language, trees });
  } catch (why) {
    if (!shown) throw why;
    if (!isChosen() || language === shown) return;
    useLoaded.setState({ missed: language });
    useVisit.setState({ language: shown });
  }
}

function find(tree: Tree | undefined, key: string): Text | undefined {
  let at: Text | Tree | undefined = tree;
  for (const part of key.split('.')) {
    if (typeof at !== 'object' || !Object.hasOwn(at, part)) return undefined;
    at = (at as Tree)[part];
  }
  return at as Text | undefined;
}

const isLevelled = (text: unknown): text is { readonly [L in Level]: string } =>
  typeof text === 'object' && text !== null && 'adult' in text;

/** A number as the language writes it; four digits stay ungrouped, for they are mostly years. */
export const numberIn = (language: Language, value: number, digits: { least?: number; most?: number } = {}) =>
  value
    .toLocaleString(language === 'en-XA' ? 'en' : language, {
      useGrouping: 'min2',
      minimumFractionDigits: digits.least ?? 0,
      maximumFractionDigits: digits.most ?? 6,
    })
    .replace('-', '−');

/** The text at `key`, at the reading level, with {names} filled in, numbers as the language writes them; the key itself where nothing stands. */
export function say(tree: Tree | undefined, key: string, level: Level, fill?: Fill, language: Language = 'en'): string {
  const text = find(tree, key);
  const plain = typeof text === 'string' ? text : isLevelled(text) ? text[level] : key;
  if (!fill) return plain;
  const written = (value: string | number) => (typeof value === 'number' ? numberIn(language, value) : value);
  return plain.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(fill, name) ? written(fill[name]!) : whole));
}

/** The same with bounds in words: '>99.9' becomes 'more than 99.9'. */
export const bounded = (museum: Tree | undefined, fill: Fill, language: Language = 'en'): Fill =>
  Object.fromEntries(
    Object.entries(fill).map(([name, amount]) => {
      const bound = boundIn(amount);
      return [name, bound ? say(museum, `amount.${bound.side}`, 'adult', { value: bound.value }, language) : amount];
    }),
  );

/** Words of a room, or of 'museum', by any key. */
export function useWordsOf(place: string): Words {
  const tree = useLoaded((l) => l.trees[place]);
  const museum = useLoaded((l) => l.trees['museum']);
  const language = useLoaded((l) => l.language);
  const level = useVisit((v) => v.level);
  // What a room has no own words for (a failure of the engine) is said in the museum's. One function while it says the same: what is
  // drawn with it is drawn again when it is another.
  return useMemo(
    () => (key, fill) => say(find(tree, key) === undefined ? museum : tree, key, level, fill && bounded(museum, fill, language), language),
    [tree, museum, language, level],
  );
}

/** Words of the whole museum, by typed key. */
export const useWords = () => useWordsOf('museum') as Words<KeyOf<typeof museumWords>>;
/** Words of a room; `useRoomWords<typeof import('./text/en.json')>('noise')` has typed keys. */
export const useRoomWords = <T = never>(room: string) => useWordsOf(room) as Words<[T] extends [never] ? string : KeyOf<T>>;
/** Numbers in the visitor's language. */
export function useNumber(): (value: number, digits?: number) => string {
  const language = useVisit((v) => v.language);
  // One function for a language: what is drawn with it is drawn again when it is another.
  return useCallback((value, digits = 0) => numberIn(language, value, { least: digits, most: digits }), [language]);
}
