// What each room leaves behind after many visits: nothing.
import { changes, counters, type Alive } from '../page/leaks';
import { countJobs } from '../page/counting';
import { fresh, waitReady } from '../page/opening';

export interface Left {
  /** Counts after the visits minus those before, of what must not grow. */
  readonly more: Readonly<Record<string, number>>;
  /** Jobs of the room that are still open when the visitor has left for good. */
  readonly jobs: number;
  readonly visits: number;
}

const kinds = ['buffers', 'vertexArrays', 'textures', 'framebuffers', 'tensors', 'listeners'] as const satisfies readonly (keyof Alive)[];

/** One page that goes through rooms in turn until each was visited so often; what it left in `names`, and the open jobs of each. */
async function tour(address: string, names: readonly string[], visits: number): Promise<Left[]> {
  const { browser, page } = await fresh({ init: [...counters, countJobs], viewport: { width: 320, height: 180 } });
  await page.goto(`${address}?quality=low`);
  await waitReady(page);
  await page.waitForFunction(() => 'museum' in window);
  // Counted in the first room, whose own jobs may go on: one stands in it.
  const { before, after } = await changes(page, names, names.length * visits);
  const more = Object.fromEntries(kinds.map((kind) => [kind, after[kind] - before[kind]]));
  const left: Left[] = [];
  for (const name of names) {
    const jobs =
      name === names[0] ? 0 : await page.evaluate((room) => (window as unknown as { openJobs(room: string): number }).openJobs(room), name);
    left.push({ more, jobs, visits });
  }
  await browser.close();
  return left;
}

/**
 * Visits every room `visits` times, all in one tour. Where that leaves nothing, none of them does; where it leaves something, each is
 * visited alone, with the first one between, to find whose it is.
 */
export async function leaving(address: string, names: readonly string[], visits: number): Promise<Record<string, Left>> {
  const [first = '', second = first] = names;
  const all = await tour(address, names, visits);
  if (all.every((left) => leakOf(left) === 0)) return Object.fromEntries(names.map((name, at) => [name, all[at]!]));
  const found: Record<string, Left> = {};
  for (const name of names) {
    const [, left] = await tour(address, [name === first ? second : first, name], visits);
    found[name] = left!;
  }
  return found;
}

/** All that a room left, as one number; what became less does not make up for what became more. */
export const leakOf = ({ more, jobs }: Left): number => Object.values(more).reduce((sum, count) => sum + Math.max(0, count), jobs);
