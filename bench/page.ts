// npm run bench -- page: what the page weighs, how soon it is ready, what it draws, what blocks it, what it leaves behind.
// The last line is JSON; bench/results/page.json keeps it with the device and the date. --only sizes,walks measures those parts anew.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { built, root } from '../tools/ready.mjs';
import { rooms as standing } from '../tools/rooms';
import { serve } from '../tools/serve.mjs';
import { views } from './page/draws';
import { leak } from './page/leaks';
import { fresh, middle } from './page/opening';
import { sizes } from './page/sizes';
import { starts } from './page/starting';
import { longTasks } from './page/tasks';

const parts = ['sizes', 'starts', 'views', 'walks', 'changes'] as const;
const { values: options } = parseArgs({
  options: {
    starts: { type: 'string', default: '5' },
    changes: { type: 'string', default: '200' },
    quality: { type: 'string', default: 'high' },
    only: { type: 'string' },
  },
});
const round = (value: number, digits = 1) => Number(value.toFixed(digits));
const file = join(root, 'bench/results/page.json');
const only = options.only?.split(',');
const unknown = only?.find((name) => !(parts as readonly string[]).includes(name));
if (unknown !== undefined) throw new Error(`--only knows ${parts.join(', ')}, not ${unknown}`);

type Measured = Record<string, unknown> & { detail: Record<string, unknown> };
/** With --only the other parts stay as they were measured last. */
const {
  detail: detailBefore,
  device: _device,
  date: _date,
  measured: measuredBefore,
  ...before
} = (only && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { detail: {} }) as Measured;
const result: Record<string, unknown> = before;
const detail: Record<string, unknown> = detailBefore;
/** Of each part: when it was measured, and how busy the machine was then. */
const measured = { ...(measuredBefore as Record<string, { date: string; load: number }> | undefined) };
async function part(name: (typeof parts)[number], measure: () => Promise<void>): Promise<void> {
  if (only && !only.includes(name)) return;
  console.error(`${name} ...`);
  const load = round(loadavg()[0] ?? NaN, 2);
  await measure();
  measured[name] = { date: new Date().toISOString().slice(0, 16), load };
}

const rooms = await standing();
const release = built('production');
const tests = built('test');
const open = await serve({ folder: release, port: 0 });
const probed = await serve({ folder: tests, port: 0 });

await part('sizes', async () => {
  for (const [name, kib] of Object.entries(await sizes(release))) result[name] = round(kib);
});
await part('starts', async () => {
  const start = await starts(open.address, Number(options.starts));
  result.ready_s = round(middle(start.ready), 2);
  result.dream_s = round(middle(start.dream), 2);
  detail.ready_s_each = start.ready.map((s) => round(s, 2));
  detail.dream_s_each = start.dream.map((s) => round(s, 2));
  detail.room_stands_s_each = start.room.map((s) => round(s, 2));
});
await part('views', async () => {
  const seen = await views(open.address, rooms, options.quality);
  const worst = (of: 'calls' | 'triangles') => seen.reduce((most, view) => (view[of] > most[of] ? view : most));
  result.draw_calls = worst('calls').calls;
  result.triangles = worst('triangles').triangles;
  detail.dearest_view = worst('calls').at;
  detail.most_triangles_at = worst('triangles').at;
  detail.quality = options.quality;
});
await part('walks', async () => {
  const tasks = await longTasks(open.address);
  result.long_tasks_while_sampling = tasks.more;
  const counted =
    'tasks over 50 ms on a walk at low quality, 320x180, the middle of three walks each; sampling (a dream, a picture brought back, the cloud) minus the same walk without models, at least 0';
  detail.long_tasks = { counted, ...tasks };
});
await part('changes', async () => {
  const left = await leak(probed.address, rooms.map(({ name }) => name), Number(options.changes)); // prettier-ignore
  result.leak = Object.fromEntries(
    Object.entries(left.after).map(([name, count]) => [name, count - left.before[name as keyof typeof left.before]]),
  );
  detail.room_changes = { times: Number(options.changes), ...left };
});

const { browser, page } = await fresh();
await page.goto(open.address);
const adapter = await page.evaluate(async () => {
  const info = (await navigator.gpu?.requestAdapter())?.info;
  return info ? [info.vendor, info.architecture, info.description].filter(Boolean).join(' ') : 'none';
});
const version = browser.version();
await browser.close();
await open.close();
await probed.close();

const device = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  system: `${platform()} ${arch()}`,
  browser: `Chromium ${version}`,
  webgpu: adapter,
};
mkdirSync(join(root, 'bench/results'), { recursive: true });
writeFileSync(file, `${JSON.stringify({ date: new Date().toISOString().slice(0, 10), device, measured, ...result, detail }, null, 2)}\n`);

const limits: Record<string, number> = {
  shell_kib: 90,
  first_room_kib: 480,
  engine_kib: 220,
  ready_s: 3,
  draw_calls: 100,
  triangles: 750_000,
  dream_s: 3,
  long_tasks_while_sampling: 0,
};
for (const [name, limit] of Object.entries(limits)) {
  const value = result[name] as number | undefined;
  if (value === undefined) continue;
  console.log(`${name.padEnd(26)} ${String(value).padStart(9)}   at most ${limit}${value <= limit ? '' : '   OVER'}`);
}
for (const [name, count] of Object.entries((result.leak ?? {}) as Record<string, number>))
  console.log(`left behind: ${name.padEnd(13)} ${String(count).padStart(9)}`);
console.log(`dearest view: ${String(detail.dearest_view)}; most triangles: ${String(detail.most_triangles_at)}`);
console.log(JSON.stringify(result));
