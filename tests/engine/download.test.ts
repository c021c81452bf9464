// A download of weights: one that stalls is given up, one that is slow is waited for.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { fetchBelow } from '../../src/engine/library';

describe('a download', () => {
  const answering = (body: ReadableStream<Uint8Array>) =>
    vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) => {
      // As a browser does: the body breaks off with the request.
      const cut = new ReadableStream<Uint8Array>({
        async start(to) {
          signal?.addEventListener('abort', () => to.error(signal.reason));
          for await (const part of body) to.enqueue(part);
          to.close();
        },
      });
      return Promise.resolve(new Response(cut));
    });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test('that stalls is given up, and says so', async () => {
    vi.useFakeTimers();
    answering(new ReadableStream({ start: (to) => to.enqueue(Uint8Array.of(1, 2)) }));
    const coming = fetchBelow('http://museum/')('digits/weights.safetensors');
    const refused = expect(coming).rejects.toThrow(/weights-missing: digits\/weights\.safetensors: nothing came for 30 s/);
    await vi.advanceTimersByTimeAsync(31_000);
    await refused;
  });
  test('that is slow, but comes, is waited for', async () => {
    vi.useFakeTimers();
    let left = 4;
    answering(
      new ReadableStream({
        pull: async (to) => {
          await new Promise((next) => setTimeout(next, 20_000));
          if (left-- > 0) to.enqueue(Uint8Array.of(left));
          else to.close();
        },
      }),
    );
    const coming = fetchBelow('http://museum/')('digits/weights.safetensors');
    await vi.advanceTimersByTimeAsync(120_000);
    expect([...new Uint8Array(await coming)]).toEqual([3, 2, 1, 0]);
  });
});
