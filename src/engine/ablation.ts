// Ablation: parts of a network switched off or held still for a run, as a wrapper around the denoiser's forwards.
import { tensor, zerosLike } from '@tensorflow/tfjs-core';
import type { Ablation } from '.';
import type { Probe } from './forward';
import type { Branch } from './model';

/** One for the whole batch, where all items have the same. */
const shared = -1;

/**
 * `zero` puts zeros in the place of a part's output. `freeze` holds it at what it was when the run first computed it, for each branch of
 * guidance and each item its own; that is kept in main memory, so that a device may be lost or a batch computed in smaller parts
 * meanwhile, and goes with the run.
 */
export function ablating(ablations: readonly Ablation[]): (branch: Branch) => Probe {
  const ways = new Map(ablations.map(({ layer, how }) => [layer, how]));
  const frozen = new Map<string, Map<number, Float32Array>>();
  return (branch) => (from, keep, count) => (part, value) => {
    const how = ways.get(part);
    if (how === undefined) return undefined;
    if (how === 'zero') return zerosLike(value);
    const [rows = 1] = value.shape;
    const held = frozen.get(`${branch} ${part}`) ?? new Map<number, Float32Array>();
    frozen.set(`${branch} ${part}`, held);
    const items = Array.from({ length: rows }, (_, at) => held.get(from + at) ?? held.get(shared));
    if (items.every((item) => item !== undefined)) return tensor(joined(items), value.shape);
    const size = value.size / rows;
    const places = rows === 1 && count > 1 ? [shared] : Array.from({ length: rows }, (_, at) => from + at);
    keep(value, (values) => places.forEach((place, at) => held.set(place, values.slice(at * size, (at + 1) * size))));
    return undefined;
  };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const size = parts[0]?.length ?? 0;
  const found = new Float32Array(parts.length * size);
  parts.forEach((part, at) => found.set(part, at * size));
  return found;
}
