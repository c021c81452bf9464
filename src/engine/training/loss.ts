// The loss of some examples and its gradients: mean squared error of v (Salimans and Ho 2022).
import {
  concat,
  keep,
  mul,
  reshape,
  square,
  sub,
  sum,
  tensor,
  tidy,
  valueAndGrads,
  type Scalar,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core';
import type { Config, Denoiser } from '../networks';
import type { Examples } from './examples';
import './gradients';
import type { Place } from './parameters';

export interface Learning {
  readonly network: Denoiser;
  readonly config: Config;
  readonly places: readonly Place[];
}

/**
 * Loss of each of `examples` [n], and the gradient [p] of their sum over `batch`. `weights` are the tables by place; what is folded of
 * them is folded anew, within the gradient. The caller disposes both.
 */
export function lossOf({ network, config, places }: Learning, weights: readonly Tensor[], examples: Examples, batch: number): { losses: Tensor1D; gradient: Tensor1D } {
  return tidy(() => {
    const { noisy, target, logSnr, labels, count } = examples;
    const shape = [count, ...network.item(config)];
    let losses!: Tensor1D;
    const { value, grads } = valueAndGrads((...tables: Tensor[]) => {
      const table = Object.fromEntries(places.map(({ name }, at) => [name, tables[at]!]));
      const v = network.forward(network.prepare(table, config), config, { x: tensor(noisy, shape), logSnr, labels });
      const difference = reshape(sub(v, tensor(target, shape)), [count, -1]);
      losses = keep(mul(sum(square(difference), 1), 1 / difference.shape[1]!)) as Tensor1D;
      return mul(sum(losses), 1 / batch) as Scalar;
    })([...weights]);
    value.dispose();
    return { losses, gradient: concat(grads.map((part) => reshape(part, [-1]))) as Tensor1D };
  });
}
