// Cold starts: a fresh browser with an empty profile each time.
import { fresh, waitReady } from './opening';

/** Seconds from navigation to `app-ready`, and from there to the first whole digit that the museum dreams by itself or when asked. */
export async function starts(address: string, times: number): Promise<{ ready: number[]; dream: number[] }> {
  const ready: number[] = [];
  const dream: number[] = [];
  for (let i = 0; i < times; i++) {
    const { browser, page } = await fresh();
    await page.goto(address);
    await waitReady(page);
    const at = await page.evaluate(() => performance.getEntriesByName('app-ready')[0]?.startTime ?? NaN);
    await page.waitForFunction(() => performance.getEntriesByName('first-dream').length > 0);
    const dreamed = await page.evaluate(() => performance.getEntriesByName('first-dream')[0]?.startTime ?? NaN);
    ready.push(at / 1000);
    dream.push((dreamed - at) / 1000);
    await browser.close();
  }
  return { ready, dream };
}
