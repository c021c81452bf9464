// Weights and manifests that are broken, in every way we could think of: refused with the right word, never used.
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { EngineError } from '../../src/engine/errors';
import { Library } from '../../src/engine/library';
import { createModel } from '../../src/engine/model';
import { ownSha256, sha256 } from '../../src/engine/sha256';
import { checkManifest, checkWeights, readSafetensors, type Manifest } from '../../src/engine/weights';
import { bytesOf, manifestOf, shipped, use } from './models';

type Entry = { dtype: string; shape: unknown; data_offsets: unknown };

/** A safetensors file of this header (a table, or text as it stands) and body. */
function file(header: Record<string, Entry> | string, body: Uint8Array = new Uint8Array(), claimed?: bigint): ArrayBuffer {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const whole = new Uint8Array(8 + text.length + body.length);
  new DataView(whole.buffer).setBigUint64(0, claimed ?? BigInt(text.length), true);
  whole.set(text, 8);
  whole.set(body, 8 + text.length);
  return whole.buffer;
}

const body = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
const sound = { 'a.weight': { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] } };

function manifest(bytes: ArrayBuffer, changes: Partial<Manifest> = {}): Manifest {
  const hash = createHash('sha256').update(new Uint8Array(bytes)).digest('hex');
  return checkManifest({
    model: 'small',
    network: 'unet',
    config: {},
    prediction: 'v',
    sigmaMin: 0.01,
    sigmaMax: 100,
    classes: ['0'],
    weights: { file: 'weights.safetensors', bytes: bytes.byteLength, sha256: hash },
    selftest: { file: 'selftest.safetensors', bytes: bytes.byteLength, sha256: hash },
    tensors: { 'a.weight': { shape: [2, 2], dtype: 'F32' } },
    limit: 10,
    figures: {},
    ...changes,
  });
}

const good = file(sound, body(1, 2, 3, 4));

test('sound weights are read as they are', async () => {
  const found = await checkWeights(good, manifest(good));
  expect(Object.keys(found)).toEqual(['a.weight']);
  expect(found['a.weight']).toEqual({ dtype: 'F32', shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) });
});

test('half-precision numbers: normal, subnormal, signed zero, infinity, none', () => {
  const halves = Uint16Array.of(0x3c00, 0xc000, 0x3555, 0x0001, 0x03ff, 0x7bff, 0x8000, 0xfc00, 0x7e00);
  const bytes = file({ a: { dtype: 'F16', shape: [9], data_offsets: [0, 18] } }, new Uint8Array(halves.buffer));
  const { values } = readSafetensors(bytes).a!;
  expect([...values]).toEqual([1, -2, 0.333251953125, 2 ** -24, 1023 * 2 ** -24, 65504, -0, -Infinity, NaN]);
});

describe.each(['digits', 'judge', 'cloud'])('the shipped %s', (name) => {
  const shippedManifest = manifestOf(name);
  const bytes = () => bytesOf(`assets/weights/${name}/${shippedManifest.weights.file}`);
  const code = (changed: ArrayBuffer) =>
    checkWeights(changed, shippedManifest).then(
      () => 'used',
      (error: EngineError) => error.code,
    );

  test('is accepted', async () => expect(await code(bytes())).toBe('used'));
  test.each([0, 7, 8, 100, 0.5, 0.999])('is refused when cut at %s', async (at) => {
    const whole = bytes();
    expect(await code(whole.slice(0, at < 1 ? Math.floor(whole.byteLength * at) : at))).toBe('weights-truncated');
  });
  test('is refused with any one bit turned in its numbers', async () => {
    for (const share of [0.3, 0.6, 0.999]) {
      const turned = bytes();
      new Uint8Array(turned)[Math.floor(turned.byteLength * share)]! ^= 1;
      expect(await code(turned)).toBe('weights-hash');
    }
  });
  test('is refused with a byte too many', async () => {
    const longer = new Uint8Array(bytes().byteLength + 1);
    longer.set(new Uint8Array(bytes()));
    expect(await code(longer.buffer)).toBe('weights-hash');
  });
});

