// The judge, the same function as training/judge.py with its norms folded: a small CNN that reads digits.
import { maxPool, relu, reshape, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Config, Reader } from '.';
import { exactly, whole, wholes } from './config';
import { convolve, dense } from './layers';

interface Shape {
  readonly size: number;
  readonly channels: number;
  readonly pools: readonly number[];
}
const shapeOf = (config: Config) => config as unknown as Shape;

export const judge: Reader = {
  kind: 'reader',
  item: (config) => [shapeOf(config).size, shapeOf(config).size, shapeOf(config).channels],
  rules: (classes) => ({ size: whole(4, 1024), channels: whole(1, 16), pools: wholes(undefined, 0, 1), classes: exactly(classes) }),
  batch: 64,
  prepare: (weights) => ({ ...weights }),
  forward(weights, config, x) {
    let h = x as Tensor4D;
    shapeOf(config).pools.forEach((pool, at) => {
      h = convolve(weights, `conv${at + 1}`, h, 'relu');
      if (pool) h = maxPool(h, 2, 2, 'valid');
    });
    const features = relu(dense(weights, 'features', reshape(h, [h.shape[0], -1])));
    return { features, logits: dense(weights, 'head', features) };
  },
};
