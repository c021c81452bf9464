// Reads a word file (JSON: groups and texts), remembers the line of every key, and says in plain words what is wrong in which line.

/** @typedef {string | { [key: string]: Word }} Word A text, or a group of texts. */
/** @typedef {{ [key: string]: Word }} Group */
/** @typedef {{ tree: Group, lines: Map<string, number> }} Read Dotted keys with the lines that they stand in. */

/** What is wrong, and where. */
export class Fault extends Error {
  /** @param {number} line @param {string} message */
  constructor(line, message) {
    super(message);
    this.line = line;
  }
}

/** A short piece of a text, to find it by. @param {string} text */
const shortened = (text) => (text.length > 32 ? `${text.slice(0, 30)} …` : text);

/** @param {string} source @returns {Read} Throws a Fault. */
export function readWords(source) {
  const text = source.replace(/^\uFEFF/, '');
  /** @type {Map<string, number>} */
  const lines = new Map();
  let at = 0;

  const lineAt = (place = at) => text.slice(0, place).split('\n').length;
  /** @param {string} message @param {number} [place] @returns {never} */
  const fail = (message, place = at) => {
    throw new Fault(lineAt(place), message);
  };
  const skip = () => {
    while (/\s/.test(text[at] ?? '')) at++;
    if (text.startsWith('//', at) || text.startsWith('/*', at)) fail('a word file cannot hold comments');
  };

  /** @param {string} what */
  function string(what) {
    const start = at;
    if (/[“”„«»‘’']/.test(text[at] ?? '')) fail(`${what} must stand between straight quotation marks: "…"`);
    if (text[at] !== '"') {
      const word = /^[\p{L}\p{N}]+/u.exec(text.slice(at))?.[0];
      fail(word ? `a quotation mark " is missing before ${shortened(word)}` : `${what} in quotation marks is missing`);
    }
    for (at++; text[at] !== '"'; at++) {
      if (at >= text.length || text[at] === '\n')
        fail(`the quotation mark " at the end of “${shortened(text.slice(start + 1, at).trim())}” is missing`, start);
      if (text[at] === '\\') at++;
    }
    at++;
    try {
      return /** @type {string} */ (JSON.parse(text.slice(start, at).replace(/\t/g, ' ')));
    } catch {
      return fail('a backslash \\ stands before a letter that cannot follow it', start);
    }
  }

  /** After an entry: a comma and another one (true), or the end of the group. @param {string} name @param {number} opened */
  function goesOn(name, opened) {
    const end = at;
    skip();
    if (text[at] === ',') {
      const comma = at++;
      skip();
      if (text[at] === '}') fail(`the comma after the last entry, “${name}”, is one too many`, comma);
      if (text[at] === ',') fail('there are two commas');
      return true;
    }
    if (text[at] === '}') return false;
    if (text[at] === ':') fail(`a brace { is missing: here, before “${name}”, begins a group, or a comma is missing before it`, end - 1);
    if (at >= text.length) fail(`a closing brace } is missing (for the { in line ${lineAt(opened)}, or one further down)`, end - 1);
    if (lineAt(end) !== lineAt(at) || text[at] === '"') fail(`a comma is missing after “${name}”`, end - 1);
    return fail(`a quotation mark stands inside the text “${name}”: write \\" there, or “ and ”; or there is something behind the text`);
  }

  /** @param {string} path @returns {Group} */
  function group(path) {
    const opened = at++;
    /** @type {Group} */
    const entries = {};
    skip();
    if (text[at] === '}') {
      at++;
      return entries;
    }
    for (;;) {
      skip();
      const start = at;
      const key = string('a key');
      const own = path ? `${path}.${key}` : key;
      if (Object.hasOwn(entries, key)) fail(`the key “${own}” is there twice (the first is in line ${lines.get(own)})`, start);
      lines.set(own, lineAt(start));
      skip();
      if (text[at] !== ':') fail(`a colon : is missing after the key “${key}”`);
      at++;
      skip();
      entries[key] = value(own);
      if (goesOn(key, opened)) continue;
      at++;
      return entries;
    }
  }

  /** @param {string} path @returns {Word} */
  function value(path) {
    if (text[at] === '{') return group(path);
    if (text[at] === '[' || /^(-?\d|true\b|false\b|null\b)/.test(text.slice(at))) fail(`“${path}” must be a text in quotation marks`);
    return string(`the text of “${path}”`);
  }

  skip();
  if (at >= text.length) fail('the file is empty');
  if (text[at] !== '{') fail('the file must begin with a brace {');
  const tree = group('');
  skip();
  if (at < text.length)
    fail(text[at] === '}' ? 'there is one closing brace } too many, here or above' : 'something follows the last brace }');
  return { tree, lines };
}
