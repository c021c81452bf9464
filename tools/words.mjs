// npm test -- words: what a curator edits is whole: word files in every language, the folders of the rooms, the files of the models and of the lab. Needs Node alone.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkAlone, compare } from './languages.mjs';
import { Fault, readWords } from './syntax.mjs';

/** @typedef {import('./languages.mjs').Findings} Findings Errors keep the museum from being built; warnings do not. */
/** @typedef {import('./languages.mjs').Page} Page */

const here = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** @param {string} folder */
const namesIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => !name.startsWith('.'))
        .sort()
    : [];
/** @param {string} path */
const isFolder = (path) => existsSync(path) && statSync(path).isDirectory();

/** The text of a word file; throws a Fault where it is not saved as UTF-8. @param {string} path */
function textOf(path) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch {
    throw new Fault(1, 'the file is not saved as UTF-8; save it again and choose the encoding UTF-8');
  }
}

/** Controls of a room that its words give no name: a visitor would read the key. @param {string} root @param {string} place @param {Page} page */
function labelsMissing(root, place, page) {
  const path = join(root, place, '../controls.ts');
  if (!existsSync(path) || place === 'src/text') return [];
  const kinds = 'choice|curve|drawing|file|picture|press|readout|slider|toggle';
  const names = [...readFileSync(path, 'utf8').matchAll(new RegExp(`^ {2}(\\w+): (?:${kinds})\\(`, 'gm'))].map(([, name]) => name);
  return names
    .filter((name) => !page.lines.has(`controls.${name}.label`))
    .map((name) => `${page.file}: the key “controls.${name}.label” is missing, in every language; the room has a control of that name`);
}

/** Word files: of the museum, and of each folder that the museum takes for a room. @param {string} root */
export function checkTexts(root = here) {
  const rooms = namesIn(join(root, 'scenes')).filter((name) => /^(\d|_empty$)/.test(name) && isFolder(join(root, 'scenes', name)));
  const places = ['src/text', ...rooms.map((room) => `scenes/${room}/text`)];
  /** @param {string} place */
  const languagesOf = (place) => namesIn(join(root, place)).filter((name) => name.endsWith('.json'));
  const languages = [...new Set(places.flatMap(languagesOf))].sort((a, b) => Number(b === 'en.json') - Number(a === 'en.json'));
  /** @type {Findings} */
  const found = { errors: [], warnings: [] };
  const take = (/** @type {Findings} */ { errors, warnings }) => {
    found.errors.push(...errors);
    found.warnings.push(...warnings);
  };
  for (const place of places) {
    const there = languagesOf(place);
    /** @type {Page[]} */
    const pages = [];
    for (const language of languages) {
      const file = `${place}/${language}`;
      if (!there.includes(language)) {
        found.errors.push(`${file} is missing${there[0] ? `; ${place}/${there[0]} is there` : ''}`);
        continue;
      }
      try {
        pages.push({ file, ...readWords(textOf(join(root, file))) });
      } catch (fault) {
        const { line, message } = /** @type {import('./syntax.mjs').Fault} */ (fault);
        found.errors.push(`${file}, line ${line}: ${message}`);
      }
    }
    pages.forEach((page) => take(checkAlone(page)));
    if (pages[0]) found.errors.push(...labelsMissing(root, place, pages[0]));
    const [first, ...others] = pages;
    if (first) others.forEach((page) => take(compare(first, page)));
  }
  return found;
}

const wanted = ['room.ts', 'controls.ts', 'Story.tsx', 'Room.tsx'];

/** The folders of scenes/: names, numbers, and what must lie in them. @param {string} root @returns {Findings} */
export function checkRooms(root = here) {
  /** @type {Findings} */
  const found = { errors: [], warnings: [] };
  /** @type {Map<string, string>} */
  const taken = new Map();
  let count = 0;
  for (const folder of namesIn(join(root, 'scenes'))) {
    const path = `scenes/${folder}`;
    if (!isFolder(join(root, path)) || folder.startsWith('_')) continue;
    const [, digits = '', name = ''] = /^(\d*)-?(.*)$/.exec(folder) ?? [];
    if (!digits) {
      found.warnings.push(
        `${path} is left out: the name of a room's folder begins with two digits, as 03-${folder.replace(/[^a-z]/gi, '').toLowerCase()}`,
      );
      continue;
    }
    count++;
    if (/^\d\d-[a-z]+$/.test(folder))
      for (const key of [`number ${Number(digits)}`, `name “${name}”`]) {
        const before = taken.get(key);
        if (before) found.errors.push(`${path} and ${before} have the same ${key}`);
        else taken.set(key, path);
      }
    else {
      const plain = /[a-z]+/i.exec(name)?.[0].toLowerCase() ?? 'name';
      const better = `${digits.padStart(2, '0').slice(-2)}-${plain}`;
      found.errors.push(
        `${path}: a room's folder is called by two digits, a hyphen and one word of small letters, as ${better}; move a copy out of scenes/, or put an underscore _ before its name`,
      );
    }
    for (const file of wanted) if (!existsSync(join(root, path, file))) found.errors.push(`${path}/${file} is missing`);
    const manifest = join(root, path, 'room.ts');
    const called = existsSync(manifest) && /\bname: '([^']+)'/.exec(readFileSync(manifest, 'utf8'))?.[1];
    if (called && called !== name && /^[a-z]+$/.test(name))
      found.errors.push(`${path}/room.ts says that the room is called “${called}”; the folder says “${name}”. They must be the same`);
  }
  if (count < 2 || count > 10) found.warnings.push(`scenes/ holds ${count} rooms; the museum is built for two to ten`);
  const numbers = [...taken.keys()].flatMap((key) => /^number (\d+)$/.exec(key)?.[1] ?? []).map(Number);
  const gap = Array.from({ length: Math.max(0, ...numbers) }, (_, at) => at + 1).filter((number) => !numbers.includes(number));
  if (gap.length > 0)
    found.warnings.push(`no room has the number ${gap.join(', ')}: visitors see the numbers of the folders, and will look for it`);
  const first = [...taken.values()][0];
  if (first && taken.has('name “welcome”') && !first.endsWith('-welcome'))
    found.warnings.push(`visits begin in ${first}, the first room; messages and “start again” take the room “welcome” for it`);
  if (count > 0 && !taken.has('name “welcome”')) found.errors.push('scenes/ has no room “welcome”: a visit begins there');
  return found;
}

