// What the main thread does for a frame while a room's engine job computes: script alone, without drawing.
import type { CDPSession, Page } from 'playwright-core';
import type { Room } from '../../src/museum/contract';
import { countJobs, keepLongTasks } from '../page/counting';
import { fresh, waitReady } from '../page/opening';

/** In words, for the file of results. */
export const counted =
  'script time of the main thread (frame callbacks, timers, messages; Chromium’s ScriptDuration) over its frames, in quarter seconds at whose ' +
  'both ends a job of the room was open (one that has ended is begun again); draw calls are swallowed, so that the software renderer’s work is left out; 640x360, quality low; ' +
  'frames: the callbacks of requestAnimationFrame alone, measured inside the page in the same slices';

/** Of tasks that held the main thread longer than 50 ms. */
export const compared =
  'the same walk twice, every stop used in the same way: once as it is, and once with an engine that never begins a job; ' +
  'number of main-thread tasks over 50 ms in each, draw calls swallowed in both';

/** Runs in the page, before countJobs, which counts what is asked for all the same: nothing that would compute reaches the engine. */
function muteJobs(): void {
  const { postMessage } = Worker.prototype as { postMessage: (this: Worker, message: unknown, ...rest: unknown[]) => void };
  Worker.prototype.postMessage = function (message: unknown, ...rest: unknown[]) {
    const { kind } = (message ?? {}) as { kind?: string };
    if (kind !== 'sample' && kind !== 'train') postMessage.call(this, message, ...rest);
  };
}

interface Kept {
  openJobs(room?: string): number;
  begun(room: string): number;
  kept: { frames: number; milliseconds: number; longest: number };
}

/** Runs in the page, before its scripts: swallows what is drawn, and times the callbacks of each frame. */
function keepFrames(): void {
  const kept = { frames: 0, milliseconds: 0, longest: 0 };
  (window as unknown as Kept).kept = kept;
  const GL = WebGL2RenderingContext.prototype as unknown as Record<string, () => void>;
  for (const name of ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced']) GL[name] = () => undefined;
  const own = requestAnimationFrame.bind(window);
  let waiting = new Map<number, FrameRequestCallback>();
  let next = 1;
  window.requestAnimationFrame = (callback) => {
    const id = next++;
    if (waiting.size === 0)
      own((time) => {
        const now = waiting;
        waiting = new Map();
        const start = performance.now();
        for (const call of now.values()) call(time);
        const took = performance.now() - start;
        kept.frames++;
        kept.milliseconds += took;
        kept.longest = Math.max(kept.longest, took);
      });
    waiting.set(id, callback);
    return id;
  };
  window.cancelAnimationFrame = (id) => void waiting.delete(id);
}

export interface Working {
  /** Script, ms a frame, and of that the frame callbacks alone; the longest frame callback. */
  readonly perFrame: number;
  readonly callbacks: number;
  readonly longest: number;
  readonly frames: number;
  /** Seconds in which a job was open, of those that were watched. */
  readonly computing: number;
  /** Tasks of the main thread over 50 ms in the whole walk. */
  readonly longTasks: number;
}

const slice = 250;

/** How long a pressed button is given to begin a job, ms. */
const reaction = 1500;

/** Uses what stands at a stop: every slider near its end, then one button after the other until one has begun a job of the room. Returns what
 * presses that one again. */
async function use(page: Page, room: string, stop: string): Promise<(() => Promise<void>) | undefined> {
  const section = `section[aria-labelledby="twin-${stop}"]`;
  await page.evaluate((of) => {
    for (const range of document.querySelectorAll<HTMLInputElement>(`${of} input[type=range]`)) {
      const value = Number(range.min) + 0.9 * (Number(range.max) - Number(range.min));
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(range, String(value));
      range.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }, section);
  const buttons = await page.locator(`${section} button.pushed`).count();
  for (let at = 0; at < buttons; at++) {
    const began = await page.evaluate(
      async ([of, index, name, patience]) => {
        const { begun } = window as unknown as Kept;
        const before = begun(name);
        // A later one may pause or end what an earlier one has begun.
        document.querySelectorAll<HTMLElement>(`${of} button.pushed`)[index]?.click();
        for (const end = performance.now() + patience; performance.now() < end && begun(name) === before;)
          await new Promise((next) => setTimeout(next, 20));
        return begun(name) > before;
      },
      [section, at, room, reaction] as const,
    );
    if (began)
      return () =>
        page.evaluate(([of, index]) => document.querySelectorAll<HTMLElement>(`${of} button.pushed`)[index]?.click(), [
          section,
          at,
        ] as const);
  }
  return undefined;
}

async function scriptTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? NaN) * 1000;
}

