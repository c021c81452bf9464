// The judge, the same function as training/judge.py with its norms folded: a small CNN that reads digits.
import { maxPool, relu, reshape, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Config, Reader, Shapes } from '.';
import { exactly, fitting, whole, wholes } from './config';
import { convolutionShapes, convolved, dense, denseShapes } from './layers';
import { told } from './watch';

interface Shape {
  readonly size: number;
  readonly channels: number;
  readonly widths: readonly number[];
  readonly pools: readonly number[];
  readonly features: number;
}
const shapeOf = (config: Config) => config as unknown as Shape;

const sideAfter = (size: number, pools: readonly number[]) => pools.reduce((side, pool) => (pool ? Math.floor(side / 2) : side), size);

function shapes(config: Config, classes: number): Shapes {
  const { size, channels, widths, pools, features } = shapeOf(config);
  const side = sideAfter(size, pools);
  return Object.assign(
    {},
    ...widths.map((width, at) => convolutionShapes(`conv${at + 1}`, 3, widths[at - 1] ?? channels, width)),
    denseShapes('features', side * side * widths[widths.length - 1]!, features),
    denseShapes('head', features, classes),
  ) as Shapes;
}

export const judge: Reader = {
  kind: 'reader',
  item: (config) => [shapeOf(config).size, shapeOf(config).size, shapeOf(config).channels],
  rules: (classes) => ({
    size: whole(4, 1024),
    channels: whole(1, 16),
    pools: fitting(
      wholes(undefined, 0, 1),
      'with something left of `size`',
      (pools: number[], { size }: Shape) => sideAfter(size, pools) > 0,
    ),
    widths: fitting(
      wholes(undefined, 1, 4096),
      'one for each of `pools`',
      (widths: number[], { pools }: Shape) => widths.length === pools.length,
    ),
    features: whole(1, 4096),
    classes: exactly(classes),
  }),
  shapes,
  batch: 64,
  prepare: (weights) => ({ ...weights }),
  forward(weights, config, x, watch) {
    let h = x as Tensor4D;
    shapeOf(config).pools.forEach((pool, at) => {
      h = told(watch, `conv${at + 1}`, relu(convolved(weights, `conv${at + 1}`, h)));
      if (pool) h = maxPool(h, 2, 2, 'valid');
    });
    const features = told(watch, 'features', relu(dense(weights, 'features', reshape(h, [h.shape[0], -1]))));
    return { features, logits: told(watch, 'head', dense(weights, 'head', features)) };
  },
};
