// Points of the shipped cloud network in a second, with our kernels and with stock tfjs.
import { normals } from '../../src/engine/noise';
import { openOurs } from './ours';
import { median, ratio } from './rounds';
import type { Site } from './site';

export interface Points {
  /** Points a second. */
  readonly own: number | null;
  readonly stock: number | null;
  /** Null where stock tfjs would take too long here. */
  readonly vsStock: number | null;
}

/** Of every number of points; as many rounds as fit into `seconds`, one at least. */
export async function points(
  site: Site,
  options: { backend: 'webgpu' | 'wasm'; counts: readonly number[]; rounds: number; seconds: number },
): Promise<{ counts: Record<number, Points>; gpuErrors: readonly string[] }> {
  await site.start(options.backend);
  const cloud = await site.model('cloud');
  const [own, stock] = [openOurs(cloud, 'own'), openOurs(cloud, 'stock')] as const;
  const both = [['own', own], ['stock', stock]] as const; // prettier-ignore
  // Pipelines are compiled by a few points.
  for (const [, { forward }] of both)
    for (let turn = 0; turn < 2; turn++) await forward({ x: normals(turn, 0, 3 * 2000), logSnr: 1, label: 0 });
  const counts: Record<number, Points> = {};
  /** Of the last number of points: seconds of a round for each point. */
  let perPoint = 0;
  for (const count of options.counts) {
    if (count * perPoint > 4 * options.seconds) {
      counts[count] = { own: null, stock: null, vsStock: null };
      site.say(`${count} points: left out, a round would take ${Math.round(count * perPoint)} s`);
      continue;
    }
    const x = normals(count, 0, 3 * count);
    const times: Record<'own' | 'stock', number[]> = { own: [], stock: [] };
    const until = performance.now() + options.seconds * 1000;
    for (let round = 0; round < 1 || (round < options.rounds && performance.now() < until); round++)
      for (const [name, competitor] of both) {
        const begin = performance.now();
        await competitor.forward({ x, logSnr: 1, label: 0 });
        times[name].push(performance.now() - begin);
      }
    const rate = (each: readonly number[]) => Math.round((count * 1000) / median(each));
    counts[count] = { own: rate(times.own), stock: rate(times.stock), vsStock: ratio(times.own, times.stock) };
    perPoint = (median(times.own) + median(times.stock)) / 1000 / count;
    site.say(`${count} points: ${counts[count].own}/s, stock ${counts[count].stock}/s`);
  }
  await own.close();
  await stock.close();
  return { counts, gpuErrors: [...site.errors()] };
}
