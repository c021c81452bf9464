// What the start-up measurement of kernels leaves behind: the next start uses it, if browser and card are the same and it is whole.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { tuneKernels, type Graphics } from '../../src/engine/device';
import { plain, setVariants, variants, type Variants } from '../../src/engine/kernels/webgpu/variants';

const fastest: Variants = { convolveFew: 'split', convolveMany: 'tiled', normalise: 64, parts: 'many' };
let measurements = 0;
vi.mock('../../src/engine/kernels/webgpu/measure', () => ({
  chooseVariants: () => {
    measurements++;
    setVariants(fastest);
    return Promise.resolve(fastest);
  },
}));

/** The one table of the browser's database. */
let table: Map<string, unknown>;

/** A request that succeeds in a later task. */
function request<T>(result: () => T) {
  const made = { result: undefined as T | undefined, onsuccess: () => undefined, onupgradeneeded: () => undefined };
  setTimeout(() => {
    made.result = result();
    made.onupgradeneeded();
    made.onsuccess();
  });
  return made;
}

const objectStore = () => ({
  get: (name: string) => request(() => structuredClone(table.get(name))),
  put: (value: unknown, name: string) => request(() => void table.set(name, structuredClone(value))),
  clear: () => request(() => table.clear()),
});
const database = { createObjectStore: () => undefined, close: () => undefined, transaction: () => ({ objectStore }) };

const browse = (userAgent: string) => vi.stubGlobal('navigator', { userAgent });
beforeEach(() => {
  table = new Map();
  measurements = 0;
  setVariants(plain);
  browse('Chrome/140');
  vi.stubGlobal('indexedDB', { open: () => request(() => database) });
});
afterEach(() => {
  setVariants(plain);
  vi.unstubAllGlobals();
});

const card = (description: string) => ({ info: { vendor: 'somebody', architecture: 'new', description } }) as Graphics;

/** A start of the engine: what it reports, and what is in use then. */
async function start(description = 'first'): Promise<unknown> {
  setVariants(plain);
  const reported = await tuneKernels(card(description));
  expect(variants(), 'what is in use').toEqual(fastest);
  return reported;
}

const measured = { ...fastest, measured: true };
const known = { ...fastest, measured: false };

it('what was measured is used by the next start without measuring', async () => {
  expect(await start()).toEqual(measured);
  expect(await start()).toEqual(known);
  expect(measurements).toBe(1);
});

it('another card is measured anew, and so is another browser', async () => {
  await start();
  expect(await start('second'), 'another card').toEqual(measured);
  expect(await start('second'), 'the same card').toEqual(known);
  browse('Chrome/141');
  expect(await start('second'), 'another browser').toEqual(measured);
  expect(await start('second'), 'the same browser').toEqual(known);
});

it('the store does not grow', async () => {
  for (const description of ['first', 'second', 'third']) await start(description);
  expect([...table]).toHaveLength(1);
});

it('rubbish in the store is measured over', async () => {
  await start();
  const [name] = table.keys();
  for (const rubbish of [null, 'split', {}, { ...fastest, normalise: 2 }, { ...plain, convolveMany: 'fast' }, { parts: 'many' }]) {
    table.set(name!, rubbish);
    expect(await start(), JSON.stringify(rubbish)).toEqual(measured);
    expect(await start(), `after ${JSON.stringify(rubbish)}`).toEqual(known);
  }
});

it('a browser that has no database, or forbids it, measures at every start', async () => {
  vi.stubGlobal('indexedDB', undefined);
  expect([await start(), await start()]).toEqual([measured, measured]);
  vi.stubGlobal('indexedDB', {
    open: () => {
      throw new Error('forbidden');
    },
  });
  expect([await start(), await start()]).toEqual([measured, measured]);
});
