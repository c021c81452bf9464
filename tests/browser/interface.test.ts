// The flat interface: the address, the back button, the plan, the twin by keyboard alone, large letters.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { engineOn, inRoom, openMuseum, ready } from './harness';
import { controlOf, labelOf, pictureOf, settledPixels, words } from './words';

const planButton = (page: Page, room: string) => page.locator('#plan').getByRole('button', { name: words(room, 'title') });

/** Jumps by the floor plan, which is folded on small screens. */
async function jumpTo(page: Page, room: string): Promise<void> {
  const toggle = page.locator('.plan-toggle[aria-expanded="false"]');
  if (await toggle.isVisible()) await toggle.click();
  await planButton(page, room).click();
}

/** Presses Tab until the focus stands on what has this text or label; fails after `most`. */
async function tabTo(page: Page, name: string, most = 60): Promise<void> {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const here = document.activeElement;
      const labels = here instanceof HTMLInputElement ? [...(here.labels ?? [])].map(({ textContent }) => textContent) : [];
      return [here?.getAttribute('aria-label'), here?.textContent, ...labels].map((text) => text?.trim());
    });
    if (at.includes(name)) return;
  }
  throw new Error(`Tab does not reach '${name}'`);
}

/** What has the focus can be seen: it has a size, lies in the window, and is not clipped away. */
const focusIsSeen = (page: Page) =>
  page.evaluate(() => {
    const here = document.activeElement;
    if (!here || here === document.body) return true;
    const box = here.getBoundingClientRect();
    const isIn = box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
    return box.width > 1 && box.height > 1 && isIn && here.checkVisibility({ opacityProperty: false, visibilityProperty: true });
  });

test('the plan jumps, the address follows, and the back and forward buttons lead back and forth', async () => {
  const { page } = await openMuseum({ query: 'twin' });
  await ready(page);
  await inRoom(page, 'welcome');
  expect(new URL(page.url()).hash).toBe('#/welcome');
  await jumpTo(page, 'noise');
  await inRoom(page, 'noise');
  expect(new URL(page.url()).hash).toBe('#/noise');
  await page.goBack();
  await inRoom(page, 'welcome');
  expect(await page.locator('h2').first().textContent()).toBe(words('welcome', 'title'));
  await page.goForward();
  await inRoom(page, 'noise');
  expect(await page.locator('#plan [aria-current="location"]').textContent()).toContain(words('noise', 'title'));
});

test.each(['#/nowhere', '#/noise/nowhere', '#/__proto__'])('the address %s leads to the lobby, with a polite word', async (hash) => {
  const { page } = await openMuseum({ query: 'twin', hash });
  await ready(page);
  await inRoom(page, 'welcome');
  const word = page.getByRole('status').filter({ hasText: words('museum', 'museum.lost') });
  await word.waitFor();
  expect(new URL(page.url()).hash).toBe('#/welcome');
  await jumpTo(page, 'noise');
  await word.waitFor({ state: 'detached' });
});

test('the operator’s page opens at the stop that was asked for, and its panel leads to another room', async () => {
  const { page } = await openMuseum({ path: 'operator.html', query: 'twin', hash: '#/noise/lever' });
  await ready(page);
  const title = words('unet', 'title');
  const select = page.locator('aside.operator select').filter({ has: page.locator('option', { hasText: title }) });
  await select.waitFor({ state: 'attached' });
  expect(new URL(page.url()).hash).toBe('#/noise/lever');
  await select.selectOption({ label: title }, { force: true });
  await inRoom(page, 'unet');
});

test('a visitor without eyes dreams a digit by keyboard alone', async () => {
  const { page } = await openMuseum({ query: 'twin', viewport: { width: 960, height: 540 } });
  await ready(page);
  await engineOn(page);
  await tabTo(page, labelOf('welcome', 'dream'));
  expect(await focusIsSeen(page)).toBe(true);
  await page.keyboard.press('Enter');
  await settledPixels(pictureOf(page, 'welcome', 'clean'));
  expect(await pictureOf(page, 'welcome', 'clean').getAttribute('aria-label')).not.toContain(words('museum', 'twin.nothing'));
  // A group of choices is one stop of the Tab key; arrows choose in it.
  await tabTo(page, 'English');
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(() => document.documentElement.lang === 'de');
});

test('a digit is drawn by keyboard', async () => {
  const { page } = await openMuseum({ query: 'twin', hash: '#/noise/digit', viewport: { width: 960, height: 540 } });
  await ready(page);
  await page.getByRole('radio', { name: words('noise', 'controls.source.options.drawn') }).focus();
  await page.keyboard.press('Space');
  const pad = page.getByRole('application');
  await pad.focus();
  for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowUp');
  for (let i = 0; i < 14; i++) await page.keyboard.press('Shift+ArrowDown');
  const { inkedCount } = await page.evaluate(() => {
    const told = [...document.querySelectorAll('.pad [role="status"]')].map(({ textContent }) => textContent ?? '').join(' ');
    return { inkedCount: Number(/(\d+)\D+784/.exec(told)?.[1]) };
  });
  expect(inkedCount).toBeGreaterThan(30);
  expect(inkedCount).toBeLessThan(90);
});

test('beside the picture the words stay out of sight until the focus enters them; Escape gives them back', async () => {
  const { page } = await openMuseum({ hash: '#/welcome', viewport: { width: 960, height: 540 } });
  await ready(page);
  await page.waitForSelector('main section', { state: 'attached' });
  const width = () => page.locator('main').evaluate((panel) => panel.getBoundingClientRect().width);
  expect(await width()).toBeLessThan(3);
  await tabTo(page, labelOf('welcome', 'dream'));
  expect(await width()).toBeGreaterThan(200);
  expect(await focusIsSeen(page)).toBe(true);
  await page.keyboard.press('Escape');
  expect(await width()).toBeLessThan(3);
  expect(await focusIsSeen(page)).toBe(true);
});

test('letters twice as large: nothing runs off the side, every target is large enough', async () => {
  const { page } = await openMuseum({ query: 'twin', hash: '#/noise', viewport: { width: 390, height: 844 }, touch: true });
  await ready(page);
  await page.waitForSelector('main section');
  await page.evaluate(() => void (document.documentElement.style.fontSize = '200%'));
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.evaluate(() => void (document.documentElement.style.fontSize = ''));
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, a, input[type="range"], .pill')]
      .filter((target) => target.checkVisibility() && !target.matches('.skip'))
      .map((target) => ({ box: target.getBoundingClientRect(), what: target.outerHTML.slice(0, 90) }))
      .filter(({ box }) => box.width > 0 && (box.width < 43.5 || box.height < 43.5))
      .map(({ what }) => what),
  );
  expect(small).toEqual([]);
});

test('the language changes in the middle of sampling, and the sampling goes on to its end', async () => {
  const { page } = await openMuseum({ query: 'twin', hash: '#/welcome/dream' });
  await ready(page);
  await engineOn(page);
  await controlOf(page, 'button', 'welcome', 'dream').click();
  await pictureOf(page, 'welcome', 'noisy').and(page.locator('canvas')).waitFor();
  await page.getByRole('radio', { name: 'Deutsch' }).check({ force: true });
  await page.waitForFunction(() => document.documentElement.lang === 'de');
  expect(await page.locator('h2').first().textContent()).toBe(words('welcome', 'title', 'de'));
  const digit = await settledPixels(pictureOf(page, 'welcome', 'clean', 'de'));
  expect(digit.filter((value) => value < 0.25 || value > 0.75).length / digit.length).toBeGreaterThan(0.85);
});
