// npm test: installs what it needs, then words, types, lint, format, numerics and the museum in Chromium. `npm test -- lint browser` runs those alone.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumPath } from './chromium.mjs';
import { installed, root, show, tool } from './ready.mjs';
import { tellContent } from './words.mjs';

/** @typedef {{ name: string, passed: number, failed: number, seconds: number }} Outcome */

/** Installs Chromium where it is missing and this machine lets us. */
function chromiumInstalled() {
  if (chromiumPath()) return true;
  const has = (/** @type {string} */ program, /** @type {string[]} */ args) => spawnSync(program, args, { stdio: 'ignore' }).status === 0;
  const isRoot = process.getuid?.() === 0;
  if (has('apt-get', ['--version']) && (isRoot || has('sudo', ['-n', 'true']))) {
    console.log('Installing Chromium (once) ...');
    const [program = '', ...first] = isRoot ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
    show(program, [...first, 'update', '-qq']);
    show(program, [...first, 'install', '-y', '-qq', '--no-install-recommends', 'chromium'], { DEBIAN_FRONTEND: 'noninteractive' });
  }
  if (chromiumPath()) return true;
  console.error('The browser tests need Chromium: install it (Debian: apt-get install chromium), or name its program in CHROMIUM.');
  return false;
}

/** @param {string} name @param {string[]} args @returns {Promise<Outcome>} */
function check(name, args) {
  const start = Date.now();
  return new Promise((settle) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (part) => (said += part));
    child.stderr.on('data', (part) => (said += part));
    child.on('close', (code) => {
      if (code !== 0) console.log(`\n${name}:\n${said.trimEnd()}`);
      settle({ name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, seconds: (Date.now() - start) / 1000 });
    });
  });
}

/** @param {string} project @returns {Outcome} */
function vitest(project) {
  const start = Date.now();
  mkdirSync(join(root, '.cache'), { recursive: true });
  const file = join(root, '.cache', `tests-${project}.json`);
  rmSync(file, { force: true });
  const code = show(process.execPath, [
    tool('vitest'),
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const seconds = (Date.now() - start) / 1000;
  if (!existsSync(file)) return { name: project, passed: 0, failed: 1, seconds };
  const { numPassedTests: passed, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(file, 'utf8'));
  // A file that cannot even be read fails without a failed test in it; a run without any test is no success either.
  const failed = numFailedTests || (code !== 0 || passed === 0 ? Math.max(1, numFailedTestSuites) : 0);
  return { name: project, passed, failed, seconds };
}

const all = ['words', 'types', 'lint', 'format', 'numerics', 'browser'];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(', ')}. It is npm test, or npm test -- with some of: ${all.join(', ')}.`);
  process.exit(1);
}
const wanted = asked.length > 0 ? asked : all;

/** @type {Outcome[]} */
const outcomes = [];
if (wanted.includes('words')) {
  const start = Date.now();
  const isWhole = tellContent();
  outcomes.push({ name: 'words', passed: isWhole ? 1 : 0, failed: isWhole ? 0 : 1, seconds: (Date.now() - start) / 1000 });
}
// Words need nothing installed.
if (wanted.some((name) => name !== 'words')) installed();
const checks = {
  types: ['typescript', 'tsc', '--noEmit', '-p', '.'],
  lint: ['eslint', 'eslint', '.', '--max-warnings', '0'],
  format: ['prettier', 'prettier', '--check', '.'],
};
outcomes.push(
  ...(await Promise.all(
    Object.entries(checks)
      .filter(([name]) => wanted.includes(name))
      .map(([name, [folder = '', program = '', ...args]]) => check(name, [tool(program, folder), ...args])),
  )),
);
if (wanted.includes('numerics')) outcomes.push(vitest('numerics'));
if (wanted.includes('browser'))
  outcomes.push(chromiumInstalled() ? vitest('browser') : { name: 'browser', passed: 0, failed: 1, seconds: 0 });

console.log('');
for (const { name, passed, failed, seconds } of outcomes)
  console.log(
    `${name.padEnd(10)} ${String(passed).padStart(4)} passed ${String(failed).padStart(4)} failed ${seconds.toFixed(0).padStart(5)} s`,
  );
const sum = (/** @type {'passed' | 'failed'} */ of) => outcomes.reduce((total, outcome) => total + outcome[of], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
