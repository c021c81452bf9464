// Sound without a loudspeaker: captions, and that what is heard has the true signal-to-noise ratio.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { caption, useCaptions } from '../../src/audio/captions';
import { heights } from '../../src/audio/loudness';

describe('tone and hiss', () => {
  test.each([0.999, 0.5, 0.079, 4.04e-5])('at abar %d their powers are in the ratio of signal to noise', (abar) => {
    const { tone, hiss } = heights(abar);
    const power = { tone: tone ** 2 / 2, hiss: hiss ** 2 / 3 };
    expect(power.tone / power.hiss / (abar / (1 - abar))).toBeCloseTo(1, 6);
  });
  test('neither is ever louder than half', () => {
    for (let abar = 0; abar <= 1; abar += 0.05) {
      const { tone, hiss } = heights(abar);
      expect(Math.max(tone, hiss)).toBeLessThanOrEqual(0.5);
    }
    expect(heights(1).hiss).toBe(0);
    expect(heights(0).tone).toBe(0);
  });
});

describe('captions', () => {
  afterEach(() => vi.useRealTimers());
  const keys = () => useCaptions.getState().lines.map(({ key }) => key);
  test('stay until they are closed', () => {
    const close = caption({ place: 'noise', key: 'said.roomTone' });
    expect(keys()).toEqual(['said.roomTone']);
    close();
    expect(keys()).toEqual([]);
  });
  test('go by themselves after their time', () => {
    vi.useFakeTimers();
    caption({ place: 'noise', key: 'said.roomTone' }, 2);
    vi.advanceTimersByTime(1900);
    expect(keys()).toHaveLength(1);
    vi.advanceTimersByTime(200);
    expect(keys()).toEqual([]);
  });
  test('the same words twice are one line, with the newest filling', () => {
    const first = caption({ place: 'noise', key: 'said.heardCaption', with: { signal: 1 } });
    const second = caption({ place: 'noise', key: 'said.heardCaption', with: { signal: 2 } });
    expect(useCaptions.getState().lines.map((line) => line.with?.['signal'])).toEqual([2]);
    first();
    expect(keys()).toHaveLength(1);
    second();
    expect(keys()).toEqual([]);
  });
});
