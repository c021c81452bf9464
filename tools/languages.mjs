// Compares the languages of one set of word files: the same keys, the same {names}, three reading levels, no empty text.

/** @typedef {import('./syntax.mjs').Word} Word */
/** @typedef {import('./syntax.mjs').Group} Group */
/** @typedef {{ file: string, tree: Group, lines: Map<string, number> }} Page One language's file. */
/** @typedef {{ errors: string[], warnings: string[] }} Findings */

const levels = ['child', 'adult', 'expert'];

/** @param {Word | undefined} word @returns {word is Group} */
const isGroup = (word) => typeof word === 'object';
/** @param {Group} group */
const isLevelled = (group) => levels.some((level) => Object.hasOwn(group, level));
/** @param {string} text */
export const holesIn = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
/** Whether a brace of a {name} is left out. @param {string} text */
const isBroken = (text) => /[{}]/.test(text.replace(/\{\w+\}/g, ''));
/** @param {Word | undefined} word */
const kindOf = (word) => (!isGroup(word) ? 'one text' : isLevelled(word) ? 'a text with reading levels' : 'a group of texts');
/** @param {readonly string[]} names */
const braced = (names) => names.map((name) => `{${name}}`).join(', ');

/** Whether two keys are one and a slip of it: at most two letters put in, left out or exchanged (Levenshtein). @param {string} one @param {string} other */
function isSlip(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++)
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1));
    row = next;
  }
  return (row[other.length] ?? 9) <= Math.min(2, Math.floor(Math.min(one.length, other.length) / 2));
}

/** What is wrong within one file. @param {Page} page @returns {Findings} */
export function checkAlone({ file, tree, lines }) {
  /** @type {Findings} */
  const found = { errors: [], warnings: [] };
  /** @param {Group} group @param {string} path */
  const walk = (group, path) => {
    const names = Object.keys(group);
    const where = `${file}, line ${lines.get(path) ?? 1}`;
    if (path && names.length === 0) found.errors.push(`${where}: “${path}” is empty`);
    if (isLevelled(group)) {
      const [lacking, strange] = [levels.filter((level) => !names.includes(level)), names.filter((name) => !levels.includes(name))];
      if (lacking.length)
        found.errors.push(
          `${where}: “${path}” lacks the reading level ${lacking.join(', ')}${strange.length ? ` (it has “${strange.join('”, “')}”)` : ''}`,
        );
      else if (strange.length) found.errors.push(`${where}: “${path}” has more than the three reading levels: “${strange.join('”, “')}”`);
    }
    for (const [name, word] of Object.entries(group)) {
      const own = path ? `${path}.${name}` : name;
      const here = `${file}, line ${lines.get(own)}`;
      if (isGroup(word)) walk(word, own);
      else if (word.trim() === '') found.errors.push(`${here}: the text “${own}” is empty`);
      else {
        if (isBroken(word)) found.errors.push(`${here}: a brace of a {name} is missing, or one too many, in “${own}”`);
        if (word.trim() !== word) found.warnings.push(`${here}: the text “${own}” begins or ends with a space`);
      }
    }
  };
  walk(tree, '');
  return found;
}

/** What two languages do not have alike. @param {Page} one @param {Page} other @returns {Findings} */
export function compare(one, other) {
  /** @type {Findings} */
  const found = { errors: [], warnings: [] };
  /** @param {Page} page @param {string} path */
  const at = ({ file, lines }, path) => `${file}${lines.has(path) ? `, line ${lines.get(path)}` : ''}`;

  /** @param {string} path @param {string} text @param {string} twin */
  const texts = (path, text, twin) => {
    if (isBroken(text) || isBroken(twin)) return;
    const [mine, yours] = [holesIn(text), holesIn(twin)];
    const [missing, more] = [mine.filter((name) => !yours.includes(name)), yours.filter((name) => !mine.includes(name))];
    if (missing.length && more.length)
      found.errors.push(`${at(other, path)}: “${path}” has ${braced(more)} where ${at(one, path)} has ${braced(missing)}`);
    else if (missing.length) found.errors.push(`${at(other, path)}: ${braced(missing)} is missing in “${path}”; it is in ${at(one, path)}`);
    else if (more.length) found.errors.push(`${at(one, path)}: ${braced(more)} is missing in “${path}”; it is in ${at(other, path)}`);
    else if (String(mine) !== String(yours))
      found.errors.push(`${at(other, path)}: “${path}” has a {name} more often or less often than ${at(one, path)}`);
    // Formulas are alike in every language; sentences are not.
    if (text === twin && (text.match(/\p{L}{3,}/gu)?.length ?? 0) > 4)
      found.warnings.push(`${at(other, path)}: “${path}” is the same as in ${one.file}: is it translated?`);
  };

  /** @param {Group} mine @param {Group} yours @param {string} path */
  const walk = (mine, yours, path) => {
    const own = (/** @type {string} */ name) => (path ? `${path}.${name}` : name);
    // Reading levels that are wrong within a file are told of that file.
    if ((isLevelled(mine) || isLevelled(yours)) && kindOf(mine) === kindOf(yours))
      return levels.forEach((level) => {
        const [text, twin] = [mine[level], yours[level]];
        if (typeof text === 'string' && typeof twin === 'string') texts(own(level), text, twin);
      });
    const [here, there] = [Object.keys(mine), Object.keys(yours)];
    const missing = here.filter((name) => !there.includes(name));
    const unknown = there.filter((name) => !here.includes(name));
    for (const name of missing) {
      const slip = unknown.findIndex((candidate) => isSlip(name, candidate));
      const [twin] = slip < 0 ? [] : unknown.splice(slip, 1);
      found.errors.push(
        twin === undefined
          ? `${other.file}: the key “${own(name)}” is missing; it is in ${at(one, own(name))}`
          : `${at(other, own(twin))} has the key “${own(twin)}” where ${at(one, own(name))} has “${own(name)}”: one of them is mistyped`,
      );
    }
    for (const name of unknown) found.errors.push(`${one.file}: the key “${own(name)}” is missing; it is in ${at(other, own(name))}`);
    const both = here.filter((name) => there.includes(name));
    const moved = both.find((name, i) => name !== there.filter((key) => here.includes(key))[i]);
    if (moved) found.warnings.push(`${at(other, own(moved))}: “${own(moved)}” stands in another order than in ${one.file}`);
    for (const name of both) {
      const [word, twin] = [mine[name], yours[name]];
      if (kindOf(word) !== kindOf(twin))
        found.errors.push(`${at(other, own(name))}: “${own(name)}” is ${kindOf(twin)}; in ${at(one, own(name))} it is ${kindOf(word)}`);
      else if (isGroup(word) && isGroup(twin)) walk(word, twin, own(name));
      else if (typeof word === 'string' && typeof twin === 'string') texts(own(name), word, twin);
    }
  };
  walk(one.tree, other.tree, '');
  return found;
}
