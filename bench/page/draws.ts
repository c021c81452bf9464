// The dearest view of the museum: what is drawn at every stop of every room, looking along it and to three more sides.
import type { Page } from 'playwright-core';
import type { Room } from '../../src/museum/contract';
import { countDrawing, type Drawn } from './counting';
import { fresh, waitReady } from './opening';

export interface View extends Drawn {
  readonly at: string;
}

/** What the next whole frames draw: the most of a few, since some parts are drawn in turns. */
async function look(page: Page): Promise<Drawn> {
  return page.evaluate(async () => {
    const { drawn } = window as unknown as { drawn: Drawn };
    const most = { ...drawn, calls: 0, triangles: 0 };
    for (let frames = 0; frames < 8; frames++) {
      const before = drawn.frames;
      const start = performance.now();
      while (drawn.frames === before && performance.now() - start < 2000) await new Promise((next) => requestAnimationFrame(next));
      most.calls = Math.max(most.calls, drawn.calls);
      most.triangles = Math.max(most.triangles, drawn.triangles);
    }
    return most;
  });
}

/** Turns the visitor by a quarter, with the mouse, as a visitor does. */
async function turn(page: Page): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 640, height: 360 };
  await page.mouse.move(width / 2 + 100, height / 2);
  await page.mouse.down();
  await page.mouse.move(width / 2 - 100, height / 2, { steps: 4 });
  await page.mouse.up();
  await page.waitForTimeout(300);
}

export async function views(address: string, rooms: readonly Room[], quality = 'high'): Promise<View[]> {
  const { browser, page } = await fresh({ viewport: { width: 320, height: 180 }, init: [countDrawing] });
  const seen: View[] = [];
  await page.goto(`${address}?quality=${quality}`);
  await waitReady(page);
  await page.waitForFunction(() => (window as unknown as { drawn: Drawn }).drawn.frames > 0);
  await page.waitForTimeout(4000);
  seen.push({ at: 'arrival', ...(await look(page)) });
  for (const room of rooms)
    for (const stop of room.stops) {
      await page.evaluate((hash) => void (location.hash = hash), `#/${room.name}/${stop.name}`);
      await page.waitForTimeout(2500);
      for (let side = 0; side < 4; side++) {
        seen.push({ at: `${room.name}/${stop.name}${side ? ` turned ${side}` : ''}`, ...(await look(page)) });
        await turn(page);
      }
    }
  await browser.close();
  return seen;
}
