// The reader of MNIST: NumPy archives and IDX files, packed or not, of a tiny set made here.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mnist } from '../../bench/evaluate/mnist';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'mnist-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Two pictures: one dot at the top left, one at the bottom right. */
const pixels = Buffer.alloc(2 * 784);
pixels[0] = 255;
pixels[2 * 784 - 1] = 51;

const idx = (shape: number[], body: Buffer) => {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  shape.forEach((side, at) => header.writeUInt32BE(side, 4 + 4 * at));
  return Buffer.concat([header, body]);
};

const npy = (kind: string, body: Buffer) => {
  const text = `{'descr': '${kind}', 'fortran_order': False, 'shape': (2,), }\n`;
  const start = Buffer.from('\x93NUMPY\x01\x00..', 'latin1');
  start.writeUInt16LE(text.length, 8);
  return Buffer.concat([start, Buffer.from(text), body]);
};

function zip(members: Record<string, Buffer>, packed: boolean): Buffer {
  const [locals, entries]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const [name, body] of Object.entries(members)) {
    const data = packed ? deflateRawSync(body) : body;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(packed ? 8 : 0, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    locals.push(local, Buffer.from(name), data);
    entries.push(entry, Buffer.from(name));
    at += 30 + name.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length / 2, 10);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, ...entries, end]);
}

function expectBoth(): void {
  const found = mnist(folder, 'test')!;
  expect(found.labels).toEqual(['3', '9']);
  expect(found.images).toHaveLength(2 * 1024);
  expect(found.images[2 * 32 + 2]).toBe(1);
  expect(found.images[1024 + 29 * 32 + 29]).toBeCloseTo(51 / 127.5 - 1, 6);
  expect(found.images.filter((value) => value !== -1)).toHaveLength(2);
}

test.each([true, false])('IDX files, packed: %s', (packed) => {
  const put = (name: string, body: Buffer) => writeFileSync(join(folder, packed ? `${name}.gz` : name), packed ? gzipSync(body) : body);
  put('t10k-images-idx3-ubyte', idx([2, 28, 28], pixels));
  put('t10k-labels-idx1-ubyte', idx([2], Buffer.of(3, 9)));
  expectBoth();
});

test.each([true, false])('mnist.npz, packed: %s', (packed) => {
  const wide = Buffer.alloc(16);
  wide[0] = 3;
  wide[8] = 9;
  writeFileSync(join(folder, 'mnist.npz'), zip({ 'x_test.npy': npy('|u1', pixels), 'y_test.npy': npy('<i8', wide) }, packed));
  expectBoth();
});

test('nothing there is nothing, not a failure', () => expect(mnist(folder, 'train')).toBeUndefined());

test('files that are something else are refused', () => {
  writeFileSync(join(folder, 't10k-images-idx3-ubyte'), 'not a picture');
  expect(() => mnist(folder, 'test')).toThrow('not an IDX file');
  writeFileSync(join(folder, 'mnist.npz'), 'not an archive');
  expect(() => mnist(folder, 'test')).toThrow('not a zip archive');
});
