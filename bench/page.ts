// npm run bench -- page: what the page weighs, how soon it is ready, what it draws, what blocks it, what it leaves behind.
// The last line is JSON; bench/results/page.json keeps it with the device and the date.
import { mkdirSync, writeFileSync } from 'node:fs';
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

const { values: options } = parseArgs({
  options: {
    starts: { type: 'string', default: '5' },
    changes: { type: 'string', default: '200' },
    quality: { type: 'string', default: 'high' },
  },
});
const round = (value: number, digits = 1) => Number(value.toFixed(digits));
const say = (text: string) => console.error(text);

const rooms = await standing();
const release = built('production');
const tests = built('test');
const open = await serve({ folder: release, port: 0 });
const probed = await serve({ folder: tests, port: 0 });
const loadBefore = loadavg()[0] ?? NaN;

say('sizes ...');
const size = await sizes(release);
say('cold starts ...');
const start = await starts(open.address, Number(options.starts));
say('views ...');
const seen = await views(open.address, rooms, options.quality);
say('walks ...');
const tasks = await longTasks(open.address);
say('changes of room ...');
const left = await leak(probed.address, rooms.map(({ name }) => name), Number(options.changes)); // prettier-ignore

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

const worst = (of: 'calls' | 'triangles') => seen.reduce((most, view) => (view[of] > most[of] ? view : most));
const result = {
  shell_kib: round(size.shell_kib),
  first_room_kib: round(size.first_room_kib),
  engine_kib: round(size.engine_kib),
  ready_s: round(middle(start.ready), 2),
  draw_calls: worst('calls').calls,
  triangles: worst('triangles').triangles,
  dream_s: round(middle(start.dream), 2),
  long_tasks_while_sampling: tasks.more,
  leak: Object.fromEntries(
    Object.entries(left.after).map(([name, count]) => [name, count - left.before[name as keyof typeof left.before]]),
  ),
};
const device = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  system: `${platform()} ${arch()}`,
  browser: `Chromium ${version}`,
  webgpu: adapter,
  load_before: round(loadBefore, 2),
};
const detail = {
  ready_s_each: start.ready.map((s) => round(s, 2)),
  dream_s_each: start.dream.map((s) => round(s, 2)),
  room_stands_s_each: start.room.map((s) => round(s, 2)),
  dearest_view: worst('calls').at,
  most_triangles_at: worst('triangles').at,
  quality: options.quality,
  long_tasks: { counted: 'tasks over 50 ms on one walk at low quality, 320x180; sampling minus idle, at least 0', ...tasks },
  room_changes: { times: Number(options.changes), ...left },
};
mkdirSync(join(root, 'bench/results'), { recursive: true });
writeFileSync(
  join(root, 'bench/results/page.json'),
  `${JSON.stringify({ date: new Date().toISOString().slice(0, 10), device, ...result, detail }, null, 2)}\n`,
);

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
  const value = result[name as keyof typeof result] as number;
  console.log(`${name.padEnd(26)} ${String(value).padStart(9)}   at most ${limit}${value <= limit ? '' : '   OVER'}`);
}
for (const [name, count] of Object.entries(result.leak)) console.log(`left behind: ${name.padEnd(13)} ${String(count).padStart(9)}`);
console.log(`dearest view: ${detail.dearest_view}; most triangles: ${detail.most_triangles_at}`);
console.log(JSON.stringify(result));
