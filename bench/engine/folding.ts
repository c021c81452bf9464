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

/** A dense layer from the condition vector to one gain or one shift. */
export interface Film {
  readonly width: number;
  /** [embedding, width], row by row. */
  readonly weight: Float32Array;
  readonly bias: Float32Array;
}

/** Gain gamma (1 + scale) and shift beta (1 + scale) + shift of every second norm are linear in the condition: gain, shift, gain, shift ... */
export function filmsOf(values: Readonly<Record<string, Values>>, config: Config): Film[] {
  return Object.values(blocksOf(config))
    .flat()
    .flatMap(({ name, fanOut }: Unit) => {
      const of = (part: string) => values[`${name}.${part}`]!.values;
      const [gamma, beta] = [of('norm2.weight'), of('norm2.bias')];
      /** Folds a row of scales and shifts, of the weight or the bias; `one` is the 1 of (1 + scale), which only the bias has. */
      const fold = (from: Float32Array, one: number, gain: Float32Array, shift: Float32Array) => {
        for (let at = 0; at < gain.length; at++) {
          const channel = at % fanOut;
          const first = (at - channel) * 2 + channel;
          const scale = from[first]! + one;
          gain[at] = gamma[channel]! * scale;
          shift[at] = beta[channel]! * scale + from[first + fanOut]!;
        }
      };
      const empty = (length: number) => ({
        width: fanOut,
        weight: new Float32Array(config.embedding * length),
        bias: new Float32Array(length),
      });
      const [gain, shift] = [empty(fanOut), empty(fanOut)];
      fold(of('film.weight'), 0, gain.weight, shift.weight);
      fold(of('film.bias'), 1, gain.bias, shift.bias);
      return [gain, shift];
    });
}
