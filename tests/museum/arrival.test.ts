// Where a click on the floor leads: before an exhibit to where it is seen whole, elsewhere to the spot itself.
import { expect, test } from 'vitest';
import { toRoom, toWorld } from '../../src/museum/ring';
import { arrival, placeOf } from '../../src/museum/visitor';
import { rooms } from '../../src/museum/rooms';

const noise = placeOf('noise')!;
const lever = rooms.find(({ name }) => name === 'noise')!.stops.find(({ name }) => name === 'lever')!;
const from = toWorld(noise, [0, -2]);

test('a click at the foot of the lever ends at its stop, with the wall in view', () => {
  const { at, view } = arrival(from, toWorld(noise, [0.3, lever.at[1] - 0.9]));
  expect(toRoom(noise, at)[0]).toBeCloseTo(lever.at[0], 6);
  expect(toRoom(noise, at)[1]).toBeCloseTo(lever.at[1], 6);
  const [lookX, lookZ] = toWorld(noise, [lever.look[0], lever.look[2]]);
  expect(Math.sin(view.yaw - Math.atan2(at[0] - lookX, at[1] - lookZ))).toBeCloseTo(0, 6);
  expect(view.pitch).toBeGreaterThan(0);
});

test('a click further off ends there, and one looks the way one went', () => {
  const spot = toWorld(noise, [0, -3.2]);
  const { at, view } = arrival(from, spot);
  expect(at).toEqual(spot);
  expect(view).toEqual({ yaw: Math.atan2(from[0] - spot[0], from[1] - spot[1]), pitch: 0 });
});

test('in the atrium, too', () => {
  expect(arrival([4, 0], [6, 1]).at).toEqual([6, 1]);
});
