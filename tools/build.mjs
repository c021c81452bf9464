// npm run build: a release in dist/, refused where the page has grown beyond its budget.
import { parseArgs } from 'node:util';
import { installed } from './ready.mjs';

const { values } = parseArgs({ options: { accept: { type: 'boolean', default: false } } });
installed();
const { built } = await import('./ready.mjs');
const { weigh } = await import('./budgets.mjs');
const grown = weigh(built('production'), { accept: values.accept });
process.exitCode = grown ? 1 : 0;
