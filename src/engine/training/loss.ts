// The loss of some examples and its gradients: mean squared error of v (Salimans and Ho 2022).
import {
  concat,
  engine,
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
import { givenBy, placed, questionOf } from '../networks/question';
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
export function lossOf(
  { network, config, places }: Learning,
  weights: readonly Tensor[],
  { noisy, target, logSnr, labels, count }: Examples,
  batch: number,
): { losses: Tensor1D; gradient: Tensor1D } {
  let losses: Tensor1D | undefined;
  const whole = (...tables: Tensor[]) => {
    const table = Object.fromEntries(places.map(({ name }, at) => [name, tables[at]!]));
    const shape = [count, ...network.item(config)];
    const question = questionOf(givenBy(network, config, { x: noisy, logSnr, labels }).map(placed));
    const v = network.forward(network.prepare(table, config), config, question);
    const difference = reshape(sub(v, tensor(target, shape)), [count, -1]);
    losses = keep(mul(sum(square(difference), 1), 1 / difference.shape[1]!)) as Tensor1D;
    return mul(sum(losses), 1 / batch) as Scalar;
  };
  try {
    const gradient = tidy(() => {
      const { grads } = valueAndGrads(whole)([...weights]);
      return concat(grads.map((part) => reshape(part, [-1]))) as Tensor1D;
    });
    return { losses: losses!, gradient };
  } catch (why) {
    losses?.dispose();
    dropTape();
    throw why;
  }
}

/** Where a gradient fails half way, tfjs leaves all that was kept for it, just when memory is short. */
function dropTape(): void {
  const { state } = engine();
  for (const { saved } of state.activeTape ?? []) for (const one of saved ?? []) one.dispose();
  state.activeTape = [];
}
