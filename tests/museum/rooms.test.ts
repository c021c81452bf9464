// The suite of rooms, for every room there is.
import { expect, test } from 'vitest';
import { files } from '../sources';
import { roomSuite } from '../suites/room';

const rooms = files(['scenes'], ['/room.ts'])
  .map((path) => path.split('/')[1] ?? '')
  .filter((name) => /^\d/.test(name) || name === '_empty');

test('rooms are found', () => {
  expect(rooms).toContain('01-welcome');
  expect(rooms).toContain('02-noise');
});
rooms.forEach(roomSuite);
