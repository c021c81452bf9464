// Forwards that are played again on Chromium's WebGPU: the numbers of those computed anew, bit for bit, and nothing left behind.
import { fileURLToPath } from 'node:url';
import { chromium, type JSHandle } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchOptions } from '../../tools/chromium.mjs';
import { serve } from '../../tools/serve.mjs';
import { root } from '../engine/models';
import type { Asking, Replays } from './replay/page';
import type { Unfit } from './replay/unfit';

const folder = root('.cache/replay-page');

let replays: JSHandle<Replays>;
let close: () => Promise<unknown>;

beforeAll(async () => {
  await build({
    root: fileURLToPath(new URL('./replay/', import.meta.url)),
    publicDir: root('assets/weights/digits'),
    configFile: false,
    logLevel: 'error',
    base: './',
    build: { outDir: folder, emptyOutDir: true, target: 'es2022', modulePreload: false },
  });
  const server = await serve({ folder, port: 0 });
  const browser = await chromium.launch(launchOptions());
  close = () => Promise.all([browser.close(), server.close()]);
  const page = await browser.newPage();
  await page.goto(server.address);
  await page.waitForFunction(() => 'replays' in window);
  replays = await page.evaluateHandle(() => (window as unknown as { replays: Replays }).replays);
  await replays.evaluate((inside) => inside.open());
});
afterAll(() => close());
afterEach(async () => expect(await replays.evaluate((inside) => inside.errors())).toEqual([]));

const ask = (asking: Asking) => replays.evaluate((inside, given) => inside.ask(given), asking);
const used = () => replays.evaluate((inside) => inside.used());

/** Whether it was computed by tfjs, and rightly. */
async function anew(asking: Asking): Promise<boolean> {
  const { different, issued } = await ask(asking);
  return different === 0 && issued > 0;
}

/** The digits 0 to 9 and none, from `first` on. */
const mixed = (count: number, first: number) => Array.from({ length: count }, (_, at) => (at + first) % 11);

describe.each<[string, (turn: number) => Asking]>([
  ['one picture', (turn) => ({ logSnr: 2 - turn, labels: [turn], seed: turn })],
  ['four of one class', (turn) => ({ logSnr: 2 - turn, labels: [10 - turn], count: 4, seed: turn })],
  ['four of four classes', (turn) => ({ logSnr: turn - 3, labels: mixed(4, 3 * turn), seed: turn })],
])('%s', (_, asking) => {
  test('is the same from the third forward on, without tfjs', async () => {
    for (let turn = 0; turn < 5; turn++) {
      const { different, size, issued } = await ask(asking(turn));
      expect(different).toBe(0);
      expect(size).toBeGreaterThan(0);
      if (turn < 2) expect(issued).toBeGreaterThan(30);
      else expect(issued).toBe(0);
    }
  });
});

test('two that are asked at once each get their own answer', async () => {
  const askings = [1, 2, 3].map((seed) => ({ logSnr: seed, labels: [seed], seed }));
  const answers = await replays.evaluate((inside, given) => inside.askAtOnce(given), askings);
  expect(answers.map(({ different, issued }) => [different, issued])).toEqual([[0, 0], [0, 0], [0, 0]]); // prettier-ignore
});

test('a recording belongs to the variants and kernels that it was made with', async () => {
  const one: Asking = { logSnr: 0, labels: [1], seed: 9 };
  expect((await ask(one)).issued).toBe(0);
  await replays.evaluate((inside) => inside.use({ variants: { normalise: 64 } }));
  expect(await anew(one)).toBe(true);
  await replays.evaluate((inside) => inside.use({ variants: { normalise: 1 }, kernels: 'stock' }));
  expect(await anew(one)).toBe(true);
  await replays.evaluate((inside) => inside.use({ kernels: 'own' }));
  expect(await ask(one)).toMatchObject({ different: 0, issued: 0 });
});

test('those who listen hear every part; a forward that nobody hears is played', async () => {
  const { parts, issued } = await replays.evaluate((inside) => inside.heard({ logSnr: 0, labels: [1], seed: 9 }));
  expect(parts).toBeGreaterThan(40);
  expect(issued).toBe(0);
});

test.each<Unfit>(['nothing computed', 'another output', 'an error'])('%s: left to tfjs, and nothing kept', async (what) => {
  expect(await replays.evaluate((inside, given) => inside.unfit(given), what)).toEqual({ answers: 0, bytes: 0 });
});

test('a fifth gives up the one that was asked longest ago, with what it held', async () => {
  const asking = (count: number): Asking => ({ logSnr: 0, labels: [1], count, seed: count });
  const bytes: number[] = [];
  for (let round = 0; round < 2; round++) {
    for (const count of [1, 2, 3, 4, 5])
      for (let turn = 0; turn < 3; turn++)
        expect(await ask(asking(count))).toMatchObject({ different: 0, ...(turn === 2 ? { issued: 0 } : {}) });
    bytes.push((await used()).bytes);
  }
  expect(bytes[1]).toBe(bytes[0]);
  expect((await ask(asking(2))).issued).toBe(0);
  expect((await ask(asking(1))).issued).toBeGreaterThan(0);
});

test('where memory runs out, recordings are given up', async () => {
  const two: Asking = { logSnr: 0, labels: [1, 2], seed: 4 };
  for (let turn = 0; turn < 3; turn++) await ask(two);
  const before = await used();
  await replays.evaluate((inside) => inside.runShort());
  // Played once, then in two halves computed anew.
  expect(await anew(two)).toBe(true);
  expect((await used()).bytes).toBeLessThan(before.bytes);
});

test('a model that is disposed leaves nothing', async () => {
  const rounds: Awaited<ReturnType<typeof used>>[] = [];
  for (let round = 0; round < 3; round++) {
    await replays.evaluate((inside) => inside.reopen());
    for (const seed of [1, 2, 3]) await ask({ logSnr: 0, labels: mixed(2, seed), seed });
    await replays.evaluate((inside) => inside.dispose());
    rounds.push(await used());
  }
  const [, { allocated, ...before }, after] = rounds as [unknown, (typeof rounds)[0], (typeof rounds)[0]];
  expect(after).toMatchObject(before);
  expect(after.allocated).toBeLessThanOrEqual(allocated);
});
