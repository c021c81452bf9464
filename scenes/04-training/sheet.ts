// Sheets of grey pictures as PNG, unpacked byte by byte: what the browser's own decoder draws may differ from what was packed.
import { EngineError } from '../../src/engine';

/** What the JSON beside a sheet says of it. */
export interface Sheet {
  readonly file: string;
  readonly count: number;
  readonly side: number;
  readonly across: number;
}

/** Grey values of a PNG of 8 bits without filters, as `npm run lab` writes it; rejects with EngineError `weights-header` for any other. */
export async function greyOf(file: Uint8Array<ArrayBuffer>): Promise<{ bytes: Uint8Array; width: number; height: number }> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const wrong = (why: string) => new EngineError('weights-header', `the sheet of digits ${why}`);
  if (file.length < 33 || view.getUint32(0) !== 0x89504e47) throw wrong('is no PNG');
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  if (view.getUint32(24) >>> 8 !== 0x080000) throw wrong('is not grey with 8 bits');
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 8; at + 8 <= file.length; at += 12 + view.getUint32(at))
    if (view.getUint32(at + 4) === 0x49444154) parts.push(file.slice(at + 8, at + 8 + view.getUint32(at)));
  const stream = new Blob(parts).stream().pipeThrough(new DecompressionStream('deflate'));
  const rows = new Uint8Array(await new Response(stream).arrayBuffer());
  if (rows.length !== height * (width + 1)) throw wrong('is cut short');
  const bytes = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    if (rows[row * (width + 1)] !== 0) throw wrong('has filters');
    bytes.set(rows.subarray(row * (width + 1) + 1, (row + 1) * (width + 1)), row * width);
  }
  return { bytes, width, height };
}

/** Pictures of a sheet one after the other, each in the middle of a square of `to` pixels. */
export function cut(bytes: Uint8Array, { count, side: from, across }: Omit<Sheet, 'file'>, to: number): Uint8Array {
  const all = new Uint8Array(count * to * to);
  const margin = (to - from) / 2;
  for (let item = 0; item < count; item++)
    for (let row = 0; row < from; row++) {
      const start = ((Math.floor(item / across) * from + row) * across + (item % across)) * from;
      all.set(bytes.subarray(start, start + from), (item * to + row + margin) * to + margin);
    }
  return all;
}
