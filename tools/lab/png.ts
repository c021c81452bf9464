// Writes grey pictures of 8 bits as PNG, without filters, so that a page reads the very same bytes with a dozen lines.
import { crc32, deflateSync } from 'node:zlib';

function chunk(name: string, body: Uint8Array): Buffer {
  const told = Buffer.concat([Buffer.from(name, 'latin1'), body]);
  const framed = Buffer.alloc(told.length + 8);
  framed.writeUInt32BE(body.length, 0);
  framed.set(told, 4);
  framed.writeUInt32BE(crc32(told), framed.length - 4);
  return framed;
}

/** `bytes` [height, width], 255 is white. */
export function greyPng(bytes: Uint8Array, width: number): Buffer {
  const height = bytes.length / width;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits a pixel; grey; the rest is as always.
  header[8] = 8;
  const rows = Buffer.alloc(height * (width + 1));
  for (let row = 0; row < height; row++) rows.set(bytes.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', new Uint8Array())]);
}

/** Pictures [count, side, side] one after the other, as one sheet of `across` in a row. */
export function sheet(pictures: Uint8Array, side: number, across: number): Buffer {
  const count = pictures.length / side ** 2;
  const down = Math.ceil(count / across);
  const bytes = new Uint8Array(across * down * side ** 2);
  for (let item = 0; item < count; item++)
    for (let row = 0; row < side; row++) {
      const from = (item * side + row) * side;
      const to = ((Math.floor(item / across) * side + row) * across + (item % across)) * side;
      bytes.set(pictures.subarray(from, from + side), to);
    }
  return greyPng(bytes, across * side);
}
