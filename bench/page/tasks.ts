// Long tasks of the main thread on one walk, with the engine sampling and with the engine idle.
import type { BrowserContext } from 'playwright-core';
import { keepLongTasks } from './counting';
import { fresh, middle, waitReady } from './opening';

interface Walk {
  readonly long: number;
  readonly milliseconds: number;
  readonly seconds: number;
}

/** Weights never arrive, so nothing can be sampled; everything else is as always. */
const withoutModels = (context: BrowserContext) => context.route('**/weights/**', (route) => route.fulfill({ status: 404, body: '' }));

/** Into the lobby, about, through the door to the next room and about in it, by keyboard. */
async function walk(address: string, sampling: boolean): Promise<Walk> {
  const { browser, page } = await fresh({
    viewport: { width: 320, height: 180 },
    init: [keepLongTasks],
    ...(sampling ? {} : { before: (context) => withoutModels(context) }),
  });
  await page.goto(`${address}?quality=low`);
  await waitReady(page);
  await page.waitForSelector('canvas');
  if (sampling) await page.waitForFunction(() => ['webgpu', 'wasm', 'cpu'].includes(document.documentElement.dataset.engine ?? ''));
  // Everything that loads has loaded: what is counted is the walk alone.
  await page.waitForTimeout(15_000);
  const start = await page.evaluate(() => performance.now());
  for (const place of ['#/welcome/dream', '#/noise/lever']) {
    await page.evaluate((hash) => void (location.hash = hash), place);
    await page.waitForTimeout(1500);
    if (place.startsWith('#/noise')) await page.locator('#twin-lever ~ .field button, section:has(> .stop-head #twin-lever) button').first().dispatchEvent('click').catch(() => undefined); // prettier-ignore
    for (const key of ['ArrowUp', 'ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowDown']) {
      await page.keyboard.down(key);
      await page.waitForTimeout(1500);
      await page.keyboard.up(key);
    }
  }
  const found = await page.evaluate((from) => {
    const tasks = (window as unknown as { longTasks: { start: number; milliseconds: number }[] }).longTasks.filter(
      (task) => task.start > from,
    );
    return {
      long: tasks.length,
      milliseconds: tasks.reduce((sum, task) => sum + task.milliseconds, 0),
      seconds: (performance.now() - from) / 1000,
    };
  }, start);
  await browser.close();
  return found;
}

const walks = 3;

/** Walks with the engine idle and with it sampling, in turns; each kind is told by its middle walk, since one walk alone varies. */
export async function longTasks(address: string): Promise<{ sampling: Walk[]; idle: Walk[]; more: number }> {
  const [idle, sampling]: [Walk[], Walk[]] = [[], []];
  for (let turn = 0; turn < walks; turn++) {
    idle.push(await walk(address, false));
    sampling.push(await walk(address, true));
  }
  const typical = (of: readonly Walk[]) => middle(of.map(({ long }) => long));
  return { sampling, idle, more: Math.max(0, typical(sampling) - typical(idle)) };
}
