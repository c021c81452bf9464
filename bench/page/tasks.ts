// Long tasks of the main thread on one walk, with the engine sampling and with the engine idle.
import type { BrowserContext, Page } from 'playwright-core';
import { keepLongTasks } from './counting';
import { fresh, middle, waitReady } from './opening';

interface Walk {
  readonly long: number;
  readonly milliseconds: number;
  readonly seconds: number;
  /** Sampling steps that the engine told of meanwhile. */
  readonly steps: number;
}

interface Heard {
  steps: number;
}

/** Runs in the page, before its scripts: counts the steps that workers tell of. */
function countSteps(): void {
  const heard = window as unknown as Heard;
  heard.steps = 0;
  const Own = Worker;
  window.Worker = class extends Own {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(address, options);
      this.addEventListener('message', ({ data }: MessageEvent<{ kind?: string }>) => void (heard.steps += Number(data?.kind === 'step')));
    }
  };
}

/** A control of a stop, by the words that stand beside the picture unseen. */
const within = (page: Page, stop: string, what: string) => page.locator(`section[aria-labelledby="twin-${stop}"] ${what}`);

/** Presses the button of a stop; a press runs whether or not a model can answer it. */
const press = (page: Page, stop: string) => within(page, stop, 'button.pushed').first().dispatchEvent('click');
const dream = (page: Page) => press(page, 'dream');

/** Pulls the lever far out, and has the model bring the picture back. */
async function thereAndBack(page: Page): Promise<void> {
  await within(page, 'lever', 'input[type=range]')
    .first()
    .evaluate((range: HTMLInputElement) => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(range, '0.9');
      range.dispatchEvent(new Event('input', { bubbles: true }));
    });
  await page.waitForTimeout(300);
  await press(page, 'lever');
}

/** Weights never arrive, so nothing can be sampled; everything else is as always. */
const withoutModels = (context: BrowserContext) => context.route('**/weights/**', (route) => route.fulfill({ status: 404, body: '' }));

/** Into the lobby, about, through the door to the next room and about in it, by keyboard. */
async function walk(address: string, sampling: boolean): Promise<Walk> {
  const { browser, page } = await fresh({
    viewport: { width: 320, height: 180 },
    init: [keepLongTasks, countSteps],
    ...(sampling ? {} : { before: (context) => withoutModels(context) }),
  });
  await page.goto(`${address}?quality=low`);
  await waitReady(page);
  await page.waitForSelector('canvas');
  if (sampling) await page.waitForFunction(() => ['webgpu', 'wasm', 'cpu'].includes(document.documentElement.dataset.engine ?? ''));
  // Everything that loads has loaded: what is counted is the walk alone.
  await page.waitForTimeout(15_000);
  const [start, stepsBefore] = await page.evaluate(() => [performance.now(), (window as unknown as Heard).steps]);
  for (const [place, begin] of [
    ['#/welcome/dream', dream],
    ['#/noise/lever', thereAndBack],
  ] as const) {
    await page.evaluate((hash) => void (location.hash = hash), place);
    await page.waitForTimeout(1500);
    await begin(page);
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
      steps: (window as unknown as Heard).steps,
    };
  }, start);
  found.steps -= stepsBefore;
  await browser.close();
  // A walk that is to be compared must be what it is called.
  if (sampling !== found.steps > 0) throw new Error(`${found.steps} sampling steps in a walk ${sampling ? 'with' : 'without'} models`);
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
