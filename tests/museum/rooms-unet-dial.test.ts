// The time dial of the U-Net's hall with the real engine: what it shows and says, and when the hall is its own.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unet } from '../../scenes/03-unet/controls';
import { live } from '../../scenes/03-unet/live';
import { begin, end, isDone, open, set, story, until, values } from './unetStory';

beforeEach(begin);
afterEach(end);

test('the dial: little noise is polished, much is guessed at, and the hall shows it', async () => {
  open();
  set('clock', 0.3);
  expect(values().dialSays).toEqual({ key: 'dialWait' });
  await until(isDone);
  // Who turned it before there was a digit sees it as soon as there is one.
  await until(() => values().dialGuess !== null);
  const digit = values().guess!.values;
  const off = (image: Float32Array) => image.reduce((sum, value, i) => sum + Math.abs(value - digit[i]!), 0) / image.length;
  const early = values().dialGuess;
  set('clock', 0.1);
  await until(() => values().dialGuess !== early);
  const near = off(values().dialGuess!.values);
  expect(near).toBeLessThan(off(values().dialNoisy!.values));
  expect(live.frame).toMatchObject({ steps: 1 });
  set('clock', 1);
  await until(() => values().dialSays?.key === 'dialNoise');
  expect(off(values().dialGuess!.values)).toBeGreaterThan(2 * near);
});

test(
  'until it is turned the dial shows the finished digit on its own board, and leaves the hall to the run',
  { timeout: 60_000 },
  async () => {
    open();
    await until(isDone);
    await until(() => values().dialSays?.key === 'dialHalf');
    expect(values().dialNoisy!.said).toMatchObject({ key: 'dialPicture', with: { percent: 50 } });
    expect(live.frame!.steps).toBeGreaterThan(1);
    unet.press('another');
    expect(values().dialGuess).toBeNull();
    await until(() => values().dialGuess !== null);
    expect(live.frame!.steps).toBeGreaterThan(1);
    set('clock', 0.52);
    await until(() => live.frame!.steps === 1);
  },
);

test(
  'the dial in much noise: the network, which isn’t told the digit, sees another one, and that is said; a grey blur is called that',
  { timeout: 60_000 },
  async () => {
    open();
    await until(isDone);
    set('clock', 0.94);
    await until(() => values().dialSays?.with?.percent === 94);
    // Faint, but plainly one digit: the judge reads it, and no longer the 3.
    expect(Math.max(...values().dialGuess!.values)).toBeGreaterThan(0.25);
    expect(values().dialSays).toMatchObject({ key: 'dialOther', with: { first: '3' } });
    expect(values().dialSays!.with!.label).not.toBe('3');
    set('clock', 1);
    await until(() => values().dialSays?.with?.percent === 100);
    expect(Math.max(...values().dialGuess!.values)).toBeLessThan(0.25);
    expect(values().dialSays?.key).toBe('dialNoise');
  },
);

test('the dial shows the network as its levers stand, and says so where it cannot', { timeout: 60_000 }, async () => {
  open();
  await until(isDone);
  const guessed = async (t: number) => {
    const shown = values().dialGuess;
    set('clock', t);
    await until(() => values().dialGuess !== shown && values().dialGuess !== null);
    return values().dialGuess!.values.slice();
  };
  const whole = await guessed(0.7);
  set('bridge1', true);
  expect(values().dialGuess).toBeNull();
  set('clock', 0.6);
  const cut = await guessed(0.7);
  expect(cut).not.toEqual(whole);
  expect(values().dialSays?.key).toBe('dialCut');
  expect([...live.cut]).toEqual(['skip1']);
  // Its one step is the first, of which freezing keeps the outputs.
  set('how', 'freeze');
  set('clock', 0.6);
  expect(await guessed(0.7)).toEqual(whole);
  expect(values().dialSays?.key).toBe('dialFrozen');
  expect(live.cut.size).toBe(0);
});

test('a lever pulled behind the dial has its pair to itself', { timeout: 60_000 }, async () => {
  open(undefined, 400);
  await until(isDone);
  set('going', true);
  set('clock', 0.4);
  await until(() => values().dialGuess !== null);
  set('middle', true);
  story.made = [];
  await new Promise((next) => setTimeout(next, 800));
  // No run began; the dial shows on its own board what the pair has finished.
  expect(story.made.filter(({ start }) => start === undefined)).toEqual([]);
});
