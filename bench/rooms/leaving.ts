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

/** Visits each room `visits` times, leaving for another room each time. Geometries are vertex arrays and buffers. */
export async function leaving(address: string, names: readonly string[], visits: number): Promise<Record<string, Left>> {
  const found: Record<string, Left> = {};
  const first = names[0] ?? '';
  for (const name of names) {
    const other = name === first ? (names[1] ?? first) : first;
    const { browser, page } = await fresh({ init: [...counters, countJobs], viewport: { width: 320, height: 180 } });
    await page.goto(`${address}?quality=low`);
    await waitReady(page);
    await page.waitForFunction(() => 'museum' in window);
    // Counted in the other room, with this one left.
    const { before, after } = await changes(page, [other, name], 2 * visits);
    const jobs = await page.evaluate((room) => (window as unknown as { openJobs(room: string): number }).openJobs(room), name);
    found[name] = { more: Object.fromEntries(kinds.map((kind) => [kind, after[kind] - before[kind]])), jobs, visits };
    await browser.close();
  }
  return found;
}

/** All that a room left, as one number; what became less does not make up for what became more. */
export const leakOf = ({ more, jobs }: Left): number => Object.values(more).reduce((sum, count) => sum + Math.max(0, count), jobs);
