// Weighs a build: kibibytes of JavaScript (gzip) of the shell, of everything until the first room stands, and of the engine's worker.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const table = join(dirname(fileURLToPath(import.meta.url)), 'budgets.json');
/** What the page loads by itself until the first room stands, apart from the entry. */
const firstRoom = [/^src\/museum\/(Museum|Stories)\.tsx$/, /^scenes\/\d\d-welcome\/(Room|Story)\.tsx$/];
/** A growth of more than this share of what stands is refused. */
const allowance = 1.05;

/** @typedef {{ file: string, imports?: string[], isEntry?: boolean }} Chunk */

/** @param {string} folder */
export function weights(folder) {
  /** @type {Record<string, Chunk>} */
  const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8'));
  /** @param {string} key @param {Set<string>} files */
  const follow = (key, files) => {
    const chunk = manifest[key];
    if (!chunk || files.has(chunk.file)) return files;
    files.add(chunk.file);
    for (const next of chunk.imports ?? []) follow(next, files);
    return files;
  };
  /** @param {Iterable<string>} files */
  const weight = (files) =>
    [...files].filter((file) => file.endsWith('.js')).reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0) /
    1024;

  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const shell = new Set([...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file ?? ''));
  // The scripts that the page names stand for their imports too.
  for (const [key, chunk] of Object.entries(manifest)) {
    if (!shell.has(chunk.file)) continue;
    shell.delete(chunk.file);
    follow(key, shell);
  }
  if (shell.size === 0) throw new Error(`${folder}/index.html names no script.`);
  const room = new Set(shell);
  for (const key of Object.keys(manifest)) if (firstRoom.some((pattern) => pattern.test(key))) follow(key, room);
  const worker = [...workerFiles(folder)];
  // Those who train nothing never ask for it.
  const isTraining = (/** @type {string} */ file) => /\/training-[\w-]+\.js$/.test(file);
  return {
    shell: weight(shell),
    firstRoom: weight(room),
    engine: weight(worker.filter((file) => !isTraining(file))),
    training: weight(worker.filter(isTraining)),
  };
}

/** The worker's file and all files that it imports, now or later: the bundler's manifest does not list them. @param {string} folder */
export function workerFiles(folder) {
  const assets = join(folder, 'assets');
  const files = new Set(readdirSync(assets).filter((name) => /^worker-.+\.js$/.test(name)).map((name) => `assets/${name}`)); // prettier-ignore
  for (const file of files)
    for (const [, name] of readFileSync(join(folder, file), 'utf8').matchAll(/["'`]\.\/([\w.-]+\.js)["'`]/g))
      if (existsSync(join(assets, name ?? ''))) files.add(`assets/${name}`);
  return files;
}

/**
 * Prints the weights beside their budgets; true where one has grown too far. `accept` writes the present weights down.
 * @param {string} folder
 * @param {{ accept?: boolean }} [options]
 */
export function weigh(folder, { accept = false } = {}) {
  /** @type {Record<string, { limit: number, stands: number | null }>} */
  const budgets = JSON.parse(readFileSync(table, 'utf8'));
  let grown = false;
  for (const [name, weight] of Object.entries(weights(folder))) {
    const budget = budgets[name];
    if (!budget) continue;
    const most = budget.stands === null || accept ? budget.limit : Math.min(budget.limit, budget.stands * allowance);
    const over = weight > most;
    grown ||= over;
    console.log(`${name.padEnd(10)} ${weight.toFixed(1).padStart(7)} KiB gzip, at most ${most.toFixed(1)}${over ? '  TOO MUCH' : ''}`);
    if (accept && !over) budget.stands = Math.round(weight * 10) / 10;
  }
  if (accept) writeFileSync(table, `${JSON.stringify(budgets, null, 2)}\n`);
  if (grown)
    console.error('The page has grown beyond its budget. Make it smaller, or, within the limit, accept it: npm run build -- --accept');
  return grown;
}
