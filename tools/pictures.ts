// npm run pictures: photographs every stop of every room, on a desk's screen and on a phone's, into docs/pictures.
// `npm run pictures -- noise unet-sizes` takes one room's alone, and one picture of another.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { launchOptions } from './chromium.mjs';
import { built, root } from './ready.mjs';
import { rooms } from './rooms';
import { serve } from './serve.mjs';

const folder = join(root, 'docs/pictures');
const asked = process.argv.slice(2);
/** Time for the engine to have something to show at a stop, and for a slow renderer to have drawn it. */
const settle = 12_000;
/** Pixels by which the mouse is dragged for half a turn. */
const halfTurn = 748;

const screens = [
  { name: 'desk', viewport: { width: 1920, height: 1080 }, phone: false },
  { name: 'phone', viewport: { width: 390, height: 844 }, phone: true },
];

/** Repacks a PNG as WebP, by the browser itself. */
async function repacked(page: Page, png: Buffer): Promise<Buffer> {
  const address = await page.evaluate(
    `(async () => {
      const picture = await createImageBitmap(await (await fetch('data:image/png;base64,${png.toString('base64')}')).blob());
      const canvas = new OffscreenCanvas(picture.width, picture.height);
      canvas.getContext('2d').drawImage(picture, 0, 0);
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 })).arrayBuffer());
      let text = '';
      for (const byte of bytes) text += String.fromCharCode(byte);
      return btoa(text);
    })()`,
  );
  return Buffer.from(address as string, 'base64');
}

/** From the lobby's door out into the atrium: about face, and a click on the floor ahead. */
async function intoAtrium(page: Page): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 1, height: 1 };
  const drags = Math.ceil(halfTurn / (width * 0.6));
  for (let drag = 0; drag < drags; drag++) {
    await page.mouse.move(width * 0.2, height * 0.45);
    await page.mouse.down();
    await page.mouse.move(width * 0.2 + halfTurn / drags, height * 0.45, { steps: 6 });
    await page.mouse.up();
  }
  await page.waitForTimeout(settle / 4);
  await page.mouse.click(width * 0.5, height * 0.68);
}

/** Uses the controls of a stop through the museum's words, which stand beside the picture unseen: a slider's place, or a button by its number, or a switch, which is on afterwards. */
async function use(
  page: Page,
  stop: string,
  { slider, button, toggle }: { slider?: number; button?: number; toggle?: number },
): Promise<void> {
  await page.evaluate(
    ([name, to, press, turn]) => {
      const section = document.querySelector(`section[aria-labelledby="twin-${name}"]`);
      const range = section?.querySelector('input[type=range]');
      if (to !== null && range) {
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(range, to);
        range.dispatchEvent(new Event('input', { bubbles: true }));
      }
      if (press !== null) section?.querySelectorAll<HTMLElement>('button.pushed')[press]?.click();
      const lever = turn === null ? undefined : section?.querySelectorAll<HTMLElement>('[role=switch]')[turn];
      if (lever?.getAttribute('aria-checked') === 'false') lever.click();
    },
    [stop, slider ?? null, button ?? null, toggle ?? null] as const,
  );
  await page.waitForTimeout(settle);
}

/** What a visitor has done before some stops are worth a picture. */
const before: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'welcome-dream': (page) => use(page, 'dream', { button: 0 }),
  'noise-clean': async (page) => {
    await use(page, 'lever', { slider: 0.86 });
    await use(page, 'lever', { button: 0 });
  },
  'noise-misconceptions': (page) => use(page, 'misconceptions', { button: 0 }),
  'unet-levers': (page) => use(page, 'levers', { toggle: 0 }),
  // Begun and seen after its first epochs; further on the recording shows the end of one.
  'training-wall': (page) => use(page, 'run', { button: 0 }),
  'training-loss': (page) => use(page, 'run', { toggle: 1 }),
  'training-end': (page) => use(page, 'run', { toggle: 1 }),
  // The second button starts the race: seen on its way, and from the podium when it is over.
  'sampling-race': (page) => use(page, 'race', { button: 1 }),
  'sampling-repeat': (page) => use(page, 'repeat', { button: 0 }),
  'sampling-equal': (page) => use(page, 'equal', { button: 0 }),
};

interface View {
  readonly file: string;
  readonly hash: string;
  readonly then?: (page: Page) => Promise<void>;
}

mkdirSync(folder, { recursive: true });
/** Pictures of a room beside those of its stops, from one of them. */
const more: Readonly<Record<string, Readonly<Record<string, string>>>> = { training: { end: 'wall' } };
const isAsked = (file: string) => asked.length === 0 || asked.some((one) => file === one || file.startsWith(`${one}-`));

const server = await serve({ folder: built('production'), port: 0 });
const all: View[] = [
  { file: 'arrival', hash: '' },
  { file: 'atrium', hash: '#/welcome/door', then: intoAtrium },
  ...(await rooms()).flatMap(({ name, stops }) =>
    [...stops.map((stop) => [stop.name, stop.name]), ...Object.entries(more[name] ?? {})].map(([file, stop]): View => ({
      file: `${name}-${file}`,
      hash: `#/${name}/${stop}`,
    })),
  ),
];
const views = all.filter(({ file }) => isAsked(file));
const browser = await chromium.launch(launchOptions({ gpu: process.env.MUSEUM_GPU === 'own' ? 'own' : 'software' }));
let bytes = 0;
for (const { name, viewport, phone } of screens) {
  const context = await browser.newContext({ viewport, hasTouch: phone, isMobile: phone, locale: 'en-GB' });
  context.setDefaultTimeout(180_000);
  const page = await context.newPage();
  await page.goto(`${server.address}?quality=${phone ? 'medium' : 'high'}`);
  await page.waitForFunction(() => !['', 'false', undefined].includes(document.documentElement.dataset.ready));
  const desk = await context.newPage();
  await page.bringToFront();
  for (const { file, hash, then = before[file] } of views) {
    if (hash) await page.evaluate((to) => void (location.hash = to), hash);
    if (then) {
      await page.waitForTimeout(settle / 2);
      await then(page);
    }
    await page.waitForTimeout(settle);
    const picture = await repacked(desk, await page.screenshot());
    bytes += picture.length;
    writeFileSync(join(folder, `${file}-${name}.webp`), picture);
    console.log(`${file}-${name}.webp  ${Math.round(picture.length / 1024)} KiB`);
  }
  await context.close();
}
await browser.close();
await server.close();
console.log(`${(bytes / 1024 / 1024).toFixed(2)} MiB in all`);
