// The set of digits that ships with the lab: drawn by the museum's own model, packed as one grey PNG, unpacked here byte by byte.
import { EngineError, type Bytes } from '../../src/engine';
import { classes } from './names';
import { cut, greyOf, type Sheet } from './sheet';

/** A network's picture has a margin around the digit. */
const side = 32;

/** The item at i is of class i mod 10: any first part of the set holds all classes alike. */
export function firstOf(all: Uint8Array, count: number): { images: Bytes; labels: string[] } {
  const values = all.slice(0, count * side * side);
  return {
    images: { values, shape: [count, side, side, 1] },
    labels: Array.from({ length: count }, (_, at) => classes[at % classes.length]!),
  };
}

let loaded: Promise<Uint8Array> | undefined;

async function fetched(): Promise<Uint8Array> {
  const get = async (file: string) => {
    const answer = await fetch(new URL(`data/${file}`, document.baseURI));
    if (!answer.ok) throw new EngineError('weights-missing', `${file}: ${answer.status}`);
    return answer;
  };
  const told = (await (await get('digits.json')).json()) as Sheet;
  const { bytes, width } = await greyOf(new Uint8Array(await (await get(told.file)).arrayBuffer()));
  if (width !== told.across * told.side) throw new EngineError('weights-shape', 'the sheet of digits has another width than it says');
  return cut(bytes, told, side);
}

/** All digits of the set as bytes [2048, 32, 32]; fetched once, again after it failed. Rejects with EngineError `weights-...`. */
export function loadSet(): Promise<Uint8Array> {
  loaded ??= fetched().catch((why: unknown) => {
    loaded = undefined;
    throw why instanceof EngineError ? why : new EngineError('weights-missing', String(why));
  });
  return loaded;
}
