// One question to the digit network, the same for all who are measured, and what ONNX Runtime's graph wants to be given of it.
import { normals } from '../../src/engine/noise';
import type { Manifest, Values } from '../../src/engine/weights';
import { configOf, filmsOf } from './folding';
import type { Form } from './graph';

export interface Question {
  readonly x: Float32Array;
  readonly logSnr: number;
  /** One class for all pictures. */
  readonly label: number;
}

/** Noise that is partly a picture to the network; another one for every round, so that no answer can be an old one. */
export const questionOf = (count: number, size: number, seed: number): Question => ({
  x: normals(seed, 0, count * size),
  logSnr: 0.5,
  label: 3,
});

interface Model {
  readonly manifest: Manifest;
  readonly values: Readonly<Record<string, Values>>;
}

/** What fills the inputs of the graph in this form, by name, but for x. Whatever of it the host computes belongs to the forward and its time. */
export function feeder({ manifest, values }: Model, { condition }: Form): (question: Question) => Record<string, Float32Array> {
  const { frequencies, embedding } = configOf(manifest);
  const films = filmsOf(values, configOf(manifest));
  const labels = values['label.weight']!.values;

  /** Sines and cosines of log-SNR, as in training/unet.py. */
  const featuresOf = (logSnr: number) => {
    const angles = Array.from({ length: frequencies }, (_, at) => (logSnr / 10) * 2 ** ((5 * at) / (frequencies - 1)) * (Math.PI / 2));
    return Float32Array.from([...angles.map(Math.sin), ...angles.map(Math.cos)]);
  };
  const labelOf = (label: number) => labels.slice(label * embedding, (label + 1) * embedding);

  if (condition === 'graph') return ({ logSnr, label }) => ({ features: featuresOf(logSnr), label: labelOf(label) });

  const layer = (name: string) => (x: Float32Array) => dense(x, values[`${name}.weight`]!.values, values[`${name}.bias`]!.values);
  const [first, second] = [layer('level1'), layer('level2')];
  return ({ logSnr, label }) => {
    const given = labelOf(label);
    const level = second(first(featuresOf(logSnr)).map(silu));
    const vector = level.map((value, at) => silu(value + given[at]!));
    return Object.fromEntries(films.map(({ weight, bias }, at) => [`film${at}`, dense(vector, weight, bias)]));
  };
}

const silu = (x: number) => x / (1 + Math.exp(-x));

/** x W + b for one row; the weights are read as they lie. */
function dense(x: Float32Array, weight: Float32Array, bias: Float32Array): Float32Array {
  const found = bias.slice();
  const width = bias.length;
  for (let row = 0; row < x.length; row++) {
    const value = x[row]!;
    for (let at = 0, from = row * width; at < width; at++, from++) found[at]! += value * weight[from]!;
  }
  return found;
}
