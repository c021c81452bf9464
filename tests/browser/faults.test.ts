// What a device or a network lacks is said, and the rest of the museum goes on.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { expect, test } from 'vitest';
import { engineOn, goTo, inRoom, openMuseum, ready } from './harness';
import { controlOf, pictureOf, settledPixels, words } from './words';

/** The server's own word for a file that is not there, as the browser logs it. */
const notFound = /Failed to load resource: the server responded with a status of 404/;

test('without WebGL the museum is all there in words, and says so', async () => {
  const { page } = await openMuseum({ gpu: 'no-webgl', hash: '#/noise' });
  await ready(page);
  await inRoom(page, 'noise');
  await page.waitForSelector('main section');
  expect(await page.locator('canvas[data-engine]').count()).toBe(0);
  expect(await page.locator('main').textContent()).toContain(words('museum', 'twin.noWebgl'));
  await goTo(page, '#/welcome/dream');
  await inRoom(page, 'welcome');
  await engineOn(page, ['wasm']);
  await controlOf(page, 'button', 'welcome', 'dream').click();
  await settledPixels(pictureOf(page, 'welcome', 'clean'));
});

test('without WebGPU the engine computes on wasm, and says so', async () => {
  const { page } = await openMuseum({ gpu: 'no-webgpu', query: 'twin', hash: '#/welcome/device' });
  await ready(page);
  expect(await engineOn(page)).toBe('wasm');
  await page.waitForFunction(() => document.body.textContent?.includes('WebAssembly') ?? false);
  await controlOf(page, 'button', 'welcome', 'dream').click();
  await settledPixels(pictureOf(page, 'welcome', 'clean'));
});

interface Fault {
  readonly name: string;
  readonly file: RegExp;
  /** What the visitor is told: a text under `engine.error`. */
  readonly told: string;
  /** What comes instead of the file. */
  readonly spoil: (file: Buffer) => { status: number; body: Buffer | string };
}

const weights = /weights\/digits\/weights\.safetensors/;
const faults: readonly Fault[] = [
  { name: 'missing', file: weights, told: 'weights-missing', spoil: () => ({ status: 404, body: 'Not here.' }) },
  {
    name: 'truncated',
    file: weights,
    told: 'weights-truncated',
    spoil: (file) => ({ status: 200, body: file.subarray(0, file.length >> 1) }),
  },
  {
    name: 'with one bit turned over',
    file: weights,
    told: 'weights-hash',
    spoil: (file) => {
      const body = Buffer.from(file);
      body[body.length - 100]! ^= 1;
      return { status: 200, body };
    },
  },
  {
    name: 'with a manifest that is none',
    file: /weights\/digits\/manifest\.json/,
    told: 'weights-header',
    spoil: () => ({ status: 200, body: '{"format": 1' }),
  },
];

test.each(faults)('weights $name: a plain message, and the rest works', async ({ file, spoil, told }) => {
  const spoilt = (context: BrowserContext) =>
    context.route(file, (route) => route.fulfill(spoil(readFileSync(join('assets', new URL(route.request().url()).pathname)))));
  const { page } = await openMuseum({ query: 'twin', hash: '#/welcome/dream', before: spoilt, expected: [notFound] });
  await ready(page);
  await controlOf(page, 'button', 'welcome', 'dream').click();
  const message = words('museum', `engine.error.${told}`);
  await page.waitForFunction((text) => document.body.textContent?.includes(text), message);
  // The rest: another room opens, and its lever adds noise, which needs no model.
  await goTo(page, '#/noise/lever');
  await inRoom(page, 'noise');
  expect(await page.locator('h2').first().textContent()).toBe(words('noise', 'title'));
  await controlOf(page, 'slider', 'noise', 'lever').fill('0.5');
});

test('a room whose file does not come says so, and opens when it comes', { timeout: 180_000 }, async () => {
  const lost = (context: BrowserContext) => context.route(/\/Story-[^/]*\.js$/, (route) => route.abort());
  const { page } = await openMuseum({
    query: 'twin',
    hash: '#/noise',
    before: lost,
    expected: [/Failed to load resource/, /Failed to fetch dynamically imported module/, /A file of the museum did not come/],
  });
  await ready(page);
  await page
    .getByRole('status')
    .filter({ hasText: words('museum', 'museum.missing') })
    .waitFor();
  expect(await page.locator('h2').first().textContent()).toBe(words('noise', 'title'));
  await goTo(page, '#/welcome/dream');
  await inRoom(page, 'welcome');
  await page
    .getByRole('status')
    .filter({ hasText: words('museum', 'museum.missing') })
    .waitFor();
  // When the files are there again the room opens by itself, without a touch.
  await page.context().unroute(/\/Story-[^/]*\.js$/);
  await page.getByText(words('museum', 'museum.missing')).waitFor({ state: 'detached', timeout: 30_000 });
  await controlOf(page, 'button', 'welcome', 'dream').click();
  await settledPixels(pictureOf(page, 'welcome', 'clean'));
});

test('without a network, a while after arriving, the other rooms open and work', { timeout: 180_000 }, async () => {
  const { page, context, requests } = await openMuseum({ query: 'twin', hash: '#/welcome', expected: [/ERR_INTERNET_DISCONNECTED/] });
  await ready(page);
  await engineOn(page);
  await expect.poll(() => requests.some((url) => url.includes('weights/cloud/weights')), { timeout: 60_000 }).toBe(true);
  await page.waitForLoadState('networkidle');
  await context.setOffline(true);
  await goTo(page, '#/noise/lever');
  await inRoom(page, 'noise');
  await controlOf(page, 'slider', 'noise', 'lever').fill('0.6');
  await settledPixels(pictureOf(page, 'noise', 'guess'), { quiet: 800 });
  expect(await page.getByText(words('museum', 'museum.missing')).count()).toBe(0);
});
