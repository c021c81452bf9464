// What a denoiser is asked: as numbers of the host, which another question replaces, and as the tensors that a forward takes.
import { tensor, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Config, Denoiser } from '.';

/** x at unit variance, and a log-SNR and a class, each one for all or one for each. */
export interface Asked {
  readonly x: Float32Array;
  readonly logSnr: number | readonly number[];
  readonly labels: readonly number[];
}

export interface Question {
  /** [n, ...item] */
  readonly x: Tensor;
  /** Sines, then cosines of the log-SNR: [1 or n, 2 frequencies]. */
  readonly waves: Tensor2D;
  /** [1 or n], whole numbers */
  readonly labels: Tensor1D;
}

/** Numbers on their way into a tensor. */
export interface Given {
  readonly values: Float32Array | Int32Array;
  readonly shape: readonly number[];
}

export const placed = ({ values, shape }: Given): Tensor => tensor(values, [...shape], values instanceof Int32Array ? 'int32' : 'float32');

/** x, waves and labels, in this order. */
export function givenBy(network: Denoiser, config: Config, { x, logSnr, labels }: Asked): readonly [Given, Given, Given] {
  const item = network.item(config);
  const size = item.reduce((product, side) => product * side, 1);
  return [
    { values: x, shape: [x.length / size, ...item] },
    wavesOf(network.frequencies(config), logSnr),
    { values: Int32Array.from(labels), shape: [labels.length] },
  ];
}

export const questionOf = ([x, waves, labels]: readonly Tensor[]): Question => ({
  x: x!,
  waves: waves as Tensor2D,
  labels: labels as Tensor1D,
});

/** As in training/unet.py. */
function wavesOf(frequencies: number, logSnr: number | readonly number[]): Given {
  const each = typeof logSnr === 'number' ? [logSnr] : logSnr;
  const waves = each.flatMap((one) => {
    const angles = Array.from({ length: frequencies }, (_, at) => (one / 10) * 2 ** ((5 * at) / (frequencies - 1)) * (Math.PI / 2));
    return [...angles.map(Math.sin), ...angles.map(Math.cos)];
  });
  return { values: Float32Array.from(waves), shape: [each.length, 2 * frequencies] };
}
