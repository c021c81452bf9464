// npm run bench -- rooms: what each room draws, how soon it stands, what it costs the main thread while it computes, what it leaves behind.
// A table, and last a line of JSON: the worst over all rooms, and each room's own under `rooms`. --out keeps it in bench/results/rooms.json,
// where what was not measured this time stays as it was.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { optionsOf, refuse } from '../tools/options.mjs';
import { built, root } from '../tools/ready.mjs';
import { rooms as standing } from '../tools/rooms';
import { serve } from '../tools/serve.mjs';
import { views } from './page/draws';
import { leakOf, leaving } from './rooms/leaving';
import { openings } from './rooms/opening';
import { compared, counted, working } from './rooms/working';

const parts = ['views', 'openings', 'work', 'visits'] as const;
const options = optionsOf(
  'npm run bench -- rooms',
  {
    visits: { type: 'string', default: '200' },
    openings: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '6' },
    quality: { type: 'string', default: 'high' },
    rooms: { type: 'string', default: '' },
    only: { type: 'string', default: parts.join(',') },
    out: { type: 'boolean', default: false },
  },
  '--visits 200 --rooms noise,sampling --only views,openings --out',
);
const number = (name: 'visits' | 'openings' | 'seconds') => {
  const value = Number(options[name]);
  if (!(value > 0)) refuse(`--${name} is a number above 0, not ${String(options[name])}`);
  return value;
};
const only = String(options.only).split(',');
const strange = only.find((name) => !(parts as readonly string[]).includes(name));
if (strange !== undefined) refuse(`--only knows ${parts.join(', ')}, not ${strange}`);

const all = await standing();
const asked = String(options.rooms).split(',').filter(Boolean);
const missing = asked.find((name) => !all.some((room) => room.name === name));
if (missing !== undefined) refuse(`no room is called ${missing}; there are ${all.map(({ name }) => name).join(', ')}`);
const rooms = asked.length ? all.filter(({ name }) => asked.includes(name)) : all;
const names = rooms.map(({ name }) => name);
/** Rooms to come from and go to; where one alone is asked for, another stands in. */
const several = names.length > 1 ? names : [...names, ...all.map(({ name }) => name).filter((name) => !names.includes(name)).slice(0, 1)]; // prettier-ignore

const round = (value: number, digits = 1) => Number(value.toFixed(digits));
type Figures = Partial<Record<'draw_calls' | 'triangles' | 'leak' | 'open_ms' | 'main_thread_ms_per_frame', number>>;
const figures: Record<string, Figures> = Object.fromEntries(names.map((name) => [name, {}]));
const detail: Record<string, Record<string, unknown>> = Object.fromEntries(names.map((name) => [name, {}]));
const put = (name: string, found: Figures, more: Record<string, unknown> = {}) => {
  Object.assign(figures[name] ?? {}, found);
  Object.assign(detail[name] ?? {}, more);
};
const release = await serve({ folder: built('production'), port: 0 });
const load = round(loadavg()[0] ?? NaN, 2);

if (only.includes('views')) {
  console.error('views ...');
  const seen = await views(release.address, rooms, String(options.quality));
  for (const name of names) {
    const own = seen.filter(({ at }) => at.startsWith(`${name}/`));
    const dearest = own.reduce((most, view) => (view.calls > most.calls ? view : most));
    put(name, { draw_calls: dearest.calls, triangles: Math.max(...own.map(({ triangles }) => triangles)) }, { dearest_view: dearest.at });
  }
}
if (only.includes('openings')) {
  console.error('openings ...');
  const opened = await openings(release.address, several, number('openings'));
  for (const name of names) {
    const { first, again, each } = opened[name]!;
    put(name, { open_ms: round(again, 0) }, { open_first_ms: round(first, 0), open_each_ms: each.map((ms) => round(ms, 0)) });
  }
}
if (only.includes('work')) {
  console.error('work ...');
  for (const [name, work] of Object.entries(await working(release.address, rooms, number('seconds')))) {
    const { perFrame, callbacks, longest, frames, computing, longTasks, idleLongTasks } = work;
    put(
      name,
      { main_thread_ms_per_frame: round(perFrame, 2) },
      {
        frame_callbacks_ms: round(callbacks, 2),
        longest_frame_ms: round(longest),
        frames,
        computing_s: round(computing),
        long_tasks: { computing: longTasks, idle: idleLongTasks },
      },
    );
  }
}
if (only.includes('visits')) {
  console.error('visits ...');
  const tests = await serve({ folder: built('test'), port: 0 });
  const left = await leaving(tests.address, several, number('visits'));
  for (const name of names) put(name, { leak: leakOf(left[name]!) }, { left: left[name] });
  await tests.close();
}
await release.close();

const limits = { draw_calls: 100, triangles: 750_000, leak: 0, open_ms: 500, main_thread_ms_per_frame: 8 } as const;
const measures = Object.keys(limits) as (keyof typeof limits)[];
const worstOf = (of: Readonly<Record<string, Figures>>) =>
  Object.fromEntries(
    measures.flatMap((name) => {
      const values = Object.values(of).flatMap((room) => room[name] ?? []);
      // What could not be measured is no good figure.
      return values.length ? [[name, values.some(Number.isNaN) ? null : Math.max(...values)]] : [];
    }),
  );
const worst = worstOf(figures);
console.log(['room'.padEnd(12), ...measures.map((name) => name.padStart(26))].join(''));
for (const room of names)
  console.log([room.padEnd(12), ...measures.map((name) => String(figures[room]?.[name] ?? '–').padStart(26))].join(''));
console.log(['at most'.padEnd(12), ...measures.map((name) => String(limits[name]).padStart(26))].join(''));
const over = measures.filter((name) => worst[name] === null || (worst[name] ?? 0) > limits[name]);
if (over.length) console.log(`OVER: ${over.join(', ')}`);
const result = { ...worst, rooms: figures };
if (options.out) {
  const device = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    gpu: process.env.MUSEUM_GPU === 'own' ? 'own' : 'software',
    load,
  };
  const path = join(root, 'bench/results/rooms.json');
  interface Kept {
    readonly measured?: Record<string, unknown>;
    readonly rooms?: Record<string, Figures>;
    readonly detail?: Record<string, Record<string, unknown>>;
  }
  const kept = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Kept) : {};
  const known = <T>(of: Record<string, T>, before: Record<string, T> = {}) =>
    Object.fromEntries(all.map(({ name }) => [name, { ...before[name], ...of[name] }]));
  const date = new Date().toISOString().slice(0, 10);
  const measured = { ...kept.measured, ...Object.fromEntries(only.map((part) => [part, { date, rooms: names.join(' '), device }])) };
  const how = { main_thread_ms_per_frame: counted, long_tasks: compared, visits: number('visits'), quality: options.quality };
  const whole = known(figures, kept.rooms);
  mkdirSync(join(root, 'bench/results'), { recursive: true });
  writeFileSync(
    path,
    `${JSON.stringify({ measured, ...worstOf(whole), rooms: whole, how, detail: known(detail, kept.detail) }, null, 2)}\n`,
  );
}
console.log(JSON.stringify(result));
