// Ablation: parts of a network switched off or held still for a run, as a wrapper around the denoiser's forwards.
import { tensor, zerosLike } from '@tensorflow/tfjs-core';
import type { Ablation } from '.';
import type { Probe } from './forward';
import type { Branch } from './model';

/**
 * `zero` puts zeros in the place of a part's output. `freeze` holds it at what it was when the run first computed it, for each branch of
 * guidance and each part of a batch its own; that is kept in main memory, so that a device may be lost meanwhile, and goes with the run.
 */
export function ablating(ablations: readonly Ablation[]): (branch: Branch) => Probe {
  const ways = new Map(ablations.map(({ layer, how }) => [layer, how]));
  const frozen = new Map<string, { readonly values: Float32Array; readonly shape: number[] }>();
  return (branch) => (from, keep) => (part, value) => {
    const how = ways.get(part);
    if (how === undefined) return undefined;
    if (how === 'zero') return zerosLike(value);
    const key = `${branch} ${from} ${part}`;
    const held = frozen.get(key);
    if (held) return tensor(held.values, held.shape);
    keep(value, (values) => frozen.set(key, { values, shape: value.shape }));
    return undefined;
  };
}
