// Layers that several networks share, in few tensor operations: on wasm and WebGPU each call costs more than its numbers.
import { add, mul, sigmoid, type Tensor, type Tensor1D, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Question, Shapes, Weights } from '.';
import { convolve, spreadOf } from '../kernels/convolve';
import { dense as denseOf } from '../kernels/dense';
import { rowsOf } from '../kernels/rows';
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
  convolve(x, weights[`${name}.weight`] as Tensor4D, weights[`${name}.bias`] as Tensor1D, { residual, spread: weights[`${name}.spread`] });

/** Weights with the filters of their convolutions in the form that the present backend is quickest with, where it has one of its own. */
export const withSpread = (weights: Weights): Weights => ({
  ...weights,
  ...Object.fromEntries(
    Object.entries(weights).flatMap(([name, weight]) => {
      const spread = /\.weight$/.test(name) && spreadOf(weight);
      return spread ? [[name.replace(/weight$/, 'spread'), spread]] : [];
    }),
  ),
});

/** Shapes of what `condition` reads. */
export const conditionShapes = (frequencies: number, embedding: number, labels: number): Shapes => ({
  ...denseShapes('level1', 2 * frequencies, embedding),
  ...denseShapes('level2', embedding, embedding),
  'label.weight': [labels, embedding],
});

/** The condition vector [1 or n, embedding] of what is asked beside x. */
export function condition(weights: Weights, { waves, labels }: Question, watch?: Watch): Tensor2D {
  const level = told(watch, 'level2', dense(weights, 'level2', silu(told(watch, 'level1', dense(weights, 'level1', waves)))));
  const label = told(watch, 'label', rowsOf(weights['label.weight'] as Tensor2D, labels));
  return told(watch, 'condition', silu(add(told(watch, 'time', level), told(watch, 'class', label)))) as Tensor2D;
}
