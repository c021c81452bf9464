// The digit network's shipped weights as ONNX Runtime wants them: filters [out, in, height, width], norms and FiLM folded as our engine folds them.
import type { Manifest, Values } from '../../src/engine/weights';

export interface Config {
  readonly size: number;
  readonly channels: number;
  readonly patch: number;
  readonly widths: readonly [number, number, number];
  readonly depths: readonly [number, number, number];
  readonly groups: number;
  readonly embedding: number;
  readonly frequencies: number;
  readonly classes: number;
}

export interface Unit {
  readonly name: string;
  readonly fanIn: number;
  readonly fanOut: number;
}

export type Blocks = Readonly<Record<'encoder1' | 'encoder2' | 'bottleneck' | 'decoder2' | 'decoder1', readonly Unit[]>>;

export const configOf = ({ config }: Manifest) => config as unknown as Config;

/** Residual units by block, in the order of computing. */
export function blocksOf({ widths: [one, two, three], depths: [first, second, deepest] }: Config): Blocks {
  const row = (block: string, fanIn: number, fanOut: number, depth: number): Unit[] =>
    Array.from({ length: depth }, (_, at) => ({ name: `${block}.${at}`, fanIn: at ? fanOut : fanIn, fanOut }));
  return {
    encoder1: row('encoder1', one, one, first),
    encoder2: row('encoder2', one, two, second),
    bottleneck: row('bottleneck', two, three, deepest),
    decoder2: row('decoder2', three + two, two, second),
    decoder1: row('decoder1', two + one, one, first),
  };
}

export interface Filter {
  readonly shape: readonly [out: number, into: number, height: number, width: number];
  readonly values: Float32Array;
}

/** [height, width, in, out] to [out, in, height, width]. */
export function filterOf({ shape: [height = 0, width = 0, into = 0, out = 0], values }: Values): Filter {
  const found = new Float32Array(values.length);
  const area = height * width;
  for (let at = 0; at < area; at++)
    for (let from = 0; from < into; from++)
      for (let to = 0; to < out; to++) found[(to * into + from) * area + at] = values[(at * into + from) * out + to]!;
  return { shape: [out, into, height, width], values: found };
}

/** Folding pixels into channels and a 3x3 convolution are together one convolution with stride `patch` of the picture as it is. */
export function stemOf({ shape: [side = 0, , folded = 0, out = 0], values }: Values, patch: number): Filter {
  const channels = folded / (patch * patch);
  const long = side * patch;
  const found = new Float32Array(values.length);
  let at = 0;
  for (let to = 0; to < out; to++)
    for (let channel = 0; channel < channels; channel++)
      for (let y = 0; y < long; y++)
        for (let x = 0; x < long; x++) {
          const cell = Math.floor(y / patch) * side + Math.floor(x / patch);
          const from = ((y % patch) * patch + (x % patch)) * channels + channel;
          found[at++] = values[(cell * folded + from) * out + to]!;
        }
  return { shape: [out, channels, long, long], values: found };
}

export interface Films {
  /** [embedding, total], row by row. */
  readonly weight: Float32Array;
  readonly bias: Float32Array;
  /** Widths of gain, shift, gain, shift ... of the units in order; their sum is `total`. */
  readonly sizes: readonly number[];
  readonly total: number;
}

/** Gain gamma (1 + scale) and shift beta (1 + scale) + shift of every second norm are linear in the condition: one dense layer for all. */
export function filmsOf(values: Readonly<Record<string, Values>>, config: Config): Films {
  const units = Object.values(blocksOf(config)).flat() as Unit[];
  const sizes = units.flatMap(({ fanOut }) => [fanOut, fanOut]);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const weight = new Float32Array(config.embedding * total);
  const bias = new Float32Array(total);
  let at = 0;
  for (const { name, fanOut } of units) {
    const of = (part: string) => values[`${name}.${part}`]!.values;
    const [gamma, beta, film, filmBias] = [of('norm2.weight'), of('norm2.bias'), of('film.weight'), of('film.bias')];
    for (let channel = 0; channel < fanOut; channel++, at++) {
      const [g, b] = [gamma[channel]!, beta[channel]!];
      bias[at] = g * (filmBias[channel]! + 1);
      bias[at + fanOut] = b * (filmBias[channel]! + 1) + filmBias[fanOut + channel]!;
      for (let row = 0; row < config.embedding; row++) {
        const [scale, shift] = [film[row * 2 * fanOut + channel]!, film[row * 2 * fanOut + fanOut + channel]!];
        weight[row * total + at] = g * scale;
        weight[row * total + at + fanOut] = b * scale + shift;
      }
    }
    at += fanOut;
  }
  return { weight, bias, sizes, total };
}
