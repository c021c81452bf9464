// Layers that several networks share, in few tensor operations: on wasm and WebGPU each call costs more than its numbers.
import {
  add,
  ResizeNearestNeighbor,
  avgPool,
  engine,
  fused,
  gather,
  matMul,
  mul,
  reshape,
  rsqrt,
  sigmoid,
  square,
  sub,
  tensor,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { Shapes, Weights } from '.';

export const silu = <T extends Tensor>(x: T): T => mul(x, sigmoid(x));

/** Shapes of a dense layer, and of a convolution with a filter of `side` x `side`. */
export const denseShapes = (name: string, fanIn: number, fanOut: number): Shapes => ({
  [`${name}.weight`]: [fanIn, fanOut],
  [`${name}.bias`]: [fanOut],
});
export const convolutionShapes = (name: string, side: number, fanIn: number, fanOut: number): Shapes => ({
  [`${name}.weight`]: [side, side, fanIn, fanOut],
  [`${name}.bias`]: [fanOut],
});
/** Shapes of a norm's gain and shift. */
export const normShapes = (name: string, channels: number): Shapes => ({ [`${name}.weight`]: [channels], [`${name}.bias`]: [channels] });

/** x W + b for rows x. */
export function dense(weights: Weights, name: string, x: Tensor): Tensor2D {
  return fused.matMul({ a: x as Tensor2D, b: weights[`${name}.weight`] as Tensor2D, bias: weights[`${name}.bias`]! }) as Tensor2D;
}

/** 3x3 (padded by 1) or 1x1 convolution with bias, by the size of its filter. */
export function convolve(weights: Weights, name: string, x: Tensor4D, activation: 'linear' | 'relu' = 'linear'): Tensor4D {
  const filter = weights[`${name}.weight`] as Tensor4D;
  return fused.conv2d({ x, filter, strides: 1, pad: 'same', bias: weights[`${name}.bias`]!, activation }) as Tensor4D;
}

/** Averages the channels of each group, and gives every channel the average of its group: a [c, c] matrix. */
export function grouping(channels: number, groups: number): Tensor {
  const size = channels / groups;
  const values = Float32Array.from({ length: channels * channels }, (_, at) =>
    Math.floor(Math.floor(at / channels) / size) === Math.floor((at % channels) / size) ? 1 / size : 0,
  );
  return tensor(values, [channels, channels]);
}

/** SiLU of group normalisation (eps 1e-5, biased variance) times `gain` plus `shift`, both [1 or n, 1, 1, c]. */
export function normalised(x: Tensor4D, groups: Tensor, gain: Tensor, shift: Tensor): Tensor4D {
  const [count, height, width, channels] = x.shape;
  // Pooling over the whole picture sums channels as they lie; a mean over these axes would move all numbers first.
  const average = (values: Tensor4D) => {
    const pooled = reshape(avgPool(values, [height, width], 1, 'valid'), [count, channels]);
    return reshape(matMul(pooled, groups as Tensor2D), [count, 1, 1, channels]);
  };
  const centred = sub<Tensor4D>(x, average(x));
  const scale = mul(rsqrt(add(average(square(centred)), 1e-5)), gain);
  return silu(add(mul<Tensor4D>(centred, scale), shift));
}

/** Twice as high and wide, every pixel repeated. Called by its kernel: the operation comes only in a bundle with all others on pictures. */
export function doubled(images: Tensor4D): Tensor4D {
  const size = [images.shape[1] * 2, images.shape[2] * 2];
  return engine().runKernel(ResizeNearestNeighbor, { images }, { alignCorners: false, halfPixelCenters: false, size }) as Tensor4D;
}

/** Shapes of what `condition` reads. */
export const conditionShapes = (frequencies: number, embedding: number, labels: number): Shapes => ({
  ...denseShapes('level1', 2 * frequencies, embedding),
  ...denseShapes('level2', embedding, embedding),
  'label.weight': [labels, embedding],
});

/** The condition vector of a log-SNR and classes: [1 or n, embedding]. Sines and cosines of log-SNR, as in training/unet.py. */
export function condition(weights: Weights, frequencies: number, logSnr: number, labels: readonly number[]): Tensor2D {
  const angles = Array.from({ length: frequencies }, (_, at) => (logSnr / 10) * 2 ** ((5 * at) / (frequencies - 1)) * (Math.PI / 2));
  const features = tensor([...angles.map(Math.sin), ...angles.map(Math.cos)], [1, 2 * frequencies]);
  const level = dense(weights, 'level2', silu(dense(weights, 'level1', features)));
  return silu(add(level, gather(weights['label.weight']!, tensor([...labels], [labels.length], 'int32')))) as Tensor2D;
}
