// The particle cloud, the same function as training/cloud.py: an MLP that denoises single points under one condition.
import { add, concat, cos, matMul, mul, sin, split, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Config, Denoiser, Shapes, Weights } from '.';
import { isParticleKernel, packParticles, particles } from '../kernels/particles';
import { whole } from './config';
import { operationsOf } from './cost';
import { condition, conditionShapes, dense, denseShapes, silu } from './layers';
import { told } from './watch';

interface Shape {
  readonly points: number;
  readonly waves: number;
  readonly width: number;
  readonly embedding: number;
  readonly layers: number;
  readonly frequencies: number;
}
const shapeOf = (config: Config) => config as unknown as Shape;

const sizesOf = (config: Config) => {
  const { points, waves, width, layers } = shapeOf(config);
  return { coordinates: points, waves, width, layers };
};

/** Whether one kernel of ours computes the whole network on the present backend; otherwise its sines are the backend's own. */
export const isOneKernel = (config: Config): boolean => isParticleKernel(sizesOf(config));

function shapes(config: Config, classes: number): Shapes {
  const { points, waves, width, embedding, layers, frequencies } = shapeOf(config);
  const features = points + 2 * waves;
  const found: Record<string, readonly number[]> = { 'waves.weight': [points, waves] };
  for (let at = 0; at < layers; at++) Object.assign(found, denseShapes(`layers.${at}`, width, width));
  for (let at = 0; at <= layers; at++) Object.assign(found, denseShapes(`films.${at}`, embedding, 2 * width));
  return {
    ...found,
    ...denseShapes('stem', features, width),
    ...denseShapes('gain', embedding, features),
    ...denseShapes('head', width, points),
    ...conditionShapes(frequencies, embedding, classes),
  };
}

/** The 1 of (1 + scale) and (1 + gain) goes into the biases, and all that depends on the condition is one dense layer. */
function prepare(weights: Weights, config: Config): Weights {
  const { layers } = shapeOf(config);
  const films = Array.from({ length: layers + 1 }, (_, at) => `films.${at}`);
  const raised = films.map((name) => {
    const [scale, shift] = split(weights[`${name}.bias`]!, 2) as [Tensor, Tensor];
    return concat([add(scale, 1), shift], 0);
  });
  const rest = Object.entries(weights).filter(([name]) => !/^(films|gain)\./.test(name));
  return {
    ...Object.fromEntries(rest),
    ...packParticles(weights, sizesOf(config)),
    'given.weight': concat([...films.map((name) => weights[`${name}.weight`]!), weights['gain.weight']!], 1),
    'given.bias': concat([...raised, add(weights['gain.bias']!, 1)], 0),
  };
}

export const cloud: Denoiser = {
  kind: 'denoiser',
  item: (config) => [shapeOf(config).points],
  nothing: () => undefined,
  frequencies: (config) => shapeOf(config).frequencies,
  rules: () => ({
    points: whole(1, 8),
    waves: whole(1, 4096),
    width: whole(1, 4096),
    layers: whole(1, 64),
    embedding: whole(1, 4096),
    // The steps between frequencies are shares of one less than there are.
    frequencies: whole(2, 1024),
  }),
  shapes,
  operations: (config, classes) => operationsOf(shapes(config, classes)),
  batch: 1024,
  prepare,
  forward(weights, config, question, watch) {
    const { layers } = shapeOf(config);
    const x = question.x as Tensor2D;
    const vector = condition(weights, question, watch);
    const width = weights['stem.bias']!.size;
    const features = weights['stem.weight']!.shape[0]!;
    const given = dense(weights, 'given', vector);
    if (!watch && given.shape[0] === 1 && isOneKernel(config)) return particles(x, weights.packed!, given, sizesOf(config));
    const films = split(given, [...Array<number>(2 * (layers + 1)).fill(width), features], 1);
    const gain = told(watch, 'gain', films[films.length - 1]!);

    const waves = told(watch, 'waves', matMul(x, weights['waves.weight'] as Tensor2D));
    let h = told(watch, 'stem', dense(weights, 'stem', mul(concat([x, sin(waves), cos(waves)], 1), gain)));
    for (let at = 0; at <= layers; at++) {
      const active = told(watch, `films.${at}`, silu(add(mul(h, films[2 * at]!), films[2 * at + 1]!)));
      if (at === layers) return told(watch, 'head', dense(weights, 'head', active));
      h = add(h, told(watch, `layers.${at}`, dense(weights, `layers.${at}`, active)));
    }
    return h;
  },
};
