// Makes the working copy ready: packages installed from the lockfile, a build of the present sources. Imports nothing but Node.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkNode } from './node.mjs';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(root, '.cache');

/** Runs a program with its output shown; returns its exit code. @param {string} program @param {string[]} args */
export function show(program, args, env = {}) {
  const done = spawnSync(program, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  return done.status ?? 1;
}

/** A program of an installed package, run by this Node. @param {string} name */
export function tool(name, folder = name) {
  const home = join(root, 'node_modules', folder);
  const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  return join(home, typeof bin === 'string' ? bin : bin[name]);
}

/** @param {string} path @returns {Generator<string>} */
function* filesUnder(path) {
  if (!existsSync(path)) return;
  if (statSync(path).isFile()) yield path;
  else for (const name of readdirSync(path).sort()) if (!name.startsWith('.')) yield* filesUnder(join(path, name));
}

/** Hash of the named files and folders. @param {readonly string[]} names */
function hashOf(names) {
  const hash = createHash('sha256');
  for (const name of names)
    for (const file of filesUnder(join(root, name))) hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** @param {string} name @param {string} hash */
const isMarked = (name, hash) => existsSync(join(cache, name)) && readFileSync(join(cache, name), 'utf8') === hash;
/** @param {string} name @param {string} hash */
function mark(name, hash) {
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, name), hash);
}

/** Installs the packages of the lockfile where they are missing or others, or stops. */
export function installed() {
  if (!install()) process.exit(1);
}

/** The same; false where it does not succeed, which has been said. */
export function install() {
  checkNode();
  const hash = hashOf(['package.json', 'package-lock.json']);
  // npm's own record must still be there: someone may have emptied node_modules.
  if (existsSync(join(root, 'node_modules', '.package-lock.json')) && (isMarked('installed', hash) || matchesLock())) {
    mark('installed', hash);
    return true;
  }
  console.log('Installing packages (once) ...');
  const code = show('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  if (code !== 0) {
    console.error('npm ci failed: is the package registry reachable?');
    return false;
  }
  mark('installed', hash);
  return true;
}

/** Whether what npm recorded as installed is what the lockfile asks for. */
function matchesLock() {
  /** @param {string} file @returns {Record<string, { version?: string, optional?: boolean }>} */
  const packages = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  const there = packages('node_modules/.package-lock.json');
  return Object.entries(packages('package-lock.json')).every(
    ([name, wanted]) => name === '' || wanted.optional || there[name]?.version === wanted.version,
  );
}

const sources = [
  'src',
  'scenes',
  'assets',
  'index.html',
  'operator.html',
  'vite.config.ts',
  'tsconfig.json',
  'package-lock.json',
  'tools/headers.mjs',
];

/** Whether `folder` holds a build, and when it was made. @param {string} folder */
export function builtAt(folder) {
  const page = join(root, folder, 'index.html');
  return existsSync(page) ? statSync(page).mtime : undefined;
}

/** Whether the files that a build takes over as they are (models, typefaces, ...) lie whole in `folder`. @param {string} folder */
function isWhole(folder) {
  const files = readdirSync(join(root, 'assets'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.every(({ parentPath, name }) => {
    const [from, to] = [join(parentPath, name), join(root, folder, relative(join(root, 'assets'), parentPath), name)];
    return existsSync(to) && statSync(to).size === statSync(from).size;
  });
}

/** Whether `folder` holds a whole build of the present sources. @param {'production' | 'test'} mode @param {string} folder */
export const isCurrent = (mode, folder) => builtAt(folder) !== undefined && isMarked(`built-${mode}`, hashOf(sources)) && isWhole(folder);

/**
 * Builds into `folder` where that is not a build of the present sources; what stood there goes only after a build that succeeds.
 * Mode 'test' keeps the probes of the tests.
 * @param {'production' | 'test'} mode
 * @returns {string} The folder.
 */
export function built(mode, folder = mode === 'production' ? 'dist' : '.cache/dist-test') {
  return build(mode, folder) ?? process.exit(1);
}

/**
 * The same; undefined where the build fails, which has been said.
 * @param {'production' | 'test'} mode
 * @param {string} folder
 */
export function build(mode, folder) {
  const hash = hashOf(sources);
  const target = join(root, folder);
  if (isCurrent(mode, folder)) return target;
  console.log(`Building (${mode}) ...`);
  const fresh = join(cache, `new-${mode}`);
  const code = show(process.execPath, [tool('vite'), 'build', '--mode', mode, '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn']);
  if (code !== 0) {
    console.error(`The build (${mode}) failed.`);
    return undefined;
  }
  rmSync(target, { recursive: true, force: true });
  renameSync(fresh, target);
  mark(`built-${mode}`, hash);
  return target;
}
