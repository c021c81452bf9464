// The racing hall: a race from prediction to podium in words alone, by keyboard, and by the brass button; and who leaves takes nothing with them.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { lanes } from '../../scenes/05-sampling/lanes';
import { countJobs } from '../../bench/page/counting';
import { barriers } from './barriers';
import { engineOn, goTo, inRoom, openMuseum, ready, standing } from './harness';
import { controlOf, optionOf, pictureOf, pixelsOf, words } from './words';

const room = 'sampling';
const shorter = { ddpm: 4, ddim: 2, euler: 2, heun: 2, dpmpp2m: 2 } as const;

/** Texts of the readouts of a stop that say something. */
const told = async (page: Page, stop: string) =>
  (await page.locator(`section[aria-labelledby="twin-${stop}"] .readout p[aria-hidden]`).allTextContents()).filter(Boolean);

/** Sets every lane to few steps, at the samplers' stop. */
async function shorten(page: Page): Promise<void> {
  for (const [lane, steps] of Object.entries(shorter)) {
    await optionOf(page, room, 'sampler', lane).click();
    await controlOf(page, 'slider', room, `${lane}Steps`).fill(String(steps));
  }
}

const racing = (page: Page) =>
  page.waitForFunction((name) => (window as unknown as { openJobs(room: string): number }).openJobs(name) > 0, room, { polling: 20 });
const idle = (page: Page) =>
  page.waitForFunction((name) => (window as unknown as { openJobs(room: string): number }).openJobs(name) === 0, room, { timeout: 20_000 });

test('the race, the proof and the equality, in words and plain controls alone', { timeout: 180_000 }, async () => {
  const { page } = await openMuseum({ hash: `#/${room}`, query: 'twin', viewport: { width: 960, height: 540 } });
  await ready(page);
  await engineOn(page);
  await shorten(page);
  await optionOf(page, room, 'first', 'dpmpp2m').click();
  await optionOf(page, room, 'best', 'ddpm').click();
  await controlOf(page, 'button', room, 'start').click();
  await expect.poll(() => told(page, 'podium'), { timeout: 60_000 }).toHaveLength(8);
  const podium = await told(page, 'podium');
  expect(podium.slice(1, 6).map((line) => Number.parseInt(line))).toEqual([1, 2, 3, 4, 5]);
  const looks = (name: string) => Number(/looks of the network: (\d+)/.exec(podium.find((line) => line.includes(`. ${name}:`)) ?? '')?.[1]);
  expect(['DDPM', 'DDIM', 'Euler', 'Heun', 'DPM-Solver++(2M)'].map(looks)).toEqual([4, 2, 2, 3, 2]);
  const ink = await pixelsOf(pictureOf(page, room, 'ddpm'));
  expect(ink.filter((value) => value < 0.25 || value > 0.75).length / ink.length).toBeGreaterThan(0.75);

  const prints = async (again: string) => {
    await optionOf(page, room, 'again', again).click();
    await controlOf(page, 'button', room, 'repeat').click();
    await expect.poll(async () => (await told(page, 'repeat')).length, { timeout: 60_000 }).toBe(3);
    return (await told(page, 'repeat'))[0]!.split(' · ');
  };
  const ddim = await prints('ddim');
  expect([ddim.length, new Set(ddim).size]).toEqual([9, 1]);
  const ddpm = await prints('ddpm');
  expect([ddpm.length, new Set(ddpm).size]).toEqual([9, 9]);

  await optionOf(page, room, 'expectEqual', 'same').click();
  await controlOf(page, 'button', room, 'compare').click();
  await expect.poll(async () => (await told(page, 'equal')).length, { timeout: 60_000 }).toBe(2);
  expect(await told(page, 'equal')).toContain(words(room, 'said.guess.right'));
  expect(await barriers(page)).toEqual([]);
});

test('by keyboard alone; who leaves in the middle leaves no job behind', { timeout: 120_000 }, async () => {
  const { page } = await openMuseum({ hash: `#/${room}/race`, query: 'twin', init: countJobs });
  await ready(page);
  await engineOn(page);
  const slider = controlOf(page, 'slider', room, 'ddimSteps');
  await slider.focus();
  await page.keyboard.press('End');
  expect(await slider.inputValue()).toBe('100');
  await controlOf(page, 'button', room, 'start').focus();
  await page.keyboard.press('Enter');
  await racing(page);
  await goTo(page, '#/welcome');
  await inRoom(page, 'welcome');
  await idle(page);
  await goTo(page, `#/${room}/race`);
  await inRoom(page, room);
  expect(await told(page, 'podium')).toEqual([words(room, 'said.podiumNone')]);
});

test('the brass button, and its sign, send the pictures down their lanes', { timeout: 180_000 }, async () => {
  const { page } = await openMuseum({ hash: `#/${room}/race`, viewport: { width: 960, height: 540 }, init: countJobs });
  await ready(page);
  await standing(page, room);
  await engineOn(page);
  const placeOf = (lane: string) =>
    page.evaluate((name) => {
      const { scene } = (window as unknown as { museum: { scene: { getObjectByName(of: string): { position: { z: number } } } } }).museum;
      return scene.getObjectByName(name).position.z;
    }, `runner ${lane}`);
  const start = await placeOf('dpmpp2m');
  await page.waitForTimeout(1500);
  await page.mouse.click(574, 394);
  await expect.poll(() => placeOf('dpmpp2m'), { timeout: 60_000 }).toBeGreaterThan(start + 3);
  expect(await placeOf('ddpm')).toBeLessThan(await placeOf('dpmpp2m'));
  // Its sign starts a race as well: each lane gets a job of its own anew.
  const begun = () => page.evaluate((name) => (window as unknown as { begun(of: string): number }).begun(name), room);
  const before = await begun();
  await page.mouse.click(574, 456);
  await expect.poll(begun, { timeout: 60_000 }).toBeGreaterThanOrEqual(before + lanes.length);
});