/** @param {string} path */
const sha256Of = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** The files that the models' manifests name. @param {string} root @returns {Findings} */
export function checkModels(root = here) {
  /** @type {Findings} */
  const found = { errors: [], warnings: [] };
  for (const model of namesIn(join(root, 'assets/weights'))) {
    const folder = `assets/weights/${model}`;
    if (!isFolder(join(root, folder))) continue;
    const again = `take the folder from the original again, or train the model (npm run train -- ${model})`;
    if (!existsSync(join(root, folder, 'manifest.json'))) {
      found.errors.push(`${folder}/manifest.json is missing: ${again}`);
      continue;
    }
    /** @type {Record<string, { file?: string, bytes?: number, sha256?: string } | undefined>} */
    let manifest;
    try {
      manifest = JSON.parse(readFileSync(join(root, folder, 'manifest.json'), 'utf8'));
    } catch {
      found.errors.push(`${folder}/manifest.json cannot be read: ${again}`);
      continue;
    }
    const called = /** @type {unknown} */ (manifest.model);
    if (typeof called === 'string' && called !== model)
      found.errors.push(`${folder} holds the model “${called}”, so the folder must be called assets/weights/${called}`);
    for (const entry of Object.values(manifest)) {
      if (typeof entry?.file !== 'string') continue;
      const file = `${folder}/${entry.file}`;
      if (!existsSync(join(root, file))) found.errors.push(`${file} is missing: ${again}`);
      else if (entry.sha256 && sha256Of(join(root, file)) !== entry.sha256)
        found.errors.push(`${file} is not the file that ${folder}/manifest.json describes: ${again}`);
    }
  }
  for (const room of namesIn(join(root, 'scenes'))) {
    const path = join(root, 'scenes', room, 'room.ts');
    const named = existsSync(path) && !room.startsWith('_') && /models: \[([^\]]*)\]/.exec(readFileSync(path, 'utf8'))?.[1];
    for (const [, model] of (named || '').matchAll(/'([^']+)'/g))
      if (!isFolder(join(root, 'assets/weights', model ?? '')))
        found.errors.push(`assets/weights/${model} is missing, which scenes/${room} needs: take the folder from the original again`);
  }
  return found;
}

/** What the rooms show besides models: each table of assets/data and the file that it names. @param {string} root @returns {Findings} */
export function checkData(root = here) {
  /** @type {string[]} */
  const errors = [];
  const again = 'take the folder assets/data from the original again';
  const tables = namesIn(join(root, 'assets/data')).filter((name) => name.endsWith('.json'));
  const isLabThere = namesIn(join(root, 'scenes')).some((name) => /^\d.*-training$/.test(name));
  for (const table of isLabThere ? ['digits.json', 'recording.json'] : [])
    if (!tables.includes(table)) errors.push(`assets/data/${table} is missing: ${again}`);
  for (const table of tables) {
    /** @type {{ file?: unknown, sha256?: unknown }} */
    let told;
    try {
      told = JSON.parse(readFileSync(join(root, 'assets/data', table), 'utf8'));
    } catch {
      errors.push(`assets/data/${table} cannot be read: ${again}`);
      continue;
    }
    const path = `assets/data/${String(told.file)}`;
    if (!existsSync(join(root, path))) errors.push(`${path} is missing: ${again}`);
    else if (sha256Of(join(root, path)) !== told.sha256)
      errors.push(`${path} is not the file that assets/data/${table} describes: ${again}`);
  }
  return { errors, warnings: [] };
}

/** The typefaces that the page's styles name. @param {string} root @returns {Findings} */
export function checkFonts(root = here) {
  const styles = namesIn(join(root, 'src/ui')).filter((name) => name.endsWith('.css'));
  const named = styles.flatMap((style) => [...readFileSync(join(root, 'src/ui', style), 'utf8').matchAll(/url\('\/(fonts\/[^']+)'\)/g)]);
  const missing = [...new Set(named.map(([, file]) => `assets/${file}`))].filter((file) => !existsSync(join(root, file)));
  return { errors: missing.map((file) => `${file} is missing: take the folder assets/fonts from the original again`), warnings: [] };
}

/** Everything together. @param {string} [root] @returns {Findings} */
export function checkContent(root = here) {
  const parts = [checkTexts(root), checkRooms(root), checkModels(root), checkData(root), checkFonts(root)];
  return { errors: parts.flatMap(({ errors }) => errors), warnings: parts.flatMap(({ warnings }) => warnings) };
}

/** Prints what is found; true where nothing keeps the museum from being built. */
export function tellContent() {
  const { errors, warnings } = checkContent();
  for (const warning of warnings) console.warn(`Note: ${warning}.`);
  if (errors.length === 0) return true;
  console.error(`\n${errors.length === 1 ? 'One thing is' : `${errors.length} things are`} to be mended:`);
  for (const error of errors) console.error(`  ${error}.`);
  console.error('');
  return false;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const isWhole = tellContent();
  if (isWhole) console.log('Words, rooms and models are whole.');
  process.exitCode = isWhole ? 0 : 1;
}
