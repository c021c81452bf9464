// What every noise schedule must keep: it grows from almost clean to almost noise, and its levels can be sampled on.
import { expect, test } from 'vitest';
import { abarOf, levelOf, type Schedule } from '../../src/engine/schedules';

export function scheduleSuite(schedule: Schedule): void {
  const times = Array.from({ length: 1001 }, (_, at) => at / 1000);

  test('the level never falls and is finite', () => {
    const levels = times.map(schedule);
    expect(levels.every((level, at) => Number.isFinite(level) && level >= (levels[at - 1] ?? 0))).toBe(true);
  });

  test('begins almost clean and ends almost as noise', () => {
    expect(abarOf(schedule(0))).toBeGreaterThan(0.99);
    expect(abarOf(schedule(1))).toBeLessThan(1e-3);
  });

  test('has no jump: a thousandth of the time never changes the share of signal by a hundredth', () => {
    const shares = times.map((t) => abarOf(schedule(t)));
    expect(Math.max(...shares.slice(1).map((share, at) => shares[at]! - share))).toBeLessThan(0.01);
  });

  test('times outside 0 to 1 count as the nearest inside', () => {
    expect([schedule(-1), schedule(2)]).toEqual([schedule(0), schedule(1)]);
  });

  test('level and share of signal are two names of one thing', () => {
    for (const t of times.slice(1)) expect(levelOf(abarOf(schedule(t))) / schedule(t)).toBeCloseTo(1, 6);
  });
}
