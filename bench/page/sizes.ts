// Weighs what a visitor's browser really asked for: scripts of the page until the first room stands, and scripts of the engine's worker.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { weights } from '../../tools/budgets.mjs';
import { serve } from '../../tools/serve.mjs';
import { fresh, waitReady } from './opening';

const kib = (folder: string, paths: Iterable<string>) =>
  [...new Set(paths)].reduce((sum, path) => sum + gzipSync(readFileSync(join(folder, path))).length, 0) / 1024;

/** Waits until nothing more was asked for in five seconds. */
async function settled(asked: readonly string[]): Promise<readonly string[]> {
  for (let before = -1; before !== asked.length;) {
    before = asked.length;
    await new Promise((next) => setTimeout(next, 5000));
  }
  return asked;
}

export async function sizes(folder: string): Promise<{ shell_kib: number; first_room_kib: number; engine_kib: number }> {
  const asked: string[] = [];
  const server = await serve({ folder, port: 0, seen: (path) => path.endsWith('.js') && asked.push(path) });
  const { browser, page } = await fresh();
  await page.goto(server.address);
  await waitReady(page);
  await page.waitForSelector('canvas');
  // Other rooms are fetched ahead a while later.
  const untilRoom = [...asked];
  await page.waitForFunction(() => Boolean(document.documentElement.dataset.engine));
  await settled(asked);
  // The page's own record of its requests holds the worker's file, but not what the worker itself asked for.
  const ofPage = new Set(await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)));
  const isWorker = (path: string) => /\/worker-[^/]+\.js$/.test(path) || !ofPage.has(path);
  await browser.close();
  await server.close();
  return {
    shell_kib: weights(folder).shell,
    first_room_kib: kib(
      folder,
      untilRoom.filter((path) => !isWorker(path)),
    ),
    engine_kib: kib(folder, asked.filter(isWorker)),
  };
}
