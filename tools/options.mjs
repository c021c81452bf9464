// Options of a command line, and one plain line with the right command where they are mistaken.
import { parseArgs } from 'node:util';

/** Stops with one line. @param {string} message @returns {never} */
export function refuse(message) {
  console.error(message);
  process.exit(1);
}

/**
 * The options that `command` was given. Options that npm kept for itself, since the two hyphens were forgotten, are known by its environment.
 * @template {Record<string, { type: 'string' | 'boolean', default?: string | boolean }>} Options
 * @param {string} command as 'npm start'
 * @param {Options} options
 * @param {string} example of its options
 */
export function optionsOf(command, options, example) {
  const right = `${command} -- ${example}`;
  for (const name of Object.keys(options))
    if (process.env[`npm_config_${name}`] !== undefined)
      refuse(`npm kept --${name} for itself. Two hyphens stand before the options: ${right}`);
  try {
    return parseArgs({ options, allowPositionals: false }).values;
  } catch (why) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (why);
    const word = /'([^']+)'/.exec(message)?.[1] ?? '';
    const names = Object.keys(options).map((name) => `--${name}`).join(' and '); // prettier-ignore
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return refuse(`There is no option ${word}; there is ${names}: ${right}`);
    if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return refuse(`“${word}” is a word too many; it is: ${right}`);
    const lacks = message.includes('argument missing') || message.includes('ambiguous');
    return refuse(`${word.split(' ')[0]} ${lacks ? 'needs something behind it' : 'stands alone'}; it is: ${right}`);
  }
}
