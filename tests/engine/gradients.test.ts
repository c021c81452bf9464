// Gradients of all operations that bring their own, against finite differences and against tfjs's own on plain JavaScript.
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { describe, expect, it } from 'vitest';
import { attend } from '../../src/engine/kernels/attend';
import { convolve } from '../../src/engine/kernels/convolve';
import { dense } from '../../src/engine/kernels/dense';
import { groupsOf, normalise } from '../../src/engine/kernels/normalise';
import { convolveFolded, doubled, folded, halved, unfolded, unfoldedFilter } from '../../src/engine/kernels/resample';
import { rowsOf } from '../../src/engine/kernels/rows';
import { normals } from '../../src/engine/noise';
import { apart, use } from './models';

type Operation = (...inputs: tf.Tensor[]) => tf.Tensor;
interface Case {
  /** Kernels of ours that compute it on wasm. */
  readonly ours?: readonly string[];
  readonly shapes: readonly (readonly number[])[];
  readonly own: Operation;
  readonly stock: Operation;
}

const four = (x: tf.Tensor | undefined) => x as tf.Tensor4D;
const data = tf.tidy(() => normals(77, 0, 2 * 8 * 8 * 3));
const picture = () => tf.tensor4d(data, [2, 8, 8, 3]);
const rows = [2, 0, 2, 1, 2];

/** silu of normalisation in two groups by tfjs's own operations. */
function stockNormalise(x: tf.Tensor, gain: tf.Tensor, shift: tf.Tensor): tf.Tensor {
  const [count, height, width, channels] = four(x).shape;
  const grouped = tf.reshape(x, [count, height * width, 2, channels / 2]);
  const mean = tf.mean(grouped, [1, 3], true);
  const variance = tf.mean(tf.square(tf.sub(grouped, mean)), [1, 3], true);
  const xhat = tf.reshape(tf.mul(tf.sub(grouped, mean), tf.rsqrt(tf.add(variance, 1e-5))), four(x).shape);
  const u = tf.add(tf.mul(xhat, gain), shift);
  return tf.mul(u, tf.sigmoid(u));
}

/** tfjs's own gradient of resizeNearestNeighbor on plain JavaScript is not that of finite differences. */
function stockDoubled(x: tf.Tensor | undefined): tf.Tensor {
  const [count, height, width, channels] = four(x).shape;
  const rows = tf.reshape(x!, [count, height, 1, width * channels]);
  const tall = tf.reshape(tf.concat([rows, rows], 2), [count, 2 * height, width, 1, channels]);
  return tf.reshape(tf.concat([tall, tall], 3), [count, 2 * height, 2 * width, channels]);
}

const convolution: Operation = (x, filter, bias, residual) => {
  const found = tf.add(tf.conv2d(four(x), four(filter), 1, 'same'), bias!);
  return residual ? tf.add(found, residual) : found;
};
const ownConvolution: Operation = (x, filter, bias, residual) =>
  convolve(four(x), four(filter), bias as tf.Tensor1D, { residual: residual && four(residual) });
const ownNormalise: Operation = (x, gain, shift) => normalise(four(x), four(gain), four(shift), groupsOf(four(x).shape[3], 2));

const winograd = ['ConvolveFilterGradient', 'SpreadFilter', 'Winograd'];
/** Pictures, gains and shifts. */
const films = (count: number, channels: number, gains: number) => [
  [count, 4, 4, channels],
  [gains, 1, 1, channels],
  [gains, 1, 1, channels],
];

