// Weighs the scripts that a visitor's browser really asks for until the first room stands, and those of the engine's worker.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { weights, workerFiles } from '../../tools/budgets.mjs';
import { serve } from '../../tools/serve.mjs';
import { fresh, waitReady } from './opening';

const kib = (folder: string, paths: Iterable<string>) =>
  [...new Set(paths)].reduce((sum, path) => sum + gzipSync(readFileSync(join(folder, path))).length, 0) / 1024;

export async function sizes(folder: string): Promise<{ shell_kib: number; first_room_kib: number; engine_kib: number }> {
  const asked: string[] = [];
  const server = await serve({ folder, port: 0, seen: (path) => path.endsWith('.js') && asked.push(path) });
  const { browser, page } = await fresh();
  await page.goto(server.address);
  await waitReady(page);
  await page.waitForSelector('canvas');
  // Other rooms are fetched ahead a while later.
  const untilRoom = [...asked];
  await browser.close();
  await server.close();
  // Of the engine each device asks for one backend; what is weighed is all of it.
  const { shell, engine } = weights(folder);
  const ofWorker = new Set([...workerFiles(folder)].map((file) => `/${file}`));
  return {
    shell_kib: shell,
    first_room_kib: kib(
      folder,
      untilRoom.filter((path) => !ofWorker.has(path)),
    ),
    engine_kib: engine,
  };
}
