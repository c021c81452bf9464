// npm run build: a release in dist/, refused where words, rooms or models are not whole, or where the page has grown beyond its budget.
import { optionsOf } from './options.mjs';
import { built, installed } from './ready.mjs';
import { tellContent } from './words.mjs';

const { accept } = optionsOf('npm run build', { accept: { type: 'boolean', default: false } }, '--accept');
if (!tellContent()) process.exit(1);
installed();
const { weigh } = await import('./budgets.mjs');
const grown = weigh(built('production'), { accept: accept === true });
process.exitCode = grown ? 1 : 0;
