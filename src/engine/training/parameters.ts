// The weights of a network as one vector: which stands where, their first values, and the tables that are cut from it.
import { getBackend, reshape, split, tensor, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';
import type { Shapes } from '../networks';
import { normals, uniforms } from '../noise';
import type { Values } from '../weights';

export interface Place {
  readonly name: string;
  readonly shape: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** Where each weight stands in the vector; the last ends where the vector does. */
export function placesOf(shapes: Shapes): Place[] {
  let at = 0;
  return Object.entries(shapes).map(([name, shape]) => ({
    name,
    shape,
    from: at,
    to: (at += shape.reduce((product, side) => product * side, 1)),
  }));
}

export const countOf = (places: readonly Place[]): number => places.at(-1)?.to ?? 0;

/** The tables of the weights, as views of `vector` [p]. */
export function valuesOf(places: readonly Place[], vector: Float32Array): Record<string, Values> {
  return Object.fromEntries(places.map(({ name, shape, from, to }) => [name, { dtype: 'F32', shape, values: vector.subarray(from, to) }]));
}

/** The vector of such tables; nothing where they are those of another network. */
export function vectorOf(places: readonly Place[], values: Readonly<Record<string, Values>>): Float32Array | undefined {
  const vector = new Float32Array(countOf(places));
  const isOther = places.some(({ name, shape, from }) => {
    const found = values[name];
    if (found?.shape.join() !== shape.join()) return true;
    vector.set(found.values, from);
    return false;
  });
  return isOther || places.length !== Object.keys(values).length ? undefined : vector;
}

/** The same as tensors from a vector on the present backend. */
export function weightsOf(places: readonly Place[], vector: Tensor1D): Tensor[] {
  if (getBackend() === 'webgpu') {
    const sizes = places.map(({ from, to }) => to - from);
    return split(vector, sizes).map((part, at) => reshape(part, [...places[at]!.shape]));
  }
  // On wasm every part that is cut costs a copy of the whole.
  const values = vector.dataSync();
  return places.map(({ shape, from, to }) => tensor(values.subarray(from, to), [...shape]));
}

/** A key of its own, so that first weights are no sampler's noise. */
const mine = 0x5eed;
/** What adds nothing at first, so that a deep network begins as a shallow one. */
const zeros = /(^|\.)(conv2|films?|gain|head)\./;

/**
 * First weights, as in training/unet.py and training/cloud.py: gains 1, shifts 0, what ends a branch 0, classes normal, waves along
 * random axes with wave numbers 1 to 2^4.5; all else uniform within 1 / sqrt(fan-in), torch's choice for dense and convolution layers
 * (He et al. 2015, a = sqrt 5).
 */
export function firstWeights(places: readonly Place[], seed: number): Float32Array {
  const found = new Float32Array(countOf(places));
  places.forEach(({ name, shape, from, to }, index) => {
    const part = found.subarray(from, to);
    if (/(^|\.)norm\d?\.weight$/.test(name)) part.fill(1);
    else if (zeros.test(name) || /(^|\.)norm\d?\.bias$/.test(name)) part.fill(0);
    else if (name === 'label.weight') part.set(normals(seed ^ mine, index, part.length));
    else if (name === 'waves.weight') part.set(waves(shape as [number, number], normals(seed ^ mine, index, part.length)));
    else {
      // The weight of a bias lies just before it; its fan-in is all but its last side.
      const { shape: weight } = name.endsWith('.bias') ? places[index - 1]! : { shape };
      const bound = 1 / Math.sqrt(weight.slice(0, -1).reduce((product, side) => product * side, 1));
      uniforms(seed ^ mine, index, part.length).forEach((share, at) => (part[at] = (2 * share - 1) * bound));
    }
  });
  return found;
}

function waves([points, count]: readonly [number, number], axes: Float32Array): Float32Array {
  return axes.map((value, at) => {
    const column = at % count;
    const length = Math.hypot(...Array.from({ length: points }, (_, row) => axes[row * count + column]!));
    return (value / length) * 2 ** ((4.5 * column) / Math.max(1, count - 1));
  });
}
