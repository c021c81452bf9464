// Twenty changes of room leave nothing behind: no geometry, texture, tensor or listener. `npm run bench -- page` makes two hundred.
import { expect, test } from 'vitest';
import { countListeners } from '../../bench/page/counting';
import { changes, counters } from '../../bench/page/leaks';
import { rooms } from '../../tools/rooms';
import { engineOn, openMuseum, ready } from './harness';

const names = (await rooms()).map(({ name }) => name);

test('20 changes of room', { timeout: 300_000 }, async () => {
  const { page } = await openMuseum({ init: counters, viewport: { width: 320, height: 180 } });
  await ready(page);
  await page.waitForFunction(() => 'museum' in window);
  await engineOn(page);
  const { before, after } = await changes(page, names, 20);
  expect(before.buffers).toBeGreaterThan(0);
  expect(before.textures).toBeGreaterThan(0);
  expect(before.tensors).toBeGreaterThan(0);
  expect(before.listeners).toBeGreaterThan(0);
  expect({ ...after, nodes: 0 }).toEqual({ ...before, nodes: 0 });
});

test('the count of listeners sees one that stays', async () => {
  const { page } = await openMuseum({ init: countListeners, query: 'twin' });
  await ready(page);
  const [before, after, end] = await page.evaluate(() => {
    const { openListeners } = window as unknown as { openListeners: () => number };
    const stay = () => undefined;
    const counts = [openListeners()];
    addEventListener('resize', stay);
    addEventListener('resize', stay);
    counts.push(openListeners());
    removeEventListener('resize', stay);
    counts.push(openListeners());
    return counts as [number, number, number];
  });
  expect(after - before).toBe(1);
  expect(end).toBe(before);
});