// Channels that our kernels refuse, and such as they take.
const cases: Record<string, Case> = {
  'convolve 3x3': { shapes: [[2, 5, 4, 3], [3, 3, 3, 6], [6]], own: ownConvolution, stock: convolution },
  'convolve 3x3 with a residual': { shapes: [[3, 4, 4, 6], [3, 3, 6, 4], [4], [3, 4, 4, 4]], own: ownConvolution, stock: convolution },
  'convolve 1x1': { shapes: [[2, 4, 4, 8], [1, 1, 8, 3], [3]], own: ownConvolution, stock: convolution },
  'convolve 3x3 by our kernels': {
    ours: winograd,
    shapes: [[2, 5, 4, 4], [3, 3, 4, 8], [8]],
    own: ownConvolution,
    stock: convolution,
  },
  'convolve 3x3 with a residual by our kernels': {
    ours: winograd,
    shapes: [[3, 4, 7, 8], [3, 3, 8, 4], [4], [3, 4, 7, 4]],
    own: ownConvolution,
    stock: convolution,
  },
  'convolve 1x1 by our kernel': {
    ours: ['ConvolveFilterGradient'],
    shapes: [[2, 4, 4, 8], [1, 1, 8, 4], [4]],
    own: ownConvolution,
    stock: convolution,
  },
  'normalise groups of four by our kernels, one gain for all': {
    ours: ['Normalise', 'NormaliseGradients'],
    shapes: films(3, 8, 1),
    own: ownNormalise,
    stock: stockNormalise,
  },
  'normalise groups of two by our kernels, a gain for each': {
    ours: ['Normalise', 'NormaliseGradients'],
    shapes: films(3, 4, 3),
    own: ownNormalise,
    stock: stockNormalise,
  },
  dense: {
    shapes: [[5, 8], [8, 12], [12]],
    own: (x, weight, bias) => dense(x as tf.Tensor2D, weight as tf.Tensor2D, bias as tf.Tensor1D),
    stock: (x, weight, bias) => tf.add(tf.matMul(x!, weight!), bias!),
  },
  attend: {
    shapes: [
      [2, 5, 8],
      [2, 3, 8],
      [2, 3, 8],
    ],
    own: (q, k, v) => attend(q as tf.Tensor3D, k as tf.Tensor3D, v as tf.Tensor3D),
    stock: (q, k, v) => tf.matMul(tf.softmax(tf.div(tf.matMul(q!, k!, false, true), Math.sqrt(8))), v!),
  },
  'normalise, one gain for all': { shapes: films(3, 6, 1), own: ownNormalise, stock: stockNormalise },
  'normalise, a gain for each': { shapes: films(3, 6, 3), own: ownNormalise, stock: stockNormalise },
  halved: { shapes: [[2, 4, 6, 3]], own: (x) => halved(four(x)), stock: (x) => tf.avgPool(four(x), 2, 2, 'valid') },
  doubled: { shapes: [[2, 3, 2, 4]], own: (x) => doubled(four(x)), stock: stockDoubled },
  unfolded: {
    shapes: [[2, 3, 2, 12]],
    own: (x) => unfolded(four(x), 2),
    stock: (x) => tf.reshape(tf.transpose(tf.reshape(x!, [2, 3, 2, 2, 2, 3]), [0, 1, 3, 2, 4, 5]), [2, 6, 4, 3]),
  },
  convolveFolded: {
    shapes: [[3, 3, 12, 5]],
    own: (filter) => convolveFolded(picture(), unfoldedFilter(four(filter), 2), 2),
    stock: (filter) => tf.conv2d(folded(picture(), 2), four(filter), 1, 'same'),
  },
  rowsOf: {
    shapes: [[4, 6]],
    own: (table) => rowsOf(table as tf.Tensor2D, tf.tensor1d(rows, 'int32')),
    stock: (table) => tf.gather(table!, tf.tensor1d(rows, 'int32')),
  },
};

const sizeOf = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);
/** Values of the inputs; gains lie about 1. */
const valuesOf = ({ shapes }: Case) =>
  shapes.map((shape, at) =>
    normals(at + 1, 0, sizeOf(shape)).map((value) => (shape[1] === 1 && at === 1 && shape[0]! > 1 ? 1 + 0.3 * value : value)),
  );
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((sum, value, at) => sum + value * b[at]!, 0);

/** The output weighed by fixed numbers, summed in double precision; and the gradients of that for all inputs. */
function gradientsOf(operation: Operation, { shapes }: Case, values: readonly Float32Array[]) {
  return tf.tidy(() => {
    const inputs = values.map((part, at) => tf.tensor(part, [...shapes[at]!]));
    const output = operation(...inputs).dataSync();
    const weights = normals(99, 0, output.length);
    const scalar = (...given: tf.Tensor[]) => {
      const found = operation(...given);
      return tf.sum(tf.mul(found, tf.tensor(weights, found.shape)));
    };
    return {
      value: dot(output, weights),
      output,
      gradients: tf
        .grads(scalar)(inputs)
        .map((part) => part.dataSync() as Float32Array),
    };
  });
}

describe.each(Object.entries(cases))('%s', (_, one) => {
  it.each(['cpu', 'wasm'] as const)('on %s has the gradients of tfjs, and of finite differences', async (backend) => {
    const values = valuesOf(one);
    await use('cpu');
    const stock = gradientsOf(one.stock, one, values);
    await use(backend);
    const before = tf.memory().numTensors;
    const own = gradientsOf(one.own, one, values);
    expect(tf.memory().numTensors).toBe(before);
    expect(apart(own.output as Float32Array, stock.output as Float32Array), 'output').toBeLessThan(1e-5);
    own.gradients.forEach((gradient, at) => {
      const direction = normals(50 + at, 0, gradient.length);
      const moved = (by: number) =>
        values.map((part, index) => (index === at ? part.map((value, place) => value + by * direction[place]!) : part));
      const step = 4e-3;
      const [up, down] = [step, -step].map((by) => gradientsOf(one.own, one, moved(by)).value) as [number, number];
      const scale = Math.sqrt(dot(gradient, gradient)) * Math.sqrt(dot(direction, direction));
      expect(Math.abs((up - down) / (2 * step) - dot(gradient, direction)) / scale, `input ${at} by differences`).toBeLessThan(1e-3);
      expect(apart(gradient, stock.gradients[at]!), `input ${at}`).toBeLessThan(1e-4);
    });
  });

  it('is computed on wasm by the kernels of ours that are for it', async () => {
    await use('wasm');
    const { kernelNames } = await tf.profile(() => gradientsOf(one.own, one, valuesOf(one)).gradients);
    const isOurs = (name: string) => tf.getKernel(name, 'wasm') && !tf.getKernel(name, 'cpu');
    expect(kernelNames.filter(isOurs).sort().join(' ')).toBe((one.ours ?? []).join(' '));
  });
});
