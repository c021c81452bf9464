// npm run bench -- page: runs bench/page.ts; every file of bench/ that is called so can be run so.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { installed, root, show, tool } from './ready.mjs';

const [name = '', ...rest] = process.argv.slice(2);
const file = join(root, 'bench', `${name}.ts`);
if (!/^[\w-]+$/.test(name) || !existsSync(file)) {
  const names = readdirSync(join(root, 'bench')).filter((entry) => entry.endsWith('.ts')).map((entry) => entry.slice(0, -3)); // prettier-ignore
  console.error(`npm run bench -- NAME, where NAME is one of: ${names.join(', ')}`);
  process.exit(1);
}
installed();
process.exitCode = show(process.execPath, [tool('tsx'), file, ...rest]);
