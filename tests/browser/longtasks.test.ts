// A room that computes holds the page's main thread no longer than the same walk beside an idle engine. `npm run bench -- rooms` walks every stop.
import { expect, inject, test } from 'vitest';
import { fresh } from '../../bench/page/opening';
import { keepLongTasks } from '../../bench/page/counting';
import { walked } from '../../bench/rooms/working';
import { rooms } from '../../tools/rooms';

const all = await rooms();
const walk = { seconds: 2, settle: 2 } as const;

test.each([
  ['unet', ['misconceptions']],
  ['training', ['run']],
  ['sampling', ['race']],
])('in the room %s', { timeout: 240_000 }, async (name, stops) => {
  const room = all.find((one) => one.name === name)!;
  const address = inject('address');
  const idle = await walked(address, room, { ...walk, stops, isMuted: true });
  let least = Infinity;
  // What else the machine does can only add to them: the least of a few walks is the room's own.
  for (let tries = 0; tries < 3 && least > idle.longTasks; tries++) {
    const { longTasks, computing } = await walked(address, room, { ...walk, stops });
    expect(computing).toBeGreaterThan(0);
    least = Math.min(least, longTasks);
  }
  expect(least).toBeLessThanOrEqual(idle.longTasks);
});

test('a task of a tenth of a second is seen', async () => {
  const { browser, page } = await fresh({ init: [keepLongTasks] });
  await page.goto(inject('address'));
  const count = () => page.evaluate(() => (window as unknown as { longTasks: { milliseconds: number }[] }).longTasks.filter(({ milliseconds }) => milliseconds >= 100).length); // prettier-ignore
  const before = await count();
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        setTimeout(() => {
          for (const end = performance.now() + 120; performance.now() < end;);
          setTimeout(done, 200);
        });
      }),
  );
  expect(await count()).toBeGreaterThan(before);
  await browser.close();
});
