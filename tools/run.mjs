// Runs a program of an installed package, installing first where needed: node tools/run.mjs vite | tsx FILE ...
import { installed, root, show, tool } from './ready.mjs';

const [name = '', ...rest] = process.argv.slice(2);
installed();
process.chdir(root);
process.exitCode = show(process.execPath, [tool(name), ...rest]);
