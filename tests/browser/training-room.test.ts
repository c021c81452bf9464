// The training lab as a visitor uses it: a training started, paused and told of, its model saved and loaded again, bad files refused.
import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { engineOn, goTo, inRoom, openMuseum, ready, standing } from './harness';
import { controlOf, labelOf, optionOf, pictureOf, pixelsOf, settledPixels, words } from './words';

const room = 'training';

/** The sentences that the room says now. */
const said = (page: Page) => page.locator('main .readout p[aria-hidden]').allTextContents();
const start = (key: string) => words(room, `said.${key}`).split('{')[0]!.trim();
/** Waits for a sentence that starts as this one does; gives it back. */
async function hears(page: Page, key: string, timeout = 90_000): Promise<string> {
  const wanted = start(key);
  const end = Date.now() + timeout;
  for (let found: string | undefined; Date.now() < end; await page.waitForTimeout(100))
    if ((found = (await said(page)).find((text) => text.startsWith(wanted)))) return found;
  throw new Error(`the room did not say “${wanted}”, but ${JSON.stringify(await said(page))}`);
}
const numberAfter = (text: string, word: string) => Number(new RegExp(`${word} ([\\d.]+)`).exec(text)?.[1]);

async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'],
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
  });
}

/** The lab in words alone, with the engine on the processor and the smallest set. */
async function lab(): Promise<Page> {
  const { page } = await openMuseum({ hash: `#/${room}/run`, query: 'twin&engine=wasm', viewport: { width: 960, height: 540 } });
  await ready(page);
  await engineOn(page);
  await page.waitForSelector('main section');
  await controlOf(page, 'slider', room, 'size').fill('64');
  return page;
}

test(
  'in words: it trains, its pictures are pinned up, a pause holds, and a file brings the same pictures back',
  { timeout: 240_000 },
  async () => {
    const page = await lab();
    await optionOf(page, room, 'expect', 'better').click();
    await controlOf(page, 'button', room, 'start').click();
    await hears(page, 'running');
    await page.waitForFunction(
      (label) => document.querySelector(`canvas[aria-label^="${label}:"]`)?.getAttribute('aria-label')?.includes('judge'),
      labelOf(room, 'pin1'),
      { timeout: 90_000 },
    );
    const early = await said(page);
    expect(early.some((text) => text.startsWith(start('wallOne')))).toBe(true);
    expect(await barriers(page)).toEqual([]);
    // The loss falls: the sentence tells both.
    await page.waitForFunction(
      () => /epoch ([\d.]+) \(a running/.exec(document.querySelector('main')?.textContent ?? '')?.[1]?.match(/^([6-9]|\d\d)/),
      undefined,
      { timeout: 120_000 },
    );
    const loss = await hears(page, 'loss');
    expect(numberAfter(loss, 'is')).toBeLessThan(0.85 * numberAfter(loss, 'was'));

    await controlOf(page, 'button', room, 'pause').click();
    const stands = await hears(page, 'paused');
    await page.waitForTimeout(1500);
    const still = await hears(page, 'paused');
    await page.waitForTimeout(2500);
    expect(numberAfter(await hears(page, 'paused'), 'step')).toBe(numberAfter(still, 'step'));
    expect(numberAfter(still, 'step') - numberAfter(stands, 'step')).toBeLessThanOrEqual(1);

    const drawn = await settledPixels(pictureOf(page, room, 'live'), { quiet: 2000 });
    const [download] = await Promise.all([page.waitForEvent('download'), controlOf(page, 'button', room, 'save').click()]);
    expect(download.suggestedFilename()).toMatch(/^digits-epoch-\d+\.safetensors$/);
    const path = await download.path();
    const field = page.getByLabel(labelOf(room, 'file'), { exact: true });
    await field.setInputFiles(path);
    await page.waitForFunction((label) => document.querySelector(`canvas[aria-label^="${label}:"]`), labelOf(room, 'loaded'), {
      timeout: 60_000,
    });
    expect(await pixelsOf(pictureOf(page, room, 'loaded'))).toEqual(drawn);

    const whole = readFileSync(path);
    const files: Record<string, Buffer> = {
      'weights-header': Buffer.from('A letter, and no model.'.repeat(40)),
      'weights-truncated': whole.subarray(0, whole.length - 1000),
      'weights-hash': Buffer.from(whole.map((byte, at) => (at === whole.length - 5000 ? byte ^ 1 : byte))),
      empty: Buffer.alloc(0),
    };
    for (const [reason, buffer] of Object.entries(files)) {
      await field.setInputFiles({ name: `${reason}.safetensors`, mimeType: 'application/octet-stream', buffer });
      await hears(page, `refused.${reason}`, 30_000);
    }
    await controlOf(page, 'button', room, 'take').click();
    await hears(page, 'takenLoaded');
    await controlOf(page, 'button', room, 'pause').click();
    await hears(page, 'running');

    // It goes on elsewhere, is found again, and a reset ends it.
    const before = numberAfter(await hears(page, 'running'), 'Epoch');
    await goTo(page, '#/welcome');
    await inRoom(page, 'welcome');
    await page.waitForTimeout(4000);
    await goTo(page, `#/${room}/run`);
    await inRoom(page, room);
    expect(numberAfter(await hears(page, 'running'), 'Epoch')).toBeGreaterThan(before);
    await controlOf(page, 'button', room, 'again').click();
    await hears(page, 'idle');
  },
);

test('by keyboard alone: a shape is learned in seconds', { timeout: 180_000 }, async () => {
  const page = await lab();
  const name = labelOf(room, 'learn');
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
  for (let presses = 0; presses < 120 && (await focused()) !== name; presses++) await page.keyboard.press('Tab');
  expect(await focused()).toBe(name);
  await page.keyboard.press('Enter');
  const text = await hears(page, 'cloudDone', 150_000);
  expect(numberAfter(text, 'lie')).toBeLessThan(0.4);
});

test('in 3-D, by mouse: the desk starts a training, and the wall follows', { timeout: 240_000 }, async () => {
  const { page } = await openMuseum({ hash: `#/${room}/run`, query: 'engine=wasm', viewport: { width: 960, height: 540 } });
  await ready(page);
  await engineOn(page);
  await standing(page, room);
  await page.waitForTimeout(1500);
  await page.mouse.click(450, 367);
  await page.waitForFunction(
    (idle) => ![...document.querySelectorAll('main .readout p[aria-hidden]')].some((one) => one.textContent?.startsWith(idle)),
    start('idle'),
    { timeout: 30_000 },
  );
  await page.waitForFunction(
    (label) => document.querySelector(`canvas[aria-label^="${label}:"]`)?.getAttribute('aria-label')?.includes('learned'),
    labelOf(room, 'live'),
    { timeout: 90_000 },
  );
});
