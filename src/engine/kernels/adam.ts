// One step of Adam (Kingma and Ba 2015) on all weights at once, with their moving average.
import { add, concat, div, mul, reshape, split, sqrt, square, sub, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { isOwn, runOwn } from '.';

export interface AdamOptions {
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** 1 - beta1^t and 1 - beta2^t: both moments begin at 0. */
  readonly correction1: number;
  readonly correction2: number;
  /** Share of the moving average that stays, 0 to 1. */
  readonly keep: number;
  /** The gradient is multiplied by this first: below 1 where it is clipped. */
  readonly scale: number;
}

/** `state` [4, p]: weights, first and second moments, moving average of the weights; `gradient` [p]. Returns the next state. */
export function adam(state: Tensor2D, gradient: Tensor1D, options: AdamOptions): Tensor2D {
  if (isOwn('Adam')) return runOwn('Adam', { state, gradient }, { ...options });
  const { rate, beta1, beta2, epsilon, correction1, correction2, keep, scale } = options;
  return tidy(() => {
    const [weights, first, second, average] = split(state, 4, 0) as [Tensor2D, Tensor2D, Tensor2D, Tensor2D];
    const clipped = reshape(mul(gradient, scale), weights.shape);
    const m = add<Tensor2D>(mul(first, beta1), mul(clipped, 1 - beta1));
    const v = add<Tensor2D>(mul(second, beta2), mul(square(clipped), 1 - beta2));
    const next = sub<Tensor2D>(weights, div(mul(m, rate / correction1), add(sqrt(mul(v, 1 / correction2)), epsilon)));
    return concat([next, m, v, add<Tensor2D>(mul(average, keep), mul(next, 1 - keep))], 0);
  });
}
