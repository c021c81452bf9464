// What a curator is told of a slip in a word file, a room's folder or a model's file: one message for each, with file, line and key.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readWords } from '../../tools/syntax.mjs';
import { checkContent } from '../../tools/words.mjs';

let root = '';
const put = (file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
const en = `{
  "title": "Welcome",
  "hello": { "child": "Hi {name}", "adult": "Good day {name}", "expert": "{name}" },
  "stops": {
    "door": { "title": "The door" },
    "wall": { "title": "The wall" }
  }
}
`;
const de = en.replace('"Welcome"', '"Willkommen"').replace('The door', 'Die Tür').replace('The wall', 'Die Wand');
const room = (folder: string, name: string) => {
  put(`scenes/${folder}/text/en.json`, en);
  put(`scenes/${folder}/text/de.json`, de);
  for (const file of ['controls.ts', 'Story.tsx', 'Room.tsx']) put(`scenes/${folder}/${file}`, '// A part.\n');
  put(`scenes/${folder}/room.ts`, `export default { name: '${name}' };\n`);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'museum-'));
  put('src/text/en.json', '{ "close": "Close" }');
  put('src/text/de.json', '{ "close": "Schließen" }');
  room('01-welcome', 'welcome');
  room('02-noise', 'noise');
});
afterEach(() => rmSync(root, { recursive: true }));

const found = () => checkContent(root);
const file = (language: string) => `scenes/01-welcome/text/${language}.json`;

test('a whole museum is whole', () => expect(found()).toEqual({ errors: [], warnings: [] }));

test('a text in another encoding is told, with what to do', () => {
  writeFileSync(join(root, file('de')), Buffer.from(de, 'latin1'));
  expect(found().errors).toEqual([`${file('de')}, line 1: the file is not saved as UTF-8; save it again and choose the encoding UTF-8`]);
});

test('a control without a name is told, though every language lacks it', () => {
  put('scenes/01-welcome/controls.ts', "export default {\n  go: press({ stop: 'door' }),\n};\n");
  expect(found().errors).toEqual([
    `${file('en')}: the key “controls.go.label” is missing, in every language; the room has a control of that name`,
  ]);
});

test('of the lab, a table that is not there or broken, a file that is not there or another', () => {
  room('03-training', 'training');
  const recording = createHash('sha256').update('a recording').digest('hex');
  put('assets/data/recording.json', JSON.stringify({ file: 'recording.png', sha256: recording }));
  put('assets/data/recording.png', 'a recording');
  const again = 'take the folder assets/data from the original again';
  expect(found().errors).toEqual([`assets/data/digits.json is missing: ${again}`]);
  put('assets/data/digits.json', '{ "file": ');
  expect(found().errors).toEqual([`assets/data/digits.json cannot be read: ${again}`]);
  put('assets/data/digits.json', '{ "file": "digits.png" }');
  put('assets/data/recording.png', 'a recor');
  expect(found().errors).toEqual([
    `assets/data/digits.png is missing: ${again}`,
    `assets/data/recording.png is not the file that assets/data/recording.json describes: ${again}`,
  ]);
});

test('a model in a folder of another name, and one that a room needs and is not there', () => {
  put('assets/weights/judge/manifest.json', '{ "model": "judge" }');
  put('scenes/02-noise/room.ts', "export default { name: 'noise', needs: { models: ['judge'] } };\n");
  expect(found()).toEqual({ errors: [], warnings: [] });
  renameSync(join(root, 'assets/weights/judge'), join(root, 'assets/weights/judges'));
  expect(found().errors).toEqual([
    'assets/weights/judges holds the model “judge”, so the folder must be called assets/weights/judge',
    expect.stringContaining('assets/weights/judge is missing, which scenes/02-noise needs'),
  ]);
});

test('a typeface that a style names is missed', () => {
  put('src/ui/a.css', "@font-face { src: url('/fonts/serif.woff'); }");
  expect(found().errors).toEqual(['assets/fonts/serif.woff is missing: take the folder assets/fonts from the original again']);
  put('assets/fonts/serif.woff', '');
  expect(found().errors).toEqual([]);
});

describe('a slip of JSON is told with its line, and a guess', () => {
  test.each([
    ['a comma left out', '"Welcome",', '"Welcome"', 2, 'a comma is missing after “title”'],
    ['a comma too many', '"The wall" }\n', '"The wall" },\n', 6, 'the comma after the last entry, “wall”, is one too many'],
    ['a quotation mark left out at the end', '"Welcome",', '"Welcome,', 2, 'the quotation mark " at the end of “Welcome,” is missing'],
    ['a quotation mark left out at the start', '"Welcome",', 'Welcome",', 2, 'a quotation mark " is missing before Welcome'],
    ['quotation marks in a text', '"Welcome"', '"Wel"come"', 2, 'a quotation mark stands inside the text “title”'],
    ['printed quotation marks', '"Welcome"', '“Welcome”', 2, 'must stand between straight quotation marks'],
    ['a colon left out', '"title":', '"title"', 2, 'a colon : is missing after the key “title”'],
    ['a number', '"Welcome"', '7', 2, '“title” must be a text in quotation marks'],
    ['a key twice', '"title": "Welcome",', '"title": "Welcome",\n  "title": "Welcome",', 3, 'the key “title” is there twice'],
    ['a brace left out', '\n}\n', '\n', 7, 'a closing brace } is missing'],
    ['a brace too many', '\n}\n', '\n}}\n', 8, 'one closing brace } too many'],
    ['an opening brace left out', '{ "child": "Hi {name}",', '"child": "Hi {name}",', 3, 'a brace { is missing'],
    ['a comment', '"title"', '// new\n  "title"', 2, 'cannot hold comments'],
    ['nothing', en, '', 1, 'the file is empty'],
  ])('%s', (_name, from, to, line, guess) => {
    put(file('en'), en.replace(from, to));
    expect(found().errors).toEqual([expect.stringContaining(`${file('en')}, line ${line}: `)]);
    expect(found().errors[0]).toContain(guess);
  });
  test('what is right is read as JSON reads it', () => {
    expect(readWords(`\uFEFF${en}`).tree).toEqual(JSON.parse(en));
    expect(readWords('{ "a": "x \\"y\\" \\u00e4\\n{n}", "b": {} }').tree).toEqual({ a: 'x "y" ä\n{n}', b: {} });
  });
});