describe('broken weights', () => {
  /** The numbers from one place to another. */
  const at = (from: number, to: number): Entry => ({ dtype: 'F32', shape: [to - from], data_offsets: [4 * from, 4 * to] });
  const numbers = (...values: number[]) => file(sound, body(...values));
  test.each<[string, string, ArrayBuffer]>([
    ['nothing at all', 'weights-truncated', new ArrayBuffer(0)],
    ['a page instead of weights', 'weights-header', new TextEncoder().encode('<!doctype html><title>Not found</title>').buffer],
    ['an absurd length of the header', 'weights-header', file(sound, body(1, 2, 3, 4), 0xffffffffffffffffn)],
    ['a header of no length', 'weights-header', file(sound, body(1, 2, 3, 4), 0n)],
    ['a header longer than the file', 'weights-truncated', file(sound, body(1, 2, 3, 4), 9999n)],
    ['a header that is no JSON', 'weights-header', file('{"a.weight": ', body(1))],
    ['a header that is no text', 'weights-header', file('"\ud800"'.replace('\ud800', '\u0000'), body(1))],
    ['a header that is a list', 'weights-header', file('[1, 2]', body(1))],
    ['a header that is null', 'weights-header', file('null', body(1))],
    ['no tensors', 'weights-header', file('{}', body(1))],
    ['a tensor that is a number', 'weights-dtype', file('{"a.weight": 3}', body(1))],
    ['a type of numbers we do not read', 'weights-dtype', file({ 'a.weight': { ...sound['a.weight'], dtype: 'I64' } }, body(1, 2, 3, 4))],
    [
      'another type than promised',
      'weights-dtype',
      file({ 'a.weight': { dtype: 'F16', shape: [2, 2], data_offsets: [0, 8] } }, body(1, 2)),
    ],
    [
      'another shape than promised',
      'weights-shape',
      file({ 'a.weight': { dtype: 'F32', shape: [4], data_offsets: [0, 16] } }, body(1, 2, 3, 4)),
    ],
    [
      'a shape that does not fit its bytes',
      'weights-shape',
      file({ 'a.weight': { dtype: 'F32', shape: [2, 3], data_offsets: [0, 16] } }, body(1, 2, 3, 4)),
    ],
    [
      'an immense shape',
      'weights-shape',
      file({ 'a.weight': { dtype: 'F32', shape: [1e15, 1e15], data_offsets: [0, 16] } }, body(1, 2, 3, 4)),
    ],
    ['a negative side', 'weights-header', file({ 'a.weight': { dtype: 'F32', shape: [-2, -2], data_offsets: [0, 16] } }, body(1, 2, 3, 4))],
    ['half a side', 'weights-header', file({ 'a.weight': { dtype: 'F32', shape: [2.5], data_offsets: [0, 10] } }, body(1, 2, 3, 4))],
    [
      'a place before the file',
      'weights-header',
      file({ 'a.weight': { dtype: 'F32', shape: [2, 2], data_offsets: [-16, 0] } }, body(1, 2, 3, 4)),
    ],
    [
      'a place that ends before it begins',
      'weights-shape',
      file({ 'a.weight': { dtype: 'F32', shape: [2, 2], data_offsets: [16, 0] } }, body(1, 2, 3, 4)),
    ],
    [
      'a place beyond the file',
      'weights-truncated',
      file({ 'a.weight': { dtype: 'F32', shape: [2, 2], data_offsets: [16, 32] } }, body(1, 2, 3, 4)),
    ],
    ['one place for two', 'weights-header', file({ ...sound, b: sound['a.weight'] }, body(1, 2, 3, 4))],
    [
      'a tensor too many',
      'weights-header',
      file({ ...sound, b: { dtype: 'F32', shape: [1], data_offsets: [16, 20] } }, body(1, 2, 3, 4, 5)),
    ],
    ['another name', 'weights-header', file({ 'b.weight': sound['a.weight'] }, body(1, 2, 3, 4))],
    ['the name __proto__', 'weights-header', file(`{"__proto__": ${JSON.stringify(sound['a.weight'])}}`, body(1, 2, 3, 4))],
    ['no number', 'weights-range', numbers(1, NaN, 3, 4)],
    ['infinity', 'weights-range', numbers(1, 2, -Infinity, 4)],
    ['a number beyond the limit', 'weights-range', numbers(1, 2, 3, 10.5)],
  ])('%s: %s', async (_what, code, bytes) => {
    await expect(checkWeights(bytes, manifest(bytes))).rejects.toMatchObject({ name: 'EngineError', code });
  });

  test('sound numbers that are not those of the manifest', async () => {
    const other = file(sound, body(1, 2, 3, 5));
    await expect(checkWeights(other, manifest(good))).rejects.toMatchObject({ code: 'weights-hash' });
  });

  test.each<[string, Record<string, Entry>]>([
    ['all of another', { a: at(0, 4), b: at(0, 4) }],
    ['the end of another', { a: at(0, 3), b: at(2, 4) }],
    ['the beginning of one that is named later, in a file with room for both', { a: at(1, 3), b: at(0, 2) }],
    ['the middle of another', { a: at(0, 4), b: at(1, 2) }],
  ])('a tensor that lies over %s', (_what, header) => {
    expect(() => readSafetensors(file(header, body(1, 2, 3, 4)))).toThrow('weights-header: tensors lie over one another');
  });
  test('tensors in any order, and such as are empty, are none that lie over others', () => {
    const found = readSafetensors(file({ a: at(2, 4), empty: at(2, 2), b: at(0, 2) }, body(1, 2, 3, 4)));
    expect(Object.values(found).map(({ values }) => [...values])).toEqual([[3, 4], [], [1, 2]]);
  });

  test('names of the language reach nothing', () => {
    const header = `{"__proto__": ${JSON.stringify(at(0, 1))}, "constructor": ${JSON.stringify(at(1, 2))}, "toString": ${JSON.stringify(at(2, 3))}}`;
    const found = readSafetensors(file(header, body(1, 2, 3)));
    expect(Object.keys(found)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(Object.getPrototypeOf(found)).toBeNull();
    expect(({} as Record<string, unknown>).values).toBeUndefined();
  });
});

describe('manifests', () => {
  const sample = manifest(good) as unknown as Record<string, unknown>;
  test.each(['digits', 'judge', 'cloud'])('that of %s is sound', (name) => expect(manifestOf(name).model).toBe(name));
  test.each(['model', 'network', 'config', 'prediction', 'classes', 'weights', 'tensors', 'limit', 'figures', 'sigmaMin', 'sigmaMax'])(
    '%s may not lack',
    (key) => {
      const { [key]: _, ...rest } = sample;
      expect(() => checkManifest(rest)).toThrow(/^weights-header: manifest\.json needs/);
      expect(() => checkManifest(rest)).toThrow(key);
    },
  );
  test.each<[string, Record<string, unknown>]>([
    ['a path instead of a file name', { weights: { file: '../../secret.safetensors', bytes: 1, sha256: 'a'.repeat(64) } }],
    ['an address instead of a file name', { weights: { file: '//elsewhere/w.safetensors', bytes: 1, sha256: 'a'.repeat(64) } }],
    ['a short hash', { weights: { file: 'w.safetensors', bytes: 1, sha256: 'abc' } }],
    ['levels the wrong way round', { sigmaMin: 2, sigmaMax: 1 }],
    ['a limit that is no number', { limit: NaN }],
    ['a prediction nobody knows', { prediction: 'x' }],
    ['classes that are numbers', { classes: [1, 2] }],
    ['a shape of words', { tensors: { a: { shape: ['2'], dtype: 'F32' } } }],
  ])('%s', (_what, changes) => expect(() => checkManifest({ ...sample, ...changes })).toThrow('weights-header'));
  test.each([null, undefined, 3, 'text', [], true])('%s is none', (json) => expect(() => checkManifest(json)).toThrow('is not a table'));
});

describe('the config of a network', () => {
  const tries: [string, string, Record<string, unknown>, string][] = [
    ['digits', 'groups that are words', { groups: 'eight' }, 'groups'],
    ['digits', 'no frequencies', { frequencies: 0 }, 'frequencies'],
    ['digits', 'one frequency, which has no place between first and last', { frequencies: 1 }, 'frequencies'],
    ['cloud', 'one frequency', { frequencies: 1 }, 'frequencies'],
    ['digits', 'groups that do not divide the widths', { groups: 7 }, 'widths'],
    ['digits', 'a size that cannot be halved twice', { size: 36 }, 'size'],
    ['judge', 'a width for no convolution', { widths: [24, 48, 96] }, 'widths'],
    ['judge', 'pools that leave nothing', { pools: [1, 1, 1, 1, 1, 1], widths: [1, 1, 1, 1, 1, 1] }, 'pools'],
    ['digits', 'two widths', { widths: [32, 64] }, 'widths'],
    ['digits', 'an immense depth', { depths: [1, 1, 1e9] }, 'depths'],
    ['digits', 'another number of classes than words for them', { classes: 11 }, 'classes'],
    ['cloud', 'half a layer', { layers: 0.5 }, 'layers'],
    ['judge', 'pools that are no list', { pools: 1 }, 'pools'],
    ['judge', 'no size', { size: undefined }, 'size'],
  ];
  beforeAll(() => use('cpu'));
  test.each(tries)('%s with %s is refused by name', async (name, _what, changes, key) => {
    const { manifest: its, values } = await shipped(name);
    const make = () => createModel({ ...its, config: { ...its.config, ...changes } }, values);
    expect(make).toThrow(/^weights-header/);
    expect(make).toThrow(`\`${key}\``);
  });
});

test('those who hear how much of a model has come are forgotten when all of it has', async () => {
  const library = new Library((path, tell) => {
    tell?.(0.5);
    return Promise.resolve(bytesOf(`assets/weights/${path}`));
  });
  const heard: number[] = [];
  await Promise.all([0, 1].map(() => library.load('cloud', ({ loaded }) => heard.push(loaded))));
  expect(heard).toContain(0.5);
  await library.load('cloud', () => expect.unreachable());
  expect(library).toHaveProperty('hearers.size', 0);
});

describe('SHA-256', () => {
  test.each([0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 1000, 100_003])('our own is right for %i bytes', (length) => {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 31 + 7) % 256);
    expect(ownSha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
  });
  test('pages without crypto.subtle use our own', async () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const there = await sha256(bytes);
    vi.stubGlobal('crypto', {});
    expect(await sha256(bytes)).toBe(there);
    vi.unstubAllGlobals();
  });
});
