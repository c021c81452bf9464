// Measures training in the engine alone, on wasm in this one process: a tiny U-Net on 2,048 digits, judged; and what starting and stopping leaves behind.
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { peersInstalled } from './engine/installing';
import type { Given } from './training/learn';
import './training/urls';

const help = `npm run bench -- training [options]
  --data DIR     folder with MNIST (mnist.npz or the IDX files); data/mnist if not given
  --only PART    learn or leaks; learn if not given
  --backend NAME of leaks: wasm, or webgpu by Dawn (wasm)
  --steps N      steps of 32 digits (5000)
  --minutes N    CPU-minutes after which the training ends in any case (36)
  --seed N       32-bit seed of weights, digits and noise (1)
  --keep FILE    where the model is kept (runs/training.safetensors)
  --out FILE     JSON; the log goes beside it (bench/results/training.json)`;

const options = {
  data: { type: 'string', default: 'data/mnist' },
  only: { type: 'string', default: 'learn' },
  backend: { type: 'string', default: 'wasm' },
  steps: { type: 'string', default: '5000' },
  minutes: { type: 'string', default: '36' },
  seed: { type: 'string', default: '1' },
  keep: { type: 'string', default: 'runs/training.safetensors' },
  out: { type: 'string', default: 'bench/results/training.json' },
} as const;

function number(name: string, word: string, least: number): number {
  const value = Number(word);
  if (!Number.isFinite(value) || value < least) throw new Error(`--${name} must be a number from ${least}, not ${word}`);
  return value;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  const { data, only, keep, out, backend } = values;
  if (backend !== 'wasm' && backend !== 'webgpu') throw new Error(help);
  if (backend === 'webgpu') {
    if (!peersInstalled()) process.exit(1);
    await (await import('./engine/dawn')).provideGpu();
  }
  // Imported only now that addresses can be.
  const [{ learn }, { leaks }] = await Promise.all([import('./training/learn'), import('./training/leaks')]);
  const parts = { learn, leaks };
  if (!Object.hasOwn(parts, only)) throw new Error(help);
  const log: string[] = [];
  mkdirSync('runs', { recursive: true });
  const say = (line: string) => {
    console.log(line);
    log.push(line);
    if (only === 'learn') writeFileSync(out.replace(/\.json$/, '.log'), `${log.join('\n')}\n`);
  };
  say(`npm run bench -- training${process.argv.slice(2).map((word) => ` ${word}`).join('')}`); // prettier-ignore
  const given: Given = { data, keep, backend, steps: number('steps', values.steps, 1), minutes: number('minutes', values.minutes, 0), seed: number('seed', values.seed, 0) }; // prettier-ignore
  const found = { date: new Date().toISOString().slice(0, 10), ...(await parts[only as keyof typeof parts](given, say)) };
  if (only === 'learn' || values.out !== options.out.default) writeFileSync(out, `${JSON.stringify(found)}\n`);
  say(JSON.stringify(found));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
