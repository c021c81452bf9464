// From the door to the next room by keyboard, by touch, by the floor plan and by a click on the floor; and what walls are for.
import { expect, test } from 'vitest';
import { toRoom, toWorld } from '../../src/museum/ring';
import { feet, placeOf, walkByKeys, walkByTouch, wayBetween } from './feet';
import { inRoom, openMuseum, ready, standing } from './harness';
import { words } from './words';

const phone = { viewport: { width: 390, height: 664 }, touch: true };
const small = { viewport: { width: 480, height: 270 } };

/** How deep in a room the visitor stands; negative is outside. */
async function depthIn(page: Parameters<typeof feet>[0], room: string): Promise<number> {
  const { x, z } = await feet(page);
  return -toRoom(placeOf(room), [x, z])[1];
}

test('by keyboard', { timeout: 240_000 }, async () => {
  const { page } = await openMuseum(small);
  await ready(page);
  await standing(page, 'welcome');
  expect(await depthIn(page, 'welcome')).toBeGreaterThan(0);
  await walkByKeys(page, wayBetween('welcome', 'noise'));
  await inRoom(page, 'noise');
  await standing(page, 'noise');
  expect(await depthIn(page, 'noise')).toBeGreaterThan(0.5);
  expect(new URL(page.url()).hash).toMatch(/^#\/noise/);
});

test('by touch', { timeout: 240_000 }, async () => {
  const { page } = await openMuseum(phone);
  await ready(page);
  await standing(page, 'welcome');
  await walkByTouch(page, wayBetween('welcome', 'noise'));
  await inRoom(page, 'noise');
  await standing(page, 'noise');
  expect(await depthIn(page, 'noise')).toBeGreaterThan(0.5);
});

test('by the floor plan', async () => {
  const { page } = await openMuseum({ viewport: { width: 960, height: 540 } });
  await ready(page);
  await standing(page, 'welcome');
  await page
    .getByRole('banner')
    .getByRole('button', { name: words('noise', 'title') })
    .click();
  await standing(page, 'noise');
  await expect.poll(() => depthIn(page, 'noise'), { timeout: 20_000 }).toBeGreaterThan(0);
});

test('by a click on the floor, and not through a wall', { timeout: 180_000 }, async () => {
  const { page } = await openMuseum(small);
  await ready(page);
  await standing(page, 'welcome');
  const before = await feet(page);
  await page.mouse.click(240, 262);
  await expect
    .poll(async () => Math.hypot((await feet(page)).x - before.x, (await feet(page)).z - before.z), { timeout: 30_000 })
    .toBeGreaterThan(0.3);
  // Into the wall beside the door, for a while: one stays in the room.
  const place = placeOf('welcome');
  const wall = toWorld(place, [place.floor.width / 2 + 3, -4]);
  await walkByKeys(page, [wall], 15_000).then(
    () => expect.unreachable('the wall let the visitor through'),
    () => undefined,
  );
  const [x] = toRoom(place, [(await feet(page)).x, (await feet(page)).z]);
  expect(Math.abs(x)).toBeLessThan(place.floor.width / 2);
});
