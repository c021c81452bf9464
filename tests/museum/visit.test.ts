// The visit: what the address may ask for, where it leads, and the way back to the first second.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Room } from '../../src/museum/contract';
import { addressOf, placeAt } from '../../src/ui/address';
import { withTap } from '../../src/ui/useGesture';
import { choose, directionOf, firstVisit, goTo, readAddress, startAgain, useVisit, walkedInto } from '../../src/visit';
import { choicesIn } from '../../src/visit/query';

const room = (name: string, ...stops: string[]) =>
  ({ name, stops: stops.map((stop) => ({ name: stop, at: [0, 0], look: [0, 0, 0] })) }) as unknown as Room;
const rooms = [room('welcome', 'door', 'dream'), room('noise', 'door', 'lever')];

beforeEach(() => useVisit.setState(firstVisit(), true));

describe('the address', () => {
  test('is read and written alike', () => {
    for (const [name, stop] of [
      ['noise', ''],
      ['noise', 'lever'],
    ] as const)
      expect(readAddress(addressOf(name, stop))).toEqual({ room: name, stop });
  });
  test('the bare address asks for nothing', () => {
    for (const hash of ['', '#', '#/']) expect(placeAt(hash, rooms)).toBeUndefined();
  });
  test('known places are found', () => {
    expect(placeAt('#/noise', rooms)).toEqual({ room: 'noise', stop: '' });
    expect(placeAt('#/noise/lever', rooms)).toEqual({ room: 'noise', stop: 'lever' });
    expect(placeAt('#noise/lever?x=1', rooms)).toEqual({ room: 'noise', stop: 'lever' });
  });
  test.each(['#/nowhere', '#/noise/nowhere', '#/__proto__', '#/constructor/name', '#/%F0%9F', '#/NOISE', '#/noise/<script>'])(
    '%s is unknown',
    (hash) => expect(placeAt(hash, rooms)).toBe('unknown'),
  );
});

describe('the query', () => {
  test('chooses from what is allowed', () => {
    expect(choicesIn('?lang=de&level=child&quality=low&motion=reduced&contrast=high')).toEqual({
      language: 'de', level: 'child', quality: 'low', motion: 'reduced', contrast: 'high',
    }); // prettier-ignore
    expect(choicesIn('?twin')).toEqual({ pictures: false, why: 'asked' });
    expect(choicesIn('?pseudo')).toEqual({ language: 'en-XA' });
  });
  test('ignores everything else', () => {
    expect(choicesIn('?lang=xx&level=&quality=ultra&motion=1&room=noise&volume=1&visit=9&__proto__=1')).toEqual({});
  });
});

describe('the store', () => {
  test('jumping twice to one place is two jumps; walking is none', () => {
    goTo('noise', 'lever');
    goTo('noise', 'lever');
    expect(useVisit.getState()).toMatchObject({ room: 'noise', stop: 'lever', jump: 2 });
    walkedInto('welcome');
    expect(useVisit.getState()).toMatchObject({ room: 'welcome', stop: '', jump: 2 });
  });
  test('a jump takes the word about a lost address away', () => {
    choose({ lost: true });
    goTo('noise');
    expect(useVisit.getState().lost).toBe(false);
  });
  test('starting again leaves nothing of the visitor, but what the device can do', () => {
    choose({ pictures: false, why: 'no-webgl', tier: 'low' });
    const { visit, jump } = useVisit.getState();
    choose({
      language: 'de',
      level: 'expert',
      volume: 0.4,
      contrast: 'high',
      room: 'noise',
      stop: 'lever',
      route: 20,
      twin: true,
      keys: false,
    });
    startAgain();
    expect(useVisit.getState()).toEqual({
      ...firstVisit(), pictures: false, why: 'no-webgl', tier: 'low', visit: visit + 1, jump: jump + 1,
    }); // prettier-ignore
  });
});

test('direction follows the script', () => {
  expect(['en', 'de', 'en-XA', 'ar', 'ar-EG', 'he'].map(directionOf)).toEqual(['ltr', 'ltr', 'ltr', 'rtl', 'rtl', 'rtl']);
});

test("the operator's gesture: five taps within three seconds, not slower", () => {
  const taps = (gap: number) => [0, 1, 2, 3, 4].reduce((times, i) => withTap(times, i * gap), [] as readonly number[]);
  expect(taps(500)).toHaveLength(5);
  expect(taps(900).length).toBeLessThan(5);
});
