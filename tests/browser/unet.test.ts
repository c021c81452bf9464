// The hall of the U-Net end to end: by mouse in 3-D, on foot over a bridge, and in the twin by keyboard alone.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { toWorld } from '../../src/museum/ring';
import { feet, placeOf, walkByKeys } from './feet';
import { engineOn, goTo, openMuseum, ready, standing } from './harness';
import { alike, controlOf, labelOf, pictureOf, pixelsOf, settledPixels, words } from './words';

interface Thing {
  readonly name: string;
  readonly matrixWorld: { readonly elements: readonly number[] };
}
interface Seen {
  museum: {
    visitor: { at: { y: number } };
    info: { render: { calls: number; triangles: number } };
    scene: { getObjectByName(name: string): Thing | undefined };
  };
}

/** How high the visitor's feet are. */
const heightOf = (page: Page) => page.evaluate(() => (window as unknown as Seen).museum.visitor.at.y);
/** Waits until the hall has been built from the plan. */
const built = (page: Page) =>
  page.waitForFunction(() => (window as unknown as Seen).museum.scene.getObjectByName('block bottleneck') !== undefined, undefined, {
    timeout: 60_000,
  });
const status = (page: Page) => page.getByRole('main').getByRole('status').allTextContents();

test('on foot: down the encoder’s arm, over the bridge, and never into the well', { timeout: 240_000 }, async () => {
  const { page } = await openMuseum({ hash: '#/unet', viewport: { width: 320, height: 180 } });
  await ready(page);
  await standing(page, 'unet');
  await built(page);
  const place = placeOf('unet');
  const spot = (x: number, z: number) => toWorld(place, [x, z]);
  expect(await heightOf(page)).toBeCloseTo(0, 2);
  await walkByKeys(page, [spot(-2.35, -3.4), spot(-2.35, -7.7)]);
  const level = await heightOf(page);
  expect(level).toBeCloseTo(-0.7, 2);
  // On the deck the visitor keeps that height over the well, whose floor lies 1.4 m lower.
  await walkByKeys(page, [spot(0, -7.7)]);
  expect(await heightOf(page)).toBeCloseTo(level, 2);
  await walkByKeys(page, [spot(2.35, -7.7)]);
  expect(await heightOf(page)).toBeCloseTo(level, 2);
  // Where there is no bridge the rail stops: one stays on the arm.
  await walkByKeys(page, [spot(2.35, -9.5), spot(0, -9.5)], 8_000).then(
    () => expect.unreachable('the rail let the visitor into the well'),
    () => undefined,
  );
  expect(await heightOf(page)).toBeGreaterThan(-2);
  const { x, z } = await feet(page);
  expect(Math.hypot(x - spot(0, -9.5)[0], z - spot(0, -9.5)[1])).toBeGreaterThan(1.2);
});

test('in 3-D by mouse: a lever at its panel cuts a bridge, and pointing at the panes names the block', { timeout: 180_000 }, async () => {
  const { page } = await openMuseum({ hash: '#/unet/levers', viewport: { width: 960, height: 540 } });
  await ready(page);
  await standing(page, 'unet');
  await built(page);
  const { calls, triangles } = await page.evaluate(() => (window as unknown as Seen).museum.info.render);
  expect(calls).toBeLessThanOrEqual(100);
  expect(triangles).toBeLessThanOrEqual(750_000);
  // Down the panel at the left, whose upper part asks for a guess: the first switch below is that of bridge 1.
  const pulled = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('section[aria-labelledby="twin-levers"] [role=switch]')].map(
        (one) => one.getAttribute('aria-checked') === 'true',
      ),
    );
  expect(await pulled()).toEqual([false, false, false, false]);
  for (let y = 120; y < 300 && !(await pulled()).includes(true); y += 12) {
    await page.mouse.click(424, y);
    await page.waitForTimeout(120);
  }
  expect(await pulled()).toEqual([true, false, false, false]);
  // What is cut says so where it is.
  const hangs = (name: string) => page.evaluate((said) => Boolean((window as unknown as Seen).museum.scene.getObjectByName(said)), name);
  await expect.poll(() => hangs(words('unet', 'signs.zero'))).toBe(true);

  const chosen = () =>
    page.evaluate(() => document.querySelector<HTMLInputElement>('section[aria-labelledby="twin-blocks"] input[value=decoder1]')?.checked);
  await goTo(page, '#/unet/door');
  await page.waitForTimeout(1500);
  expect(await chosen()).toBe(false);
  await page.mouse.move(794, 300);
  await page.mouse.move(919, 200, { steps: 4 });
  await expect.poll(chosen, { timeout: 20_000 }).toBe(true);
});

test('in the twin by keyboard alone: foretell, cut, compare, count, and let go again', { timeout: 240_000 }, async () => {
  const { page } = await openMuseum({ hash: '#/unet/levers', query: 'twin&engine=wasm', viewport: { width: 960, height: 540 } });
  await ready(page);
  await engineOn(page);
  const whole = pictureOf(page, 'unet', 'whole');
  const intact = await settledPixels(whole, { quiet: 3000 });
  await controlOf(page, 'switch', 'unet', 'going').focus();
  await page.keyboard.press('Space');

  const expected = page.getByRole('main').getByRole('radiogroup', { name: labelOf('unet', 'expect'), exact: true });
  await expected.getByRole('radio').first().focus();
  await page.keyboard.press('Space');
  await controlOf(page, 'switch', 'unet', 'bridge1').focus();
  await page.keyboard.press('Space');
  await expect.poll(() => status(page), { timeout: 60_000 }).toContain(words('unet', 'said.foretold.wrong'));
  const cut = await pixelsOf(pictureOf(page, 'unet', 'changed'));
  expect(alike(cut, await pixelsOf(whole))).toBeLessThan(0.8);

  await controlOf(page, 'button', 'unet', 'count').focus();
  await page.keyboard.press('Enter');
  const count = words('unet', 'said.verdict.lost').split('{')[0]!;
  await expect.poll(async () => (await status(page)).some((text) => text.startsWith(count)), { timeout: 90_000 }).toBe(true);

  await controlOf(page, 'switch', 'unet', 'bridge1').focus();
  await page.keyboard.press('Space');
  const again = await settledPixels(whole, { quiet: 3000 });
  expect(again.length).toBe(intact.length);
});
