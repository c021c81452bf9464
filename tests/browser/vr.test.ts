// A visit in an emulated headset: enter, teleport from the lobby to the hall of noise, move the lever by ray, read, turn, leave.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { toWorld } from '../../src/museum/ring';
import { placeOf, wayBetween } from './feet';
import { openMuseum, ready, standing } from './harness';
import { click, flick, frames, hold, lift, pointAt, release, signs, standsAt, turned, wear } from './headset';
import { controlOf, words } from './words';

type Spot = readonly [x: number, z: number];

const [hands, longest] = [1.2, 4];

/** Jumps towards a spot, four metres at a time, until the wearer stands there. */
async function jumpTo(page: Page, [x, z]: Spot, within = 0.8): Promise<void> {
  for (let jump = 0; jump < 12; jump++) {
    const now = await standsAt(page);
    const [dx, dz] = [x - now.x, z - now.z];
    const far = Math.hypot(dx, dz);
    if (far < within) return;
    // From the hand, which is held 20 cm before the wearer.
    const near = Math.min(1, longest / far);
    await pointAt(page, 'right', [now.x + dx * near, now.y + lift(far * near - 0.2, hands), now.z + dz * near]);
    await frames(page, 3);
    await click(page, 'right');
  }
  expect.unreachable(`no jump led to ${x}, ${z}; the wearer stands at ${JSON.stringify(await standsAt(page))}`);
}

async function enter(page: Page): Promise<void> {
  await page.getByRole('button', { name: words('museum', 'bar.headset') }).click();
  await expect.poll(async () => (await standsAt(page)).isWearing, { timeout: 30_000 }).toBe(true);
}

test('a visit in a headset', { timeout: 300_000 }, async () => {
  const { page } = await openMuseum({ viewport: { width: 320, height: 180 }, before: wear });
  await ready(page);
  await standing(page, 'welcome');
  await enter(page);

  for (const spot of wayBetween('welcome', 'noise')) await jumpTo(page, spot);
  await standing(page, 'noise');
  const noise = placeOf('noise');
  await jumpTo(page, toWorld(noise, [0, -4]));
  await jumpTo(page, toWorld(noise, [0, -7]), 0.3);

  // Signs are meshes: what stands written near the wearer is there to read, with ink on it, and turned to the wearer.
  const read = (await signs(page)).filter(({ isFacing, ink, far }) => isFacing && ink > 0.005 && far < 8).map(({ said }) => said);
  expect(read.join('\n')).toContain(words('noise', 'title'));

  const lever = await turned(page, 'lever arm', 'z');
  const knob = (angle: number) => [Math.sin(angle) * 0.8, Math.cos(angle) * 0.8, 0.06] as const;
  await pointAt(page, 'right', knob(-lever), 'lever');
  await hold(page, 'right');
  await pointAt(page, 'right', knob(0.1), 'lever');
  await release(page, 'right');
  await expect.poll(() => turned(page, 'lever arm', 'z'), { timeout: 20_000 }).toBeLessThan(lever - 0.4);

  const yaw = await turned(page, 'wearer', 'y');
  await flick(page, 'right', 1, 0);
  expect(Math.abs(((await turned(page, 'wearer', 'y')) - yaw) * (180 / Math.PI))).toBeCloseTo(45, 3);

  // The plate on the left wrist faces the wearer; the right hand comes from above.
  await pointAt(page, 'left', [-0.2, 1.2, -2], 'wearer');
  await pointAt(page, 'right', [0, 0, 0], 'leave headset', 1.55);
  await click(page, 'right');
  await expect.poll(async () => (await standsAt(page)).isWearing, { timeout: 30_000 }).toBe(false);
  // What was set in there is set out here.
  await page.getByRole('button', { name: words('museum', 'bar.wordsOpen') }).click();
  expect(Number(await controlOf(page, 'slider', 'noise', 'lever').inputValue())).toBeGreaterThan(0.4);
});

test('in a headset one jumps onto a bridge of the network, and off it', { timeout: 240_000 }, async () => {
  const { page } = await openMuseum({ hash: '#/unet/bridge', viewport: { width: 320, height: 180 }, before: wear });
  await ready(page);
  await standing(page, 'unet');
  await page.waitForFunction(
    () =>
      (window as unknown as { museum: { scene: { getObjectByName(name: string): unknown } } }).museum.scene.getObjectByName(
        'block bottleneck',
      ) !== undefined,
  );
  await enter(page);
  const unet = placeOf('unet');
  const level = (await standsAt(page)).y;
  expect(level).toBeCloseTo(-0.7, 2);
  // To the right arm, back onto the deck over the well, and on to the left arm: all on one level.
  for (const x of [2.6, 0, -2.6]) {
    await jumpTo(page, toWorld(unet, [x, -7.7]), 0.6);
    expect((await standsAt(page)).y).toBeCloseTo(level, 2);
  }
});
