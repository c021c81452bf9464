// The manifest that lies beside a model's weights: its type, and the check before anything in it is believed.
import { EngineError } from './errors';

export interface FileEntry {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface TensorEntry {
  readonly shape: readonly number[];
  readonly dtype: 'F16' | 'F32';
}

export interface Manifest {
  readonly model: string;
  /** Which forward computes it: a key of `networks`. */
  readonly network: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly prediction: 'v' | 'logits';
  /** Levels that the model was trained for; absent for a judge. */
  readonly sigmaMin?: number;
  readonly sigmaMax?: number;
  readonly classes: readonly string[];
  readonly weights: FileEntry;
  /** An input and its output, to test a device with. */
  readonly selftest: FileEntry;
  /** Moments of the features of real data, for the judge. */
  readonly statistics?: FileEntry;
  readonly tensors: Readonly<Record<string, TensorEntry>>;
  /** No weight is larger than this. */
  readonly limit: number;
  readonly figures: Readonly<Record<string, unknown>>;
}

type Thing = Record<string, unknown>;

const isThing = (value: unknown): value is Thing => typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isPositive = (value: unknown) => typeof value === 'number' && Number.isFinite(value) && value > 0;
/** Beyond these a level is as good as none, or as nothing but noise, and soon beyond 32-bit numbers. */
const isLevel = (value: unknown) => isPositive(value) && (value as number) >= 1e-6 && (value as number) <= 1e6;
const isWord = (value: unknown) => typeof value === 'string' && value.length > 0;
const isList = (value: unknown, each: (entry: unknown) => boolean) => Array.isArray(value) && value.every(each);

const isFile = (value: unknown) =>
  isThing(value) &&
  typeof value.file === 'string' &&
  /^[\w-]+\.safetensors$/.test(value.file) &&
  isCount(value.bytes) &&
  typeof value.sha256 === 'string' &&
  /^[0-9a-f]{64}$/.test(value.sha256);

const isTensor = (value: unknown) => isThing(value) && isList(value.shape, isCount) && (value.dtype === 'F16' || value.dtype === 'F32');

/** Each key with what it must be; keys that are not listed are let pass. */
const rules: readonly (readonly [key: string, needed: boolean, what: string, test: (value: unknown) => boolean])[] = [
  ['model', true, 'a name', isWord],
  ['network', true, 'the name of a network', isWord],
  ['config', true, 'a table', isThing],
  ['prediction', true, "'v' or 'logits'", (value) => value === 'v' || value === 'logits'],
  ['sigmaMin', false, 'a level from 1e-6 to 1e6', isLevel],
  ['sigmaMax', false, 'a level from 1e-6 to 1e6', isLevel],
  ['classes', true, 'a list of words', (value) => isList(value, isWord) && (value as unknown[]).length > 0],
  ['weights', true, 'a file with bytes and sha256', isFile],
  ['selftest', true, 'a file with bytes and sha256', isFile],
  ['statistics', false, 'a file with bytes and sha256', isFile],
  ['tensors', true, 'a table of shapes and types', (value) => isThing(value) && Object.values(value).every(isTensor)],
  ['limit', true, 'a positive number', isPositive],
  ['figures', true, 'a table', isThing],
];

/** The manifest that `json` (parsed) is, or EngineError `weights-header` that says what is wrong with it. */
export function checkManifest(json: unknown): Manifest {
  const fail = (why: string): never => {
    throw new EngineError('weights-header', `manifest.json ${why}`);
  };
  if (!isThing(json)) return fail('is not a table');
  for (const [key, needed, what, test] of rules) {
    const value = Object.hasOwn(json, key) ? json[key] : undefined;
    if (value === undefined ? needed : !test(value)) fail(`needs \`${key}\` to be ${what}`);
  }
  const { prediction, sigmaMin, sigmaMax } = json as { prediction: string; sigmaMin?: number; sigmaMax?: number };
  if (prediction === 'v' && !(sigmaMin !== undefined && sigmaMax !== undefined && sigmaMin < sigmaMax))
    fail('needs sigmaMin below sigmaMax for a model that predicts v');
  return json as unknown as Manifest;
}
