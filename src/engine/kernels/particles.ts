// The network of the particle cloud in one kernel, where the backend has it; its weights are packed for that.
import { concat, engine, pad, reshape, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Weights } from '../networks';
import { isOwn, runOwn } from '.';

export interface ParticleSizes {
  readonly coordinates: number;
  readonly waves: number;
  readonly width: number;
  readonly layers: number;
}

/** Whether `particles` can take this network; one that is being differentiated goes layer by layer. */
export const isParticleKernel = ({ coordinates, waves, width }: ParticleSizes): boolean =>
  engine().state.gradientDepth === 0 &&
  coordinates <= 4 &&
  width % 8 === 0 &&
  width >= 32 &&
  width <= 256 &&
  // Eight points' features and channels share a workgroup's memory; so much of it every card has.
  32 * (coordinates + 2 * waves + width) <= 16_384 &&
  isOwn('Particles');

/** `packed`: stem, hidden layers, head (padded to four columns) and waves one after the other, each matrix before its bias. */
export function packParticles(weights: Weights, { coordinates, layers }: ParticleSizes): Weights {
  if (coordinates > 4) return {};
  const flat = (name: string) => reshape(weights[name]!, [-1]);
  const dense = (name: string) => [flat(`${name}.weight`), flat(`${name}.bias`)];
  const wide = (value: Tensor2D) => reshape(pad(value, [[0, 0], [0, 4 - coordinates]]), [-1]); // prettier-ignore
  const bias = reshape(weights['head.bias']!, [1, coordinates]) as Tensor2D;
  const parts = [
    ...dense('stem'),
    ...Array.from({ length: layers }, (_, at) => dense(`layers.${at}`)).flat(),
    wide(weights['head.weight'] as Tensor2D),
    wide(bias),
    flat('waves.weight'),
  ];
  const length = parts.reduce((sum, part) => sum + part.size, 0);
  const packed = concat(parts, 0);
  // Read four at a time.
  return { packed: length % 4 ? pad(packed, [[0, 4 - (length % 4)]]) : packed }; // prettier-ignore
}

/** v [n, coordinates] of x [n, coordinates], under one condition: `given` holds scale and shift of every layer, then the features' gains. */
export const particles = (x: Tensor2D, packed: Tensor, given: Tensor, sizes: ParticleSizes): Tensor2D =>
  runOwn('Particles', { x, packed, given }, { ...sizes });