/** Walks the stops of a room, uses each, and watches it for `seconds`. */
async function watch(page: Page, session: CDPSession, room: Room, seconds: number): Promise<Working> {
  const look = async () => ({
    script: await scriptTime(session),
    ...(await page.evaluate((name) => {
      const { kept, openJobs } = window as unknown as Kept;
      const now = { ...kept, isBusy: openJobs(name) > 0 };
      kept.longest = 0;
      return now;
    }, room.name)),
  });
  const sum = { script: 0, callbacks: 0, frames: 0, longest: 0, slices: 0 };
  const longTasks = () => page.evaluate(() => (window as unknown as { longTasks: unknown[] }).longTasks.length);
  const before = await longTasks();
  for (const stop of room.stops) {
    await page.evaluate((hash) => void (location.hash = hash), `#/${room.name}/${stop.name}`);
    await page.waitForTimeout(600);
    const press = await use(page, room.name, stop.name);
    let before = await look();
    for (let at = 0; at < seconds * 1000; at += slice) {
      await page.waitForTimeout(slice);
      const now = await look();
      // A job that is soon over is begun again, so that a room is not judged by one quarter of a second.
      if (!before.isBusy && !now.isBusy) await press?.();
      if (before.isBusy && now.isBusy) {
        sum.script += now.script - before.script;
        sum.callbacks += now.milliseconds - before.milliseconds;
        sum.frames += now.frames - before.frames;
        sum.longest = Math.max(sum.longest, now.longest);
        sum.slices++;
      }
      before = now;
    }
  }
  return {
    perFrame: sum.script / sum.frames,
    callbacks: sum.callbacks / sum.frames,
    longest: sum.longest,
    frames: sum.frames,
    computing: (sum.slices * slice) / 1000,
    longTasks: (await longTasks()) - before,
  };
}

export interface Walk {
  /** At each stop, and before the first, s. */
  readonly seconds: number;
  readonly settle?: number;
  /** The engine is kept from beginning a job. */
  readonly isMuted?: boolean;
  /** All of the room where left out. */
  readonly stops?: readonly string[];
}

/** A fresh page in the room, walked. */
export async function walked(address: string, room: Room, { seconds, settle = 12, isMuted = false, stops }: Walk): Promise<Working> {
  const { browser, context, page } = await fresh({ init: [keepLongTasks, ...(isMuted ? [muteJobs] : []), countJobs, keepFrames] });
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  await page.goto(`${address}?quality=low#/${room.name}`);
  await waitReady(page);
  await page.waitForFunction(() => ['webgpu', 'wasm', 'cpu'].includes(document.documentElement.dataset.engine ?? ''));
  await page.waitForTimeout(settle * 1000);
  const found = await watch(page, session, { ...room, stops: room.stops.filter(({ name }) => stops?.includes(name) ?? true) }, seconds);
  await browser.close();
  return found;
}

export async function working(
  address: string,
  rooms: readonly Room[],
  seconds: number,
): Promise<Record<string, Working & { readonly idleLongTasks: number }>> {
  const found: Record<string, Working & { readonly idleLongTasks: number }> = {};
  for (const room of rooms) {
    const busy = await walked(address, room, { seconds });
    const idle = await walked(address, room, { seconds, isMuted: true });
    found[room.name] = { ...busy, idleLongTasks: idle.longTasks };
  }
  return found;
}
