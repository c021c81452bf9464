// What a visitor comes for: a digit dreamed on this device, an own drawing noised and denoised, and another language in the middle of it.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { engineOn, openMuseum, ready, type Opening } from './harness';
import { alike, controlOf, optionOf, pictureOf, pixelsOf, settledPixels, words } from './words';

async function visit(hash: string, opening: Opening = {}): Promise<Page> {
  const { page } = await openMuseum({ hash, query: 'twin', viewport: { width: 960, height: 540 }, ...opening });
  await ready(page);
  await engineOn(page);
  return page;
}

/** Share of pixels that are plainly ink or plainly paper: a digit is made of them, noise and fog are not. */
const decided = (pixels: readonly number[]) => pixels.filter((value) => value < 0.25 || value > 0.75).length / pixels.length;
const inked = (pixels: readonly number[]) => pixels.filter((value) => value < 0.5).length / pixels.length;

/** A 7, drawn with the mouse on the pad. */
async function drawSeven(page: Page): Promise<void> {
  const pad = page.getByRole('application').locator('canvas');
  await pad.scrollIntoViewIfNeeded();
  const box = (await pad.boundingBox())!;
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
  await page.mouse.move(...at(0.28, 0.25));
  await page.mouse.down();
  for (const [x, y] of [[0.72, 0.25], [0.6, 0.5], [0.45, 0.8]] as const) await page.mouse.move(...at(x, y), { steps: 12 }); // prettier-ignore
  await page.mouse.up();
}

test('dream a digit, and another one', async () => {
  const page = await visit('#/welcome/dream');
  const clean = pictureOf(page, 'welcome', 'clean');
  await controlOf(page, 'button', 'welcome', 'dream').click();
  const first = await settledPixels(clean);
  await controlOf(page, 'button', 'welcome', 'dream').click();
  const second = await settledPixels(clean, { than: first });
  for (const digit of [first, second]) {
    expect(decided(digit)).toBeGreaterThan(0.85);
    expect(inked(digit)).toBeGreaterThan(0.03);
    expect(inked(digit)).toBeLessThan(0.45);
  }
  expect(alike(first, second)).toBeLessThan(0.95);
});

test('draw a digit, noise it, and have it denoised', async () => {
  const page = await visit('#/noise/digit');
  await optionOf(page, 'noise', 'source', 'drawn').click();
  await drawSeven(page);
  const drawn = await settledPixels(pictureOf(page, 'noise', 'chosen'), { quiet: 800 });
  expect(inked(drawn)).toBeGreaterThan(0.02);

  const lever = controlOf(page, 'slider', 'noise', 'lever');
  await lever.fill('0.5');
  const noisy = await settledPixels(pictureOf(page, 'noise', 'noisy'), { quiet: 800 });
  expect(alike(noisy, drawn)).toBeLessThan(0.95);
  expect(alike(noisy, drawn)).toBeGreaterThan(0.1);

  await optionOf(page, 'noise', 'expect', 'same').click();
  await controlOf(page, 'button', 'noise', 'denoise').click();
  const guess = await settledPixels(pictureOf(page, 'noise', 'after'));
  expect(decided(guess)).toBeGreaterThan(0.85);
  expect(alike(guess, drawn)).toBeGreaterThan(alike(noisy, drawn));
});

test('an empty drawing gets a hint, and breaks nothing', async () => {
  const page = await visit('#/noise/digit');
  await optionOf(page, 'noise', 'source', 'drawn').click();
  const hints = await page.getByRole('main').getByRole('status').allTextContents();
  expect(hints.filter(Boolean).length).toBeGreaterThan(0);
  await controlOf(page, 'slider', 'noise', 'lever').fill('0.5');
  await page.waitForTimeout(1000);
  await optionOf(page, 'noise', 'source', 'made').click();
  expect((await settledPixels(pictureOf(page, 'noise', 'chosen'), { quiet: 800 })).length).toBe(32 * 32);
});

test('another language in the middle of a visit keeps what was done', async () => {
  const page = await visit('#/noise/lever');
  await controlOf(page, 'slider', 'noise', 'lever').fill('0.37');
  const before = await settledPixels(pictureOf(page, 'noise', 'noisy'), { quiet: 800 });
  await page.locator('.bar button').last().click();
  await page.getByRole('dialog').locator('label, button', { hasText: 'Deutsch' }).click();
  await page.waitForFunction(() => document.documentElement.lang === 'de');
  await page.keyboard.press('Escape');
  expect(await page.locator('h2').first().textContent()).toBe(words('noise', 'title', 'de'));
  expect(await controlOf(page, 'slider', 'noise', 'lever', 'de').inputValue()).toBe('0.37');
  expect(await pixelsOf(pictureOf(page, 'noise', 'noisy', 'de'))).toEqual(before);
});
