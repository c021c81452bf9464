// The building's plan, held by a test: who may import whom, which folder owns which library, and the rules of the house for every file.
import { posix } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { files, read, readCode } from './sources';

const code = files(['src', 'scenes'], ['.ts', '.tsx']);
const everything = [
  ...code,
  ...files(['src', 'scenes'], ['.css']),
  ...files(['tests', 'bench', 'tools', 'training'], ['.ts', '.tsx', '.mjs', '.py']),
  ...files(['index.html', 'operator.html', 'vite.config.ts', 'vitest.config.ts', 'eslint.config.js'], ['.html', '.ts', '.js']),
];

/** Who may import whom, apart from themselves. `engine` and `museum/contract` stand for those files alone. */
const common = ['engine', 'controls', 'text', 'audio', 'visit'];
const house = ['kit', 'museum', ...common];
const allowed: Record<string, readonly string[]> = {
  engine: [],
  visit: [],
  controls: [],
  text: ['visit'],
  audio: ['visit'],
  kit: common,
  museum: ['kit', ...common],
  ui: house,
  xr: house,
  kiosk: house,
  dev: house,
  scene: ['kit', 'museum/contract', ...common],
};

/** Folders that alone may import a library; scenes are `scene`, files of src itself `src`. */
const owners: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^@tensorflow\//, ['engine']],
  [/^tone($|\/)/, ['audio']],
  [/^leva($|\/)/, ['ui']],
  [/^@react-three\/xr($|\/)/, ['xr']],
  [/^@react-three\/(fiber|drei)($|\/)/, ['kit', 'museum', 'xr', 'dev', 'scene']],
  [/^(three|three-mesh-bvh)($|\/)/, ['kit', 'museum', 'xr', 'dev', 'scene']],
  [/^(react|react-dom)($|\/)/, ['src', 'visit', 'text', 'audio', 'kit', 'museum', 'ui', 'xr', 'kiosk', 'dev', 'scene', 'controls']],
  [/^zustand($|\/)/, ['src', 'visit', 'text', 'audio', 'kit', 'museum', 'ui', 'xr', 'kiosk', 'dev', 'scene', 'controls']],
];

const isDev = (path: string) => path.startsWith('src/dev/');

/** The part of the building a file belongs to: `engine`, `kit`, `scene` ..., or `src` for files of src itself. */
function partOf(path: string): string {
  if (path.startsWith('scenes/')) return 'scene';
  const [, folder = '', rest] = path.split('/');
  return rest === undefined && !(folder in allowed) ? 'src' : folder;
}

function importsOf(path: string): { raw: string; path: string | undefined }[] {
  return ts.preProcessFile(read(path), true, true).importedFiles.map(({ fileName: raw }) => {
    const local = raw.startsWith('.') ? posix.join(posix.dirname(path), raw) : raw.startsWith('/') ? raw.slice(1) : undefined;
    return { raw, path: local?.replace(/\?.*$/, '') };
  });
}

const isEngineDoor = (path: string) => /^src\/engine(\/index(\.ts)?)?$/.test(path);
const isContract = (path: string) => /^src\/museum\/contract(\.ts)?$/.test(path);

/** Why this import is not allowed, or undefined. */
function trouble(from: string, to: string): string | undefined {
  const [here, there] = [partOf(from), partOf(to)];
  if (here === 'scene' && there === 'scene')
    return from.split('/')[1] === to.split('/')[1] ? undefined : 'a room may not know another room';
  if (here === there) return undefined;
  if (there === 'src') return 'nothing may import what opens the building';
  if (there === 'engine' && !isEngineDoor(to)) return "only the engine's door may be imported";
  if (here === 'src') return there === 'scene' ? 'the building knows no room by name' : undefined;
  const may = allowed[here];
  if (!may) return `the folder ${here} is not on the plan`;
  if (may.includes(there) || (may.includes('museum/contract') && isContract(to))) return undefined;
  return `${here} may not import ${there}`;
}

test('the sources are found', () => {
  expect(code.length).toBeGreaterThan(10);
});

test('who may import whom', () => {
  const found = code.flatMap((from) =>
    importsOf(from).flatMap(({ raw, path }) => {
      const why = path === undefined ? undefined : trouble(from, path);
      return why === undefined ? [] : [`${from} imports ${raw}: ${why}`];
    }),
  );
  expect(found).toEqual([]);
});

