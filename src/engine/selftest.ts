// The self-test that a model brings: one input with its output as PyTorch computed it, held against the present backend.
import { getBackend } from '@tensorflow/tfjs-core';
import type { BackendName, DeviceReport } from '.';
import { EngineError } from './errors';
import type { Library } from './library';
import type { Model } from './model';
import type { Values } from './weights';

/** The model whose self-test decides which backend computes. */
export const testModel = 'digits';

/** Largest relative error a backend may show (fp32 against PyTorch). */
const allowed: Record<BackendName, number> = { cpu: 1e-4, wasm: 1e-4, webgpu: 1e-3 };
/** WGSL's sine is rough at large angles, and the cloud is made of such: garbled numbers are further off by far. */
const roughly = 2e-2;

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
  const { model: name, classes } = model.manifest;
  const backend = getBackend() as BackendName;
  const { x, logSnr, label, v } = caseOf(name, values);
  const size = model.item.reduce((product, side) => product * side, 1);
  const isFit =
    x.length > 0 && x.length % size === 0 && v.length === x.length && Number.isInteger(label) && label >= 0 && label <= classes.length;
  if (!isFit) throw new EngineError('weights-shape', `the self-test of ${name} does not fit it`);
  const error = apart(await model.predict(x, logSnr, [label]), v);
  const limit = backend === 'webgpu' && name !== testModel ? roughly : allowed[backend];
  if (!(error <= limit)) throw new WrongOutput(name, { backend, error, passed: false, milliseconds: Infinity });
  return error;
}

/** The testing model's error on the present backend, and the time of one forward. To be called within a turn. */
export async function tryOut(library: Library): Promise<Trial> {
  const backend = getBackend() as BackendName;
  const { selftest } = await library.load(testModel);
  if (!selftest) throw new EngineError('weights-header', `${testModel} brings no self-test`);
  const model = await library.open(testModel);
  let [error, milliseconds] = [Infinity, Infinity];
  for (let turn = 0; turn < 3; turn++) {
    const start = performance.now();
    error = await selfTest(model, selftest);
    milliseconds = Math.min(milliseconds, performance.now() - start);
  }
  return { backend, error, passed: true, milliseconds };
}

function caseOf(name: string, { x, logSnr, class: label, v }: Readonly<Record<string, Values>>) {
  if (!x || !logSnr || !label || !v || logSnr.values.length !== 1 || label.values.length !== 1)
    throw new EngineError('weights-header', `the self-test of ${name} is not whole`);
  return { x: x.values, logSnr: logSnr.values[0]!, label: label.values[0]!, v: v.values };
}

/** Largest difference relative to the largest expected value; infinite where anything is not a number. */
function apart(found: Float32Array, expected: Float32Array): number {
  let [difference, largest] = [0, 0];
  for (let at = 0; at < expected.length; at++) {
    if (!Number.isFinite(found[at])) return Infinity;
    difference = Math.max(difference, Math.abs(found[at]! - expected[at]!));
    largest = Math.max(largest, Math.abs(expected[at]!));
  }
  return difference / largest;
}
