// Controls as data: what can be set, what cannot, and the way back.
import { describe, expect, test, vi } from 'vitest';
import { choice, controls, curve, drawing, press, readout, slider, toggle } from '../../src/controls';

const made = () =>
  controls('hall', {
    level: slider({ stop: 'door', start: 0.5, from: 0, to: 1, step: 0.05 }),
    steps: slider({ stop: 'door', start: 20, from: 1, to: 50, step: 1 }),
    schedule: choice({ stop: 'door', options: ['linear', 'cosine'], start: 'linear' }),
    expect: choice({ stop: 'door', options: ['yes', 'no'], start: '' }),
    open: toggle({ stop: 'door', start: false }),
    go: press({ stop: 'door' }),
    pad: drawing({ stop: 'door', size: 4 }),
    says: readout({ stop: 'door' }),
    curve: curve({ stop: 'door', start: [1, 0] }),
  });

describe('sliders', () => {
  test.each([
    [0.37, 0.35],
    [0.38, 0.4],
    [-3, 0],
    [7, 1],
    [1e300, 1],
  ])('%d becomes %d', (asked, held) => {
    const hall = made();
    hall.set('level', asked);
    expect(hall.useValues.getState().level).toBe(held);
  });
  test.each([NaN, Infinity, '1', null, undefined])('%s is ignored', (asked) => {
    const hall = made();
    hall.set('steps', asked as number);
    expect(hall.useValues.getState().steps).toBe(20);
  });
});

test('a sentence said again is no news, another number is', () => {
  const hall = made();
  const heard = vi.fn();
  hall.useValues.subscribe(heard);
  hall.set('says', { key: 'left', with: { epochs: 3 } });
  hall.set('says', { key: 'left', with: { epochs: 3 } });
  expect(heard).toHaveBeenCalledTimes(1);
  hall.set('says', { key: 'left', with: { epochs: 4 } });
  hall.set('says', { key: 'left' });
  hall.set('says', null);
  hall.set('says', null);
  expect(heard).toHaveBeenCalledTimes(4);
  expect(hall.useValues.getState().says).toBeNull();
});

test('a choice takes its options alone', () => {
  const hall = made();
  hall.set('schedule', 'cosine');
  hall.set('schedule', 'cubic');
  expect(hall.useValues.getState().schedule).toBe('cosine');
});

test('a name that is not there changes nothing', () => {
  const hall = made();
  const before = { ...hall.useValues.getState() };
  hall.set('__proto__' as 'level', 1);
  hall.set('nothing' as 'level', 1);
  expect({ ...hall.useValues.getState() }).toEqual(before);
});

test('a press counts, and listeners hear it once', () => {
  const hall = made();
  const heard = vi.fn();
  hall.useValues.subscribe(heard);
  hall.press('go');
  hall.press('go');
  expect(hall.useValues.getState().go).toBe(2);
  expect(heard).toHaveBeenCalledTimes(2);
});

test('a reset brings back the first state, whatever was set', () => {
  const hall = made();
  const first = { ...hall.useValues.getState() };
  hall.set('level', 1);
  hall.set('expect', 'no');
  hall.set('open', true);
  hall.press('go');
  hall.set('pad', new Float32Array(16).fill(1) as never);
  hall.set('curve', [0.5, 0.1] as never);
  expect(hall.useValues.getState()).not.toEqual(first);
  hall.reset();
  expect(hall.useValues.getState()).toEqual(first);
});
