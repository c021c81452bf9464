// How long a room takes to stand: from the jump to the mark that the page itself sets, with the engine idle.
import { countJobs } from '../page/counting';
import { fresh, middle, waitReady } from '../page/opening';

interface Watched {
  openJobs(): number;
  /** Time at which each room last stood, by its name. */
  stood: Map<string, number>;
}

/** Runs in the page, before its scripts: notes when the page says that a room stands. */
function keepStanding(): void {
  const stood = new Map<string, number>();
  (window as unknown as Watched).stood = stood;
  new MutationObserver(() => {
    const { standing } = document.documentElement.dataset;
    if (standing) stood.set(standing, performance.now());
  }).observe(document, { attributes: true, subtree: true, attributeFilter: ['data-standing'] });
}

export interface Opening {
  /** The very first opening in a visit, and the middle of those after it; ms. */
  readonly first: number;
  readonly again: number;
  readonly each: readonly number[];
}

/** Opens each room `times` times from another one. */
export async function openings(address: string, names: readonly string[], times: number): Promise<Record<string, Opening>> {
  const { browser, page } = await fresh({ viewport: { width: 320, height: 180 }, init: [countJobs, keepStanding] });
  await page.goto(`${address}?quality=low`);
  await waitReady(page);
  await page.waitForFunction(() => ['webgpu', 'wasm', 'cpu'].includes(document.documentElement.dataset.engine ?? ''));
  // Every file of every room has been fetched ahead by now, as in a visit.
  await page.waitForTimeout(25_000);
  const found: Record<string, Opening> = {};
  for (const name of names) {
    const other = names.find((one) => one !== name) ?? name;
    const each: number[] = [];
    for (let turn = 0; turn < times + 1; turn++) {
      await page.evaluate((hash) => void (location.hash = hash), `#/${other}`);
      await page.waitForFunction((to) => document.documentElement.dataset.standing === to, other);
      await page.waitForTimeout(700);
      await page.waitForFunction(() => (window as unknown as Watched).openJobs() === 0, undefined, { polling: 50 });
      each.push(
        await page.evaluate(async (to) => {
          const { stood } = window as unknown as Watched;
          stood.delete(to);
          const start = performance.now();
          location.hash = `#/${to}`;
          while (!stood.has(to) && performance.now() - start < 60_000) await new Promise((next) => setTimeout(next, 5));
          return (stood.get(to) ?? Infinity) - start;
        }, name),
      );
    }
    const [first = NaN, ...later] = each;
    found[name] = { first, again: middle(later), each };
  }
  await browser.close();
  return found;
}
