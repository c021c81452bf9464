// What stays behind after many changes of room: nothing.
import type { Page } from 'playwright-core';
import { countHeld, countListeners, type Held } from './counting';
import { fresh, waitReady } from './opening';

/** What is alive in the page, on its GPU, and in the engine. */
export interface Alive extends Held {
  readonly tensors: number;
  readonly listeners: number;
  readonly nodes: number;
}

/** What a build of mode 'test' lets tests see. */
interface Probe {
  engine: { memory(): Promise<{ tensors: number }> };
}

/** To be run in the page before its scripts. */
export const counters = [countHeld, countListeners];

const now = (page: Page): Promise<Alive> =>
  page.evaluate(async () => {
    const { museum, openListeners, held } = window as unknown as { museum: Probe; openListeners: () => number; held: Held };
    const { tensors } = await museum.engine.memory();
    return { ...held, tensors, listeners: openListeners(), nodes: document.querySelectorAll('*').length };
  });

/** What is alive once it has stopped changing: parts load, and jobs that were cancelled end, after the room is open. */
export async function alive(page: Page, quiet = 3): Promise<Alive> {
  let same = 0;
  let last = await now(page);
  for (let tries = 0; same < quiet && tries < 60; tries++) {
    await page.waitForTimeout(500);
    const next = await now(page);
    same = JSON.stringify(next) === JSON.stringify(last) ? same + 1 : 0;
    last = next;
  }
  return last;
}

/** Goes to a room and stays until it stands. */
async function enter(page: Page, room: string): Promise<void> {
  await page.evaluate((hash) => void (location.hash = hash), `#/${room}`);
  await page.waitForFunction((name) => document.documentElement.dataset.standing === name, room, { timeout: 90_000 });
}

/** Changes rooms `times` times and comes back to the first; what was alive there before and after. The first round only warms up. */
export async function changes(page: Page, rooms: readonly string[], times: number, pause = 400): Promise<{ before: Alive; after: Alive }> {
  const round = async (count: number, stay: number) => {
    for (let i = 1; i <= count; i++) {
      await enter(page, rooms[i % rooms.length] ?? '');
      await page.waitForTimeout(stay);
    }
  };
  await round(rooms.length * 2, 4000);
  const before = await alive(page);
  await round(Math.ceil(times / rooms.length) * rooms.length, pause);
  await page.waitForTimeout(4000);
  return { before, after: await alive(page) };
}

export async function leak(address: string, rooms: readonly string[], times: number): Promise<{ before: Alive; after: Alive }> {
  const { browser, page } = await fresh({ init: counters, viewport: { width: 320, height: 180 } });
  await page.goto(`${address}?quality=low`);
  await waitReady(page);
  await page.waitForFunction(() => 'museum' in window);
  const found = await changes(page, rooms, times);
  await browser.close();
  return found;
}
