// Layers that several networks share, in few tensor operations: on wasm and WebGPU each call costs more than its numbers.
import {
  add,
  ResizeNearestNeighbor,
  engine,
  gather,
  mul,
  sigmoid,
  tensor,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { Shapes, Weights } from '.';
import { convolve } from '../kernels/convolve';
import { dense as denseOf } from '../kernels/dense';
import { told, type Watch } from './watch';

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
export const dense = (weights: Weights, name: string, x: Tensor): Tensor2D =>
  denseOf(x as Tensor2D, weights[`${name}.weight`] as Tensor2D, weights[`${name}.bias`] as Tensor1D);

/** 3x3 (padded by 1) or 1x1 convolution with bias, by the size of its filter; `residual` is added. */
export const convolved = (weights: Weights, name: string, x: Tensor4D, residual?: Tensor4D): Tensor4D =>
  convolve(x, weights[`${name}.weight`] as Tensor4D, weights[`${name}.bias`] as Tensor1D, residual);

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
export function condition(weights: Weights, frequencies: number, logSnr: number, labels: readonly number[], watch?: Watch): Tensor2D {
  const angles = Array.from({ length: frequencies }, (_, at) => (logSnr / 10) * 2 ** ((5 * at) / (frequencies - 1)) * (Math.PI / 2));
  const features = tensor([...angles.map(Math.sin), ...angles.map(Math.cos)], [1, 2 * frequencies]);
  const level = told(watch, 'level2', dense(weights, 'level2', silu(told(watch, 'level1', dense(weights, 'level1', features)))));
  const label = told(watch, 'label', gather(weights['label.weight']!, tensor([...labels], [labels.length], 'int32')));
  return told(watch, 'condition', silu(add(told(watch, 'time', level), told(watch, 'class', label)))) as Tensor2D;
}
