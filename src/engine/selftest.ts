// The self-test that a model brings: one input with its output as PyTorch computed it, held against the present backend.
import { getBackend } from '@tensorflow/tfjs-core';
import type { BackendName, DeviceReport } from '.';
import { apart } from './apart';
import { EngineError } from './errors';
import type { Library } from './library';
import type { Model } from './model';
import { isOneKernel } from './networks/cloud';
import { normals } from './noise';
import { nextTask } from './turns';
import type { Manifest, Values } from './weights';

/** The model whose self-test decides which backend computes. */
export const testModel = 'digits';

/** Largest relative error a backend may show (fp32 against PyTorch). */
const allowed: Record<BackendName, number> = { cpu: 1e-4, wasm: 1e-4, webgpu: 1e-3 };
/** WGSL's sine is rough at large angles, of which a cloud is made that our kernel does not take: garbled numbers are further off by far. */
const roughly = 2e-2;
const limitOn = (backend: BackendName, { network, config }: Manifest) =>
  backend === 'webgpu' && network === 'cloud' && !isOneKernel(config) ? roughly : allowed[backend];

export type Trial = DeviceReport['trials'][number];

/** What a model computes here is not what it computed where it was trained. */
export class WrongOutput extends EngineError {
  constructor(
    readonly model: string,
    readonly trial: Trial,
  ) {
    super('weights-shape', `${model} is off by ${trial.error} on ${trial.backend} in its self-test`);
  }
}

/** The model's relative error on the present backend; rejects with WrongOutput where that is too large. To be called within a turn. */
export async function selfTest(model: Model, values: Readonly<Record<string, Values>>): Promise<number> {
  const { model: name } = model.manifest;
  const backend = getBackend() as BackendName;
  const error = await (model.manifest.prediction === 'logits' ? readingError : predictionError)(model, values);
  // What a rougher backend expects may be off by as much as that one may.
  const limit = Math.max(limitOn(backend, model.manifest), Math.min(roughly, values.limit?.values[0] ?? 0));
  if (!(error <= limit)) throw new WrongOutput(name, { backend, error, passed: false, milliseconds: Infinity });
  return error;
}

/** The testing model's error on the present backend, and the time of one forward. To be called within a turn. */
export async function tryOut(library: Library): Promise<Trial> {
  const backend = getBackend() as BackendName;
  const { selftest = {} } = await library.load(testModel);
  const model = await library.open(testModel);
  let [error, milliseconds] = [Infinity, Infinity];
  for (let turn = 0; turn < 3; turn++) {
    const start = performance.now();
    error = await selfTest(model, selftest);
    milliseconds = Math.min(milliseconds, performance.now() - start);
  }
  return { backend, error, passed: true, milliseconds };
}

export type Case = Readonly<Record<string, Values>>;

/** A self-test for a denoiser that was made here: what it says on the present backend to seeded noise, and how far off that may be. To be called within a turn. */
export async function makeCase(model: Model): Promise<Case> {
  const size = model.item.reduce((product, side) => product * side, 1);
  const one = (value: number) => ({ dtype: 'F32', shape: [1], values: Float32Array.of(value) }) as const;
  const x = normals(1, 0, size);
  const v = await model.predict(x, 0, [0]);
  if (!v.every(Number.isFinite)) throw new EngineError('numbers', `${model.manifest.model} gives no numbers`);
  const shape = [1, ...model.item];
  const limit = one(limitOn(getBackend() as BackendName, model.manifest));
  return { x: { dtype: 'F32', shape, values: x }, logSnr: one(0), class: one(0), v: { dtype: 'F32', shape, values: v }, limit };
}

/** Items of a self-test at most: one tells as much. */
const itemsMost = 64;

const unfit = (model: Model) => new EngineError('weights-shape', `the self-test of ${model.manifest.model} does not fit it`);
const broken = (model: Model) => new EngineError('weights-header', `the self-test of ${model.manifest.model} is not whole`);
const areItems = ({ item }: Model, { length }: Float32Array) => {
  const count = length / item.reduce((product, side) => product * side, 1);
  return Number.isInteger(count) && count > 0 && count <= itemsMost;
};

async function predictionError(model: Model, { x, logSnr, class: label, v }: Case): Promise<number> {
  if (!x || !logSnr || !label || !v || logSnr.values.length !== 1 || label.values.length !== 1) throw broken(model);
  const asked = label.values[0]!;
  const isClass = Number.isInteger(asked) && asked >= 0 && asked <= model.manifest.classes.length;
  if (!areItems(model, x.values) || v.values.length !== x.values.length || !isClass) throw unfit(model);
  // The turn is kept, since others may wait for this same test; messages are heard.
  return apart(await model.predict(x.values, logSnr.values[0]!, [asked], undefined, nextTask), v.values);
}

async function readingError(model: Model, { x, logits }: Case): Promise<number> {
  if (!x || !logits) throw broken(model);
  if (!areItems(model, x.values) || logits.shape.at(-1) !== model.manifest.classes.length) throw unfit(model);
  const read = await model.read(x.values, nextTask);
  if (read.logits.length !== logits.values.length) throw unfit(model);
  return apart(read.logits, logits.values);
}
