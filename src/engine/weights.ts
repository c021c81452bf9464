// Weights: reads safetensors files and checks them against their manifest before they are used.
import { EngineError, type EngineErrorCode } from './errors';
import type { FileEntry, Manifest } from './manifest';
import { sha256 } from './sha256';

export { checkManifest, type Manifest } from './manifest';

export interface Values {
  readonly dtype: 'F16' | 'F32';
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

const WIDTH = { F16: 2, F32: 4 };
/** A header that is longer than this is no header of ours. */
const LONGEST_HEADER = 1 << 20;

const fail = (code: EngineErrorCode, why: string): never => {
  throw new EngineError(code, why);
};

/** Half-precision numbers as fp32, by a table of all 65,536 of them that is made at the first call. */
let halves: Float32Array | undefined;
function fromHalf(bits: Uint16Array): Float32Array {
  halves ??= Float32Array.from({ length: 65536 }, (_, half) => {
    const [sign, exponent, fraction] = [half & 0x8000 ? -1 : 1, (half >> 10) & 31, half & 1023];
    if (exponent === 31) return fraction ? NaN : sign * Infinity;
    return sign * (exponent ? 2 ** (exponent - 25) * (1024 + fraction) : 2 ** -24 * fraction);
  });
  const table = halves;
  return Float32Array.from(bits, (half) => table[half]!);
}

function readHeader(bytes: ArrayBuffer): { header: Record<string, unknown>; body: number } {
  if (bytes.byteLength < 8) fail('weights-truncated', `${bytes.byteLength} bytes are no safetensors file`);
  const length = Number(new DataView(bytes).getBigUint64(0, true));
  if (length < 2 || length > LONGEST_HEADER) fail('weights-header', `the header claims ${length} bytes`);
  if (8 + length > bytes.byteLength) fail('weights-truncated', `the file ends within its header of ${length} bytes`);
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(bytes, 8, length)));
    if (typeof header === 'object' && header !== null && !Array.isArray(header)) {
      return { header: header as Record<string, unknown>, body: 8 + length };
    }
  } catch {
    // Said below.
  }
  return fail('weights-header', 'the header is not a JSON table');
}

interface Entry {
  dtype: 'F16' | 'F32';
  shape: number[];
  data_offsets: [number, number];
}

function readEntry(name: string, found: unknown): Entry {
  const entry = (typeof found === 'object' && found !== null ? found : {}) as Record<string, unknown>;
  const { dtype, shape, data_offsets: offsets } = entry;
  if (dtype !== 'F16' && dtype !== 'F32') return fail('weights-dtype', `${name} is ${String(dtype)}; F16 and F32 are read`);
  const isCounts = (list: unknown): list is number[] => Array.isArray(list) && list.every((n) => Number.isSafeInteger(n) && n >= 0);
  if (!isCounts(shape)) return fail('weights-header', `${name} has no shape`);
  if (!isCounts(offsets) || offsets.length !== 2) return fail('weights-header', `${name} has no place in the file`);
  const [begin, end] = offsets as [number, number];
  const size = shape.reduce((product, side) => product * side, WIDTH[dtype]);
  if (end - begin !== size) fail('weights-shape', `${name} [${shape.join(', ')}] ${dtype} needs ${size} bytes, not ${end - begin}`);
  return { dtype, shape, data_offsets: [begin, end] };
}

/** Each place may be given once: else a small file could fill all memory. */
function checkPlaces(places: readonly (readonly [number, number])[]): void {
  let reached = 0;
  for (const [begin, end] of [...places].sort(([a, c], [b, d]) => a - b || c - d)) {
    if (begin < reached) fail('weights-header', 'tensors lie over one another');
    reached = end;
  }
}

/** All tensors of a safetensors file by name. The table has no prototype, so that no name in a file can reach one. */
export function readSafetensors(bytes: ArrayBuffer): Record<string, Values> {
  const { header, body } = readHeader(bytes);
  const found = Object.create(null) as Record<string, Values>;
  const names = Object.keys(header).filter((key) => key !== '__metadata__');
  const entries = names.map((name) => [name, readEntry(name, header[name])] as const);
  checkPlaces(entries.map(([, { data_offsets: place }]) => place));
  for (const [name, { dtype, shape, data_offsets: place }] of entries) {
    const [begin, end] = place;
    if (body + end > bytes.byteLength) fail('weights-truncated', `${name} ends at byte ${body + end} of ${bytes.byteLength}`);
    // Copied: a view must begin at a multiple of its width, which the format does not promise.
    const raw = bytes.slice(body + begin, body + end);
    found[name] = { dtype, shape, values: dtype === 'F16' ? fromHalf(new Uint16Array(raw)) : new Float32Array(raw) };
  }
  return found;
}

const isFit = (values: Float32Array, limit: number) => values.every((value) => Math.abs(value) <= limit);

/** The tensors of a file, when it is the one that the manifest tells of. */
export async function checkFile(bytes: ArrayBuffer, { file, bytes: length, sha256: expected }: FileEntry): Promise<Record<string, Values>> {
  if (bytes.byteLength < length) fail('weights-truncated', `${file} has ${bytes.byteLength} of ${length} bytes`);
  const found = readSafetensors(bytes);
  const hash = await sha256(new Uint8Array(bytes));
  if (hash !== expected) fail('weights-hash', `${file} has SHA-256 ${hash}, not ${expected}`);
  return found;
}

/** The words that a safetensors file tells of itself. */
export function readMetadata(bytes: ArrayBuffer): Readonly<Record<string, string>> {
  const { __metadata__: told } = readHeader(bytes).header;
  if (typeof told !== 'object' || told === null) return {};
  return Object.fromEntries(Object.entries(told).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** Throws where these are not the tensors that the manifest tells of, within its limit. */
export function checkTensors(found: Readonly<Record<string, Values>>, { tensors, limit, weights: { file } }: Manifest): void {
  for (const [name, { shape, dtype }] of Object.entries(tensors)) {
    const tensor = Object.hasOwn(found, name) ? found[name] : undefined;
    if (!tensor) return fail('weights-header', `${file} lacks ${name}`);
    if (tensor.dtype !== dtype) fail('weights-dtype', `${name} is ${tensor.dtype}, not ${dtype}`);
    if (tensor.shape.join() !== shape.join()) fail('weights-shape', `${name} is [${tensor.shape.join(', ')}], not [${shape.join(', ')}]`);
    if (!isFit(tensor.values, limit)) fail('weights-range', `${name} holds numbers beyond ${limit} or none at all`);
  }
  const stranger = Object.keys(found).find((name) => !Object.hasOwn(tensors, name));
  if (stranger !== undefined) fail('weights-header', `${file} holds ${stranger}, which the manifest does not know`);
}

/** The weights in `bytes`, when they are those that the manifest tells of; else an EngineError that says what is wrong. */
export async function checkWeights(bytes: ArrayBuffer, manifest: Manifest): Promise<Record<string, Values>> {
  const { file, bytes: length, sha256: expected } = manifest.weights;
  if (bytes.byteLength < length) fail('weights-truncated', `${file} has ${bytes.byteLength} of ${length} bytes`);
  const found = readSafetensors(bytes);
  checkTensors(found, manifest);
  const hash = await sha256(new Uint8Array(bytes));
  if (hash !== expected) fail('weights-hash', `${file} has SHA-256 ${hash}, not ${expected}`);
  return found;
}
