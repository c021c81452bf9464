// Reads MNIST from mnist.npz or its four IDX files (plain or .gz), padded to 32x32 and scaled to -1 to 1.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, inflateRawSync } from 'node:zlib';

export interface Pictures {
  readonly images: Float32Array;
  readonly labels: readonly string[];
}

const IDX = {
  x_train: 'train-images-idx3-ubyte',
  y_train: 'train-labels-idx1-ubyte',
  x_test: 't10k-images-idx3-ubyte',
  y_test: 't10k-labels-idx1-ubyte',
};

/** One member of a zip archive, by the directory at its end. */
function member(zip: Buffer, name: string): Buffer {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('not a zip archive');
  let at = zip.readUInt32LE(end + 16);
  for (let entry = zip.readUInt16LE(end + 10); entry > 0; entry--) {
    const [method, packed] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [nameLength, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    if (zip.toString('latin1', at + 46, at + 46 + nameLength) === name) {
      const local = zip.readUInt32LE(at + 42);
      const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const body = zip.subarray(begin, begin + packed);
      if (method !== 0 && method !== 8) throw new Error(`${name} is packed by method ${method}`);
      return method === 8 ? inflateRawSync(body) : body;
    }
    at += 46 + nameLength + extra + comment;
  }
  throw new Error(`${name} is not in the archive`);
}

/** The bytes of an array in NumPy's format; labels may be wider whole numbers, of which the low byte is taken. */
function npy(raw: Buffer): Uint8Array {
  const major = raw[6]!;
  const begin = major === 1 ? 10 + raw.readUInt16LE(8) : 12 + raw.readUInt32LE(8);
  const kind = /'descr':\s*'[|<=]([ui])(\d)'/.exec(raw.toString('latin1', 0, begin));
  if (!kind) throw new Error('not an array of whole numbers');
  const width = Number(kind[2]);
  const body = raw.subarray(begin);
  return Uint8Array.from({ length: body.length / width }, (_, at) => body[at * width]!);
}

function idx(raw: Buffer): Uint8Array {
  if (raw.readUInt16BE(0) !== 0 || raw[2] !== 8) throw new Error('not an IDX file of bytes');
  return raw.subarray(4 + 4 * raw[3]!);
}

function array(folder: string, name: keyof typeof IDX): Uint8Array | undefined {
  const archive = folder.endsWith('.npz') ? folder : join(folder, 'mnist.npz');
  if (existsSync(archive)) return npy(member(readFileSync(archive), `${name}.npy`));
  const path = [join(folder, IDX[name]), join(folder, `${IDX[name]}.gz`)].find(existsSync);
  if (path === undefined) return undefined;
  return idx(path.endsWith('.gz') ? gunzipSync(readFileSync(path)) : readFileSync(path));
}

/** A split of MNIST, or undefined where the folder does not hold it. */
export function mnist(folder: string, split: 'train' | 'test'): Pictures | undefined {
  const [pixels, digits] = [array(folder, `x_${split}`), array(folder, `y_${split}`)];
  if (!pixels || !digits) return undefined;
  if (pixels.length !== digits.length * 784) throw new Error(`${folder}: ${pixels.length} pixels for ${digits.length} labels`);
  const images = new Float32Array(digits.length * 1024).fill(-1);
  for (let at = 0; at < pixels.length; at++) {
    const [picture, row, column] = [Math.floor(at / 784), Math.floor((at % 784) / 28), at % 28];
    images[picture * 1024 + (row + 2) * 32 + column + 2] = pixels[at]! / 127.5 - 1;
  }
  return { images, labels: Array.from(digits, String) };
}
