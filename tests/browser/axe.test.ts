// Barriers that axe-core can find: none, in any room, language and way of showing.
import { expect, test } from 'vitest';
import { rooms } from '../../tools/rooms';
import { barriers } from './barriers';
import { inRoom, openMuseum, ready } from './harness';

const places = (await rooms()).flatMap((room) => ['en', 'de'].map((language) => ({ room: room.name, language })));

test('axe finds a barrier where there is one', async () => {
  const { page } = await openMuseum({ query: 'twin' });
  await ready(page);
  await page.evaluate(() => {
    const button = document.createElement('button');
    document.querySelector('main')?.append(button);
  });
  expect((await barriers(page)).map(({ id }) => id)).toContain('button-name');
});

test.each(places)('room $room in $language: the words and controls alone', async ({ room, language }) => {
  const { page } = await openMuseum({ hash: `#/${room}`, query: `twin&lang=${language}` });
  await ready(page);
  await inRoom(page, room);
  await page.waitForSelector('main section');
  expect(await barriers(page)).toEqual([]);
});

test.each(places)('room $room in $language: in 3-D, with the words beside it, and with the settings open', async ({ room, language }) => {
  const { page } = await openMuseum({ hash: `#/${room}`, query: `lang=${language}`, viewport: { width: 960, height: 540 } });
  await ready(page);
  await inRoom(page, room);
  await page.waitForSelector('canvas');
  await page.waitForSelector('main section', { state: 'attached' });
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('t');
  await page.waitForSelector('main section');
  expect(await barriers(page)).toEqual([]);
  await page.locator('.bar button').last().click();
  await page.waitForSelector('dialog');
  expect(await barriers(page)).toEqual([]);
});

test.each(['en', 'de'])('high contrast on a phone in %s', async (language) => {
  const { page } = await openMuseum({ query: `twin&contrast=high&lang=${language}`, viewport: { width: 390, height: 844 }, touch: true });
  await ready(page);
  await page.waitForSelector('main section');
  expect(await barriers(page)).toEqual([]);
});
