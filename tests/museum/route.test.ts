// The route: what fits into the time, what is next, and that it can be walked; and the way back to the first state of everything.
import { beforeEach, describe, expect, test } from 'vitest';
import { freshFor } from '../../src/kit/fresh';
import { lineThrough, stationAt } from '../../src/museum/plan';
import { nameOf, nextOf, routeFor } from '../../src/museum/route';
import { rooms } from '../../src/museum/rooms';
import { choose, firstVisit, goTo, reach, roomsAgain, startAgain, useVisit } from '../../src/visit';

beforeEach(() => useVisit.setState(firstVisit(), true));

describe('the route', () => {
  test('grows with the time, and is none without', () => {
    const [none, ...routes] = [0, 5, 20, 60].map((minutes) => routeFor(minutes, rooms).map(nameOf));
    expect(none).toEqual([]);
    // Five minutes show one thing of every room, and two of the greatest.
    expect(routes[0]).toEqual(['welcome/dream', 'noise/lever', 'unet/blocks', 'unet/bridge', 'training/wall', 'sampling/race']);
    expect(routes[1]).toEqual(expect.arrayContaining(routes[0]!));
    expect(routes[1]!.length).toBeGreaterThan(routes[0]!.length);
    expect(routes[2]).toHaveLength(rooms.reduce((sum, { stops }) => sum + stops.length - 1, 0));
  });
  test('its line passes every stop in order', () => {
    const route = routeFor(60, rooms);
    const line = lineThrough(route);
    const at = route.map((station) => line.findIndex(([x, z]) => x === stationAt(station)[0] && z === stationAt(station)[1]));
    expect(at.every((index) => index >= 0)).toBe(true);
    expect(at).toEqual([...at].sort((a, b) => a - b));
  });
  test('the next stop follows the furthest one reached', () => {
    const route = routeFor(5, rooms);
    expect(nextOf(route, [])).toBe(route[0]);
    goTo('noise', 'lever');
    reach('noise/lever');
    expect(useVisit.getState().reached).toEqual(['noise/lever']);
    expect(nextOf(route, useVisit.getState().reached)).toBe(route[2]);
    reach('sampling/race');
    expect(nextOf(route, useVisit.getState().reached)).toBeUndefined();
  });
});

describe.each([
  ['the rooms again', roomsAgain],
  ['the whole visit again', startAgain],
])('%s', (_, again) => {
  test('leaves no notice, and every control of every room as at first', () => {
    choose({ lost: true, broken: 'noise', reached: ['noise/lever'] });
    for (const { controls } of rooms)
      for (const [name, control] of Object.entries(controls.list)) {
        if (control.kind === 'slider') controls.set(name, control.to);
        if (control.kind === 'choice') controls.set(name, control.options.at(-1)!);
        if (control.kind === 'press') controls.press(name);
        if (control.kind === 'readout') controls.set(name, { key: 'x' });
      }
    again();
    const { visit, lost, broken, reached } = useVisit.getState();
    expect({ lost, broken, reached }).toEqual({ lost: false, broken: '', reached: [] });
    for (const { controls } of rooms) {
      // As each room's story does when it opens.
      freshFor(controls, visit + (again === startAgain ? 100 : 0));
      for (const [name, control] of Object.entries(controls.list)) expect(controls.useValues.getState()[name]).toBe(control.start);
    }
  });
});

test('a jump or a walk takes the word about a broken room away', () => {
  choose({ broken: 'noise' });
  goTo('welcome');
  expect(useVisit.getState().broken).toBe('');
});
