// When the server is away: words that do not come, a page that is loaded again only once it can be, and what the operator's panel says.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { speak, useLoaded } from '../../src/text';
import { firstVisit, useVisit } from '../../src/visit';
import { askHealth } from '../../src/ui/operator/health';

const network = vi.hoisted(() => ({ isAway: false }));
vi.mock('../../src/text/de.json', async (original) => {
  if (network.isAway) throw new Error('away');
  return original();
});

beforeEach(() => {
  network.isAway = false;
  useVisit.setState(firstVisit(), true);
  useLoaded.setState({ language: undefined, trees: {}, missed: undefined });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  vi.resetModules();
});

describe('words that do not come', () => {
  const pick = (language: 'en' | 'de') => {
    useVisit.setState({ language });
    return speak(language);
  };
  test('at the start are told, so that they can be asked for again', async () => {
    network.isAway = true;
    await expect(pick('de')).rejects.toThrow();
    expect(useLoaded.getState().language).toBeUndefined();
  });
  test('of another language leave the one that is shown, say so, and are asked for when chosen again', async () => {
    await pick('en');
    network.isAway = true;
    await pick('de');
    expect(useLoaded.getState()).toMatchObject({ language: 'en', missed: 'de' });
    expect(useVisit.getState().language).toBe('en');
    // The page speaks the language that it fell back to; the message stays.
    await speak('en');
    expect(useLoaded.getState().missed).toBe('de');
    network.isAway = false;
    await pick('de');
    expect(useLoaded.getState()).toMatchObject({ language: 'de', missed: undefined });
  });
});

describe('loading again', () => {
  test('asks the server first, without the cache, until it answers, and reloads once', async () => {
    vi.useFakeTimers();
    const reload = vi.fn();
    vi.stubGlobal('location', { href: 'http://museum/#/noise', reload });
    const fetched = vi.fn().mockRejectedValueOnce(new TypeError()).mockResolvedValueOnce({ ok: false }).mockResolvedValue({ ok: true });
    vi.stubGlobal('fetch', fetched);
    const { loadAgain } = await import('../../src/ui/again');
    const away = vi.fn();
    const loading = loadAgain(away);
    void loadAgain(away);
    await vi.advanceTimersByTimeAsync(1000);
    expect([fetched.mock.calls.length, away.mock.calls.length, reload.mock.calls.length]).toEqual([1, 1, 0]);
    await vi.advanceTimersByTimeAsync(6000);
    await loading;
    expect([fetched.mock.calls.length, away.mock.calls.length, reload.mock.calls.length]).toEqual([3, 2, 1]);
    expect(fetched.mock.calls[0]?.[1]).toMatchObject({ cache: 'no-store' });
  });
});

describe("the operator's panel", () => {
  const asking = { state: 'asking' } as const;
  const answer = (text: string) => vi.stubGlobal('fetch', () => Promise.resolve(new Response(text)));
  test('hears what the server says of itself', async () => {
    const told = { ok: true, built: null, since: '2026-01-01T00:00:00Z', requests: 1, errors: 0 };
    answer(JSON.stringify(told));
    expect(await askHealth(asking)).toEqual({ state: 'answers', told });
  });
  test('knows a server without such an address, and one that is away, and since when', async () => {
    answer('<!doctype html>');
    expect(await askHealth(asking)).toEqual({ state: 'silent' });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError()));
    const away = await askHealth(asking);
    expect(away).toMatchObject({ state: 'away' });
    expect(await askHealth(away)).toBe(away);
  });
});