describe('what one language lacks is told of that one, once', () => {
  test.each(['en', 'de'])('%s', (language) => {
    const other = language === 'en' ? 'de' : 'en';
    const text = language === 'en' ? en : de;
    const is = (from: string | RegExp, to: string, ...messages: string[]) => {
      put(file(language), text.replace(from, to));
      const { errors } = found();
      expect(errors).toHaveLength(1);
      for (const message of messages) expect(errors[0]).toContain(message);
    };
    is(/ {2}"title": .*\n/, '', `${file(language)}: the key “title” is missing; it is in ${file(other)}, line 2`);
    is(/ {4}"door": .*\n/, '', `${file(language)}: the key “stops.door” is missing`);
    is('"stops"', '"stosp"', file(language), file(other), '“stosp”', '“stops”', 'mistyped');
    is('{name}', '', `${file(language)}, line 3: {name} is missing in “hello.child”; it is in ${file(other)}, line 3`);
    is('{name}', '{nam}', '{nam}', '{name}', '“hello.child”');
    is('{name}', '{name', `${file(language)}, line 3: `, 'brace');
    is(/ "adult": "[^"]*",/, '', `${file(language)}, line 3: “hello” lacks the reading level adult`);
    is('"adult"', '"adlut"', `${file(language)}, line 3: “hello” lacks the reading level adult (it has “adlut”)`);
    is(/"title": "(The|Die) \S+"/, '"title": " "', `${file(language)}, line 5: the text “stops.door.title” is empty`);
    is(/\{ "title": "(The|Die) \S+" \}/, '"A door"', '“stops.door” is', 'one text', 'a group of texts');
  });
  test('a language that is not there at all', () => {
    rmSync(join(root, file('de')));
    expect(found().errors).toEqual([`${file('de')} is missing; scenes/01-welcome/text/en.json is there`]);
  });
  test('order, spaces and what was not translated are notes', () => {
    const long = '"a": "One two three four five words", "b": "x "';
    put('src/text/en.json', `{ ${long}, "c": "c", "d": "d" }`);
    put('src/text/de.json', `{ ${long}, "d": "d", "c": "c" }`);
    expect(found().errors).toEqual([]);
    expect(found().warnings.map((note) => /order|space|translated/.exec(note)?.[0])).toEqual(['space', 'space', 'order', 'translated']);
  });
});

describe('folders', () => {
  test.each([
    ['1-voice', 'as 01-voice'],
    ['03-Voice', 'as 03-voice'],
    ['03_voice', 'as 03-voice'],
    ['03-voice-old', 'as 03-voice'],
    ['003-voice', 'as 03-voice'],
  ])('%s is not the name of a room', (folder, better) => {
    room(folder, 'voice');
    expect(found().errors).toEqual([expect.stringContaining(better)]);
  });
  test('two rooms of one name, or of one number', () => {
    room('03-noise', 'noise');
    expect(found().errors).toEqual(['scenes/03-noise and scenes/02-noise have the same name “noise”']);
    rmSync(join(root, 'scenes/03-noise'), { recursive: true });
    room('02-voice', 'voice');
    expect(found().errors).toEqual(['scenes/02-voice and scenes/02-noise have the same number 2']);
  });
  test('what is put aside is no room', () => {
    room('_02-noise', 'noise');
    expect(found()).toEqual({ errors: [], warnings: [] });
    room('voice', 'voice');
    expect(found()).toEqual({ errors: [], warnings: [expect.stringContaining('scenes/voice is left out')] });
  });
  test('a lobby that is not the first room is noted', () => {
    room('00-voice', 'voice');
    expect(found()).toEqual({ errors: [], warnings: [expect.stringContaining('visits begin in scenes/00-voice')] });
  });
  test('a gap in the numbers is noted', () => {
    room('05-voice', 'voice');
    expect(found()).toEqual({ errors: [], warnings: [expect.stringContaining('no room has the number 3, 4')] });
  });
  test('another name inside, a file left out, no place to begin', () => {
    put('scenes/02-noise/room.ts', "export default { name: 'sound' };");
    rmSync(join(root, 'scenes/02-noise/Story.tsx'));
    rmSync(join(root, 'scenes/01-welcome'), { recursive: true });
    expect(found().errors).toEqual([
      'scenes/02-noise/Story.tsx is missing',
      expect.stringContaining('“sound”'),
      expect.stringContaining('no room “welcome”'),
    ]);
  });
});

test('a model without its file, or with another one', () => {
  put('assets/weights/digits/manifest.json', '{ "weights": { "file": "weights.safetensors", "bytes": 1, "sha256": "00" } }');
  expect(found().errors).toEqual([expect.stringContaining('assets/weights/digits/weights.safetensors is missing')]);
  put('assets/weights/digits/weights.safetensors', 'x');
  expect(found().errors).toEqual([expect.stringContaining('is not the file that assets/weights/digits/manifest.json describes')]);
  put('assets/weights/digits/manifest.json', '{');
  expect(found().errors).toEqual([expect.stringContaining('manifest.json cannot be read')]);
});
