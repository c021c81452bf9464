// Measures what ships: the fp16 weights, through the networks and samplers of the museum's own engine, on wasm. A table for people, then one line of JSON.
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { evaluateCloud } from './evaluate/cloud';
import { evaluateDigits, runs } from './evaluate/digits';
import { openPool } from './evaluate/pool';

const help = `npm run evaluate -- digits|cloud [options]
  --count N     pictures (2000) or points (8192) of one measurement
  --threads N   processes side by side; all of this machine if not given
  --seed N      32-bit seed of the noise (1)
  --data DIR    folder with MNIST (mnist.npz or the IDX files), to measure the judge; data/mnist if not given
  --only RUNS   of digits, separated by commas: ${Object.keys(runs).join(', ')}; all if not given
  --out FILE    writes the JSON to a file as well`;

const options = {
  count: { type: 'string' },
  threads: { type: 'string', default: String(availableParallelism()) },
  seed: { type: 'string', default: '1' },
  data: { type: 'string', default: 'data/mnist' },
  only: { type: 'string' },
  out: { type: 'string' },
} as const;

const models = { digits: evaluateDigits, cloud: evaluateCloud };

function whole(name: string, word: string | undefined, least: number): number | undefined {
  if (word === undefined) return undefined;
  const value = Number(word);
  if (!Number.isSafeInteger(value) || value < least) throw new Error(`--${name} must be a whole number from ${least}, not ${word}`);
  return value;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const model = positionals[0] ?? '';
  if (positionals.length !== 1 || !Object.hasOwn(models, model)) throw new Error(help);
  const count = whole('count', values.count, 100);
  const seed = whole('seed', values.seed, 0) ?? 1;
  const only = values.only?.split(',');
  const unknown = only?.find((name) => !Object.hasOwn(runs, name));
  if (unknown !== undefined) throw new Error(`--only knows ${Object.keys(runs).join(', ')}, not ${unknown}`);
  const began = performance.now();
  const pool = openPool(whole('threads', values.threads, 1) ?? 1);
  try {
    const found = await models[model as keyof typeof models](pool, { count, seed, data: values.data, only });
    const made = {
      date: new Date().toISOString().slice(0, 10),
      command: `npm run evaluate -- ${model}${only ? ` --only ${only.join(',')}` : ''}`,
    };
    const line = JSON.stringify({ ...made, ...found, seconds: Math.round((performance.now() - began) / 1000) });
    if (values.out !== undefined) writeFileSync(values.out, `${line}\n`);
    console.log(line);
  } finally {
    pool.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
