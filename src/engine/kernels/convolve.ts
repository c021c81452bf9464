// Convolution with stride 1, a bias and what is added to it, with its gradients.
import {
  add,
  avgPool,
  concat,
  conv2d,
  customGrad,
  engine,
  FusedConv2D,
  matMul,
  mul,
  pad,
  reshape,
  reverse,
  slice,
  sum,
  transpose,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { isOwn, runOwn, type Save } from '.';

/**
 * x [n, h, w, i] * filter [s, s, i, o], s odd, zeros beyond the border, + bias [o] + residual [n, h, w, o] where there is one.
 * Gradients for all four.
 */
export function convolve(x: Tensor4D, filter: Tensor4D, bias: Tensor1D, residual?: Tensor4D): Tensor4D {
  const inputs = residual ? [x, filter, bias, residual] : [x, filter, bias];
  return customGrad((...given) => {
    const save = given.pop() as unknown as Save;
    save([x, filter]);
    return {
      value: forward(x, filter, bias, residual),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [input, weight] = saved as [Tensor4D, Tensor4D];
        const mine = [inputGradient(dy as Tensor4D, weight), filterGradient(input, dy as Tensor4D, weight), biasGradient(dy as Tensor4D)];
        return residual ? [...mine, dy] : mine;
      },
    };
  })(...inputs) as Tensor4D;
}

/** Our kernels read four channels at a time. */
const isFit = ({ shape: [side, , fanIn, fanOut] }: Tensor4D) => (side === 1 || side === 3) && fanIn % 4 === 0 && fanOut % 4 === 0;

function forward(x: Tensor4D, filter: Tensor4D, bias: Tensor1D, residual?: Tensor4D): Tensor4D {
  if (isFit(filter) && isOwn('Convolve')) return runOwn('Convolve', residual ? { x, filter, bias, residual } : { x, filter, bias });
  const attributes = { strides: 1, pad: 'same', dataFormat: 'NHWC', dilations: 1, activation: 'linear' };
  const found = engine().runKernel(FusedConv2D, { x, filter, bias }, attributes) as Tensor4D;
  return residual ? add(residual, found) : found;
}

/** A convolution of dy with the filter turned by half and its channels exchanged. */
function inputGradient(dy: Tensor4D, filter: Tensor4D): Tensor4D {
  if (isFit(filter) && isOwn('ConvolveInputGradient')) return runOwn('ConvolveInputGradient', { dy, filter });
  return conv2d(dy, transpose(reverse(filter, [0, 1]), [0, 1, 3, 2]), 1, 'same');
}

/** Sums over all places: pooling sums channels as they lie. */
function biasGradient(dy: Tensor4D): Tensor1D {
  const [, height, width, channels] = dy.shape;
  if (channels % 4 === 0 && isOwn('ConvolveBiasGradient')) return sum(runOwn<Tensor2D>('ConvolveBiasGradient', { dy }), 0);
  return mul(sum(reshape(avgPool(dy, [height, width], 1, 'valid'), [-1, channels]), 0), height * width);
}

/** For each place of the filter, the product of the shifted picture and dy: wasm has no kernel for it. */
function filterGradient(x: Tensor4D, dy: Tensor4D, filter: Tensor4D): Tensor4D {
  const side = filter.shape[0];
  if (isFit(filter) && isOwn('ConvolveFilterGradient'))
    return reshape(sum(runOwn<Tensor4D>('ConvolveFilterGradient', { x, dy }, { side }), 0), filter.shape);
  const [count, height, width, fanIn] = x.shape;
  const fanOut = dy.shape[3];
  const reach = (side - 1) / 2;
  const padded = reach ? pad(x, [[0, 0], [reach, reach], [reach, reach], [0, 0]]) : x; // prettier-ignore
  const rows = reshape(dy, [-1, fanOut]) as Tensor2D;
  const places = Array.from({ length: side * side }, (_, at) => {
    const shifted = slice(padded, [0, Math.floor(at / side), at % side, 0], [count, height, width, fanIn]);
    return reshape(matMul(reshape(shifted, [-1, fanIn]) as Tensor2D, rows, true), [1, fanIn, fanOut]);
  });
  return reshape(concat(places, 0), [side, side, fanIn, fanOut]);
}
