// The pseudo-language: English with accents and 40 % more length, to find texts that are not in the word files or do not fit.
const accents: Record<string, string> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ó',
  u: 'ú',
  A: 'Á',
  E: 'É',
  I: 'Í',
  O: 'Ó',
  U: 'Ú',
  n: 'ñ',
  c: 'ç',
  y: 'ý',
};

function longer(text: string): string {
  const marked = text.replace(/\{\w+\}|[a-zA-Z]/g, (part) => (part.length > 1 ? part : (accents[part] ?? part)));
  return `[${marked}${'~'.repeat(Math.ceil(text.length * 0.4))}]`;
}

/** The same tree with every text lengthened; {names} stay as they are. */
export function pseudo(tree: unknown): unknown {
  if (typeof tree === 'string') return longer(tree);
  if (typeof tree !== 'object' || tree === null) return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, pseudo(value)]));
}
