// npm run bench -- engine: the engine beside its peers, in one run: stock tfjs and a tuned ONNX Runtime; same network, weights and questions.
// The last line is JSON; --out keeps it in bench/results/engine.json. Ratios above 1 mean that ours is faster; only ratios of one run count.
import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform } from 'node:os';
import { join } from 'node:path';
import { optionsOf, refuse } from '../tools/options.mjs';
import { root } from '../tools/ready.mjs';
import { openBench } from './engine/browser';
import { peersInstalled } from './engine/installing';
import { measureAll, partNames } from './engine/report';
import { missed, table } from './engine/table';

const options = optionsOf(
  'npm run bench -- engine',
  {
    only: { type: 'string', default: partNames.join(',') },
    batches: { type: 'string', default: '1,4,16' },
    rounds: { type: 'string', default: '9' },
    seconds: { type: 'string', default: '40' },
    gpu: { type: 'string', default: 'software' },
    dawn: { type: 'boolean', default: false },
    out: { type: 'string', default: '' },
  },
  '--only webgpu,wasm --rounds 5 --gpu own',
);
const only = String(options.only).split(',');
const unknown = only.find((name) => !(partNames as readonly string[]).includes(name));
if (unknown !== undefined) refuse(`--only knows ${partNames.join(', ')}, not ${unknown}`);
const counts = String(options.batches).split(',').map(Number);
if (!counts.every((count) => count >= 1 && count <= 16 && Number.isInteger(count))) refuse('--batches are whole numbers from 1 to 16');
const [rounds, seconds] = [Number(options.rounds), Number(options.seconds)];
if (!(rounds >= 1 && seconds >= 0)) refuse('--rounds and --seconds are numbers');
const { gpu } = options;
if (gpu !== 'software' && gpu !== 'own') refuse(`--gpu knows software and own, not ${String(gpu)}`);

if (!peersInstalled()) process.exit(1);
const bench = options.dawn ? await (await import('./engine/dawn')).openDawn() : await openBench(gpu as 'software' | 'own');
const load = loadavg()[0] ?? NaN;
const { result, detail } = await measureAll(bench, { only, counts, rounds, seconds }).finally(() => bench.close());
const whole = {
  date: new Date().toISOString().slice(0, 16),
  command: ['npm run bench -- engine', ...process.argv.slice(2)].join(' '),
  device: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, system: `${platform()} ${arch()}`, runs_in: bench.name, load: Number(load.toFixed(1)) },
  ...result,
  detail,
}; // prettier-ignore
console.log(table(whole));
if (options.out !== '') {
  mkdirSync(join(root, 'bench/results'), { recursive: true });
  writeFileSync(join(root, 'bench/results', `${String(options.out)}.json`), `${JSON.stringify(whole, null, 2)}\n`);
}
console.log(JSON.stringify(whole));
process.exit(missed(whole).length > 0 ? 1 : 0);
