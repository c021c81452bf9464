// The source files of the museum, for tests that read them.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

export const root = resolve(import.meta.dirname, '..');

/** Paths from the root, with slashes, of all files under these folders or of these files that have one of these endings. */
export function files(places: readonly string[], endings: readonly string[]): string[] {
  const found: string[] = [];
  const walk = (path: string) => {
    const entry = statSync(path, { throwIfNoEntry: false });
    if (entry?.isFile() && endings.some((ending) => path.endsWith(ending))) found.push(relative(root, path).split(sep).join('/'));
    if (entry?.isDirectory())
      for (const name of readdirSync(path).sort()) if (!/^(\.|__pycache__|node_modules)/.test(name)) walk(join(path, name));
  };
  for (const place of places) walk(join(root, place));
  return found;
}

export const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** A file without its comments. */
export const readCode = (path: string) => read(path).replace(/\/\*[\s\S]*?\*\/|(?<![:"'`])\/\/.*$/gm, '');
