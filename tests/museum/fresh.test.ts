// A new start empties a room; walking out and in again does not.
import { expect, test, vi } from 'vitest';
import { freshFor } from '../../src/kit/fresh';

test('controls are reset once for each new start, and for nothing else', () => {
  const reset = vi.fn();
  const room = { room: 'test', reset };
  freshFor(room, 0);
  freshFor(room, 0);
  expect(reset).not.toHaveBeenCalled();
  freshFor(room, 1);
  expect(reset).toHaveBeenCalledTimes(1);
  freshFor(room, 1);
  expect(reset).toHaveBeenCalledTimes(1);
});
