// A model as one file, to be taken along: safetensors (F32) with the manifest in its header and the self-test among its tensors.
import { EngineError } from '../errors';
import type { Volume } from '../library';
import { checkManifest, type FileEntry } from '../manifest';
import { sha256 } from '../sha256';
import { checkTensors, readMetadata, readSafetensors, type Values } from '../weights';

/** Names of the self-test's tensors begin so. */
const test = 'selftest.';
/** No model that trains in a browser is larger, bytes. */
const largest = 1 << 26;

type Table = Readonly<Record<string, Values>>;

/** The bytes of all tensors of a table, one after the other. */
function bodyOf(table: Table): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(4 * Object.values(table).reduce((sum, { values }) => sum + values.length, 0));
  let at = 0;
  for (const { values } of Object.values(table)) {
    body.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return body;
}

const entryOf = async (file: string, body: Uint8Array<ArrayBuffer>): Promise<FileEntry> => ({
  file: `${file}.safetensors`,
  bytes: body.length,
  sha256: await sha256(body),
});

const hashOf = (text: string) => sha256(new TextEncoder().encode(text));

/** The file of a model whose self-test is made. The hashes in its manifest are those of the tensors' bytes, and beside it stands its own. */
export async function writeModel({ manifest, values, selftest }: Volume): Promise<Uint8Array> {
  if (!selftest) throw new EngineError('bad-request', `${manifest.model} has no self-test yet`);
  const [weights, tested] = [bodyOf(values), bodyOf(selftest)];
  const told = {
    ...manifest,
    weights: await entryOf('weights', weights),
    selftest: await entryOf('selftest', tested),
    tensors: Object.fromEntries(Object.entries(values).map(([name, { shape }]) => [name, { shape, dtype: 'F32' }])),
  };
  const manifestText = JSON.stringify(told);
  const header: Record<string, unknown> = { __metadata__: { manifest: manifestText, sha256: await hashOf(manifestText) } };
  let at = 0;
  const put = (name: string, { shape, values: numbers }: Values) =>
    (header[name] = { dtype: 'F32', shape, data_offsets: [at, (at += numbers.byteLength)] });
  for (const [name, value] of Object.entries(values)) put(name, value);
  for (const [name, value] of Object.entries(selftest)) put(test + name, value);
  const text = new TextEncoder().encode(JSON.stringify(header));
  // The numbers begin at a multiple of 8 bytes, for those who map the file.
  const length = 8 * Math.ceil(text.length / 8);
  const file = new Uint8Array(8 + length + weights.length + tested.length).fill(0x20, 8, 8 + length);
  new DataView(file.buffer).setBigUint64(0, BigInt(length), true);
  file.set(text, 8);
  file.set(weights, 8 + length);
  file.set(tested, 8 + length + weights.length);
  return file;
}

/** The model in a file, or EngineError `weights-...` that says what is wrong with it. The network has yet to say whether its config and shapes fit. */
export async function readModel(file: Uint8Array<ArrayBuffer>): Promise<Volume> {
  const fail = (code: 'weights-header' | 'weights-hash' | 'weights-range', why: string): never => {
    throw new EngineError(code, why);
  };
  if (file.length > largest) fail('weights-range', `a file of ${file.length} bytes; ${largest} are the most`);
  const bytes = file.slice().buffer;
  const { manifest: told, sha256: expectedHash } = readMetadata(bytes);
  if (told === undefined) return fail('weights-header', 'the file brings no manifest');
  // Against accidents: who changes a file on purpose can change its hashes too.
  if ((await hashOf(told)) !== expectedHash) fail('weights-hash', 'the manifest is not what was saved');
  const manifest = checkManifest(parsed(told));
  if (manifest.prediction !== 'v') fail('weights-header', `${manifest.model} is no model that denoises`);
  const all = Object.entries(readSafetensors(bytes));
  // The format knows no holes, and a name that stands twice leaves one.
  const used = all.reduce((sum, [, { values }]) => sum + values.byteLength, 8 + Number(new DataView(bytes).getBigUint64(0, true)));
  if (used !== file.length) fail('weights-header', `${file.length - used} bytes of the file belong to no tensor`);
  const part = (isMine: (name: string) => boolean, cut: number): Table =>
    Object.fromEntries(all.filter(([name]) => isMine(name)).map(([name, value]) => [name.slice(cut), value]));
  const values = part((name) => !name.startsWith(test), 0);
  const selftest = part((name) => name.startsWith(test), test.length);
  checkTensors(values, manifest);
  for (const [table, { file: name, sha256: expected }] of [[values, manifest.weights], [selftest, manifest.selftest]] as const) // prettier-ignore
    if ((await sha256(bodyOf(table))) !== expected) fail('weights-hash', `${name} is not what its manifest tells of`);
  return { manifest, values, selftest };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new EngineError('weights-header', 'the manifest in the header is not JSON');
  }
}