test('each library has its owner, and nobody takes one that is not listed', () => {
  const found = code.flatMap((from) =>
    importsOf(from).flatMap(({ raw, path }) => {
      if (path !== undefined || raw.startsWith('virtual:') || (isDev(from) && raw === 'iwer')) return [];
      const owner = owners.find(([pattern]) => pattern.test(raw));
      return owner?.[1].includes(partOf(from)) ? [] : [`${from} imports ${raw}`];
    }),
  );
  expect(found).toEqual([]);
});

test('the test of imports itself sees what is wrong', () => {
  expect(trouble('src/engine/jobs.ts', 'src/visit/index')).toBeDefined();
  expect(trouble('src/kit/Lever.tsx', 'src/museum/contract')).toBeDefined();
  expect(trouble('src/kit/Lever.tsx', 'src/engine/client')).toBeDefined();
  expect(trouble('scenes/02-noise/Room.tsx', 'scenes/01-welcome/live')).toBeDefined();
  expect(trouble('scenes/02-noise/Room.tsx', 'src/museum/Doors')).toBeDefined();
  expect(trouble('scenes/02-noise/Room.tsx', 'src/museum/contract')).toBeUndefined();
  expect(trouble('src/kit/Lever.tsx', 'src/main')).toBeDefined();
  expect(trouble('src/text/index.ts', 'src/visit')).toBeUndefined();
  expect(trouble('src/ui/Plan.tsx', 'src/museum/rooms')).toBeUndefined();
});

test('one renderer: nobody imports three/webgpu, three/tsl, or the parts of drei that do not work here', () => {
  const found = code.filter((path) =>
    /from '(three\/(webgpu|tsl))'|import\s*\{[^}]*\bHtml\b[^}]*\}\s*from '@react-three\/drei/.test(read(path)),
  );
  expect(found).toEqual([]);
});

describe('rules for every file', () => {
  test('the first line says what the file owns', () => {
    const starts: Record<string, RegExp> = { css: /^\/\*/, html: /^<!/, py: /^("""|#)/ };
    const found = everything.filter((path) => !(starts[path.split('.').pop() ?? ''] ?? /^(\/\/|\/\*\*?) \S/).test(read(path)));
    expect(found).toEqual([]);
  });

  test('no file is longer than 300 lines, and most are short', () => {
    const lengths = everything.map((path) => ({ path, lines: read(path).trimEnd().split('\n').length }));
    expect(lengths.filter(({ lines }) => lines > 300)).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
    expect(at(0.5), 'median').toBeLessThanOrEqual(60);
    expect(at(0.9), 'ninetieth percentile').toBeLessThanOrEqual(160);
  });

  test('no addresses of other servers in the code', () => {
    const shown = [...code, ...files(['src', 'scenes'], ['.css']), ...files(['index.html', 'operator.html'], ['.html'])];
    const found = shown.flatMap((path) =>
      [...read(path).matchAll(/["'`(]((?:https?:)?\/\/[\w-]+(?:\.[\w-]+)+[^"'`)\s]*)/g)]
        .map(([, url = '']) => url)
        .filter((url) => !url.startsWith('http://www.w3.org/'))
        .map((url) => `${path}: ${url}`),
    );
    expect(found).toEqual([]);
  });

  test('no any, no silenced type errors', () => {
    const pattern = /(:\s*any\b|\bas any\b|<any\b|\bany\[\])/;
    const found = everything.filter(
      (path) =>
        !path.startsWith('tests/architecture') &&
        /\.tsx?$/.test(path) &&
        (pattern.test(readCode(path)) || /@ts-(ignore|nocheck|expect-error)/.test(read(path))),
    );
    expect(found).toEqual([]);
  });

  test('full words for names of files: no utils, no Manager', () => {
    expect(everything.filter((path) => /(util|helper|manager|misc)/i.test(path))).toEqual([]);
  });
});

describe('rooms', () => {
  const rooms = [...new Set(files(['scenes'], ['.ts', '.tsx', '.json']).map((path) => path.split('/')[1] ?? ''))];
  test.each(rooms)('%s is whole: a manifest, controls, a story, a scene, words', (room) => {
    const own = files([`scenes/${room}`], ['.ts', '.tsx', '.json']).map((path) => path.slice(`scenes/${room}/`.length));
    expect(own).toEqual(expect.arrayContaining(['room.ts', 'controls.ts', 'Story.tsx', 'Room.tsx', 'text/en.json', 'text/de.json']));
  });
  test('are named by their place on the ring', () => {
    expect(rooms.filter((room) => !/^(_empty|\d\d-[a-z]+)$/.test(room))).toEqual([]);
  });
});
