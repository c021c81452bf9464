// Sums over the first axis.
import { sum, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { isOwn, runOwn } from '.';

/** [p, n] to [n]. Without a gradient: gradients are made of it. */
export function sumRows(values: Tensor2D): Tensor1D {
  if (isOwn('SumRows')) return runOwn('SumRows', { values });
  return sum(values as Tensor, 0) as Tensor1D;
}
