// What stands between two tests that play devices or workers: nothing of the one is left for the next.
import { afterEach, beforeEach, vi } from 'vitest';

/** Warnings are expected and not shown; after each test `close` ends what it opened, and all that was played is undone. */
export function betweenTests(close: () => void, { fakeTime = false } = {}): void {
  beforeEach(() => {
    if (fakeTime) vi.useFakeTimers();
    vi.spyOn(console, 'warn').mockReturnValue();
  });
  afterEach(() => {
    close();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    if (fakeTime) vi.useRealTimers();
  });
}
