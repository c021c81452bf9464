// Convolution with stride 1, a bias and what is added to it, with its gradients.
import {
  add,
  concat,
  conv2d,
  customGrad,
  engine,
  FusedConv2D,
  matMul,
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
        const mine = [inputGradient(dy as Tensor4D, weight), filterGradient(input, dy as Tensor4D, weight.shape[0]), sum(dy, [0, 1, 2])];
        return residual ? [...mine, dy] : mine;
      },
    };
  })(...inputs) as Tensor4D;
}

function forward(x: Tensor4D, filter: Tensor4D, bias: Tensor1D, residual?: Tensor4D): Tensor4D {
  if (isOwn('Convolve')) return runOwn('Convolve', residual ? { x, filter, bias, residual } : { x, filter, bias });
  const attributes = { strides: 1, pad: 'same', dataFormat: 'NHWC', dilations: 1, activation: 'linear' };
  const found = engine().runKernel(FusedConv2D, { x, filter, bias }, attributes) as Tensor4D;
  return residual ? add(residual, found) : found;
}

/** A convolution of dy with the filter turned by half and its channels exchanged. */
function inputGradient(dy: Tensor4D, filter: Tensor4D): Tensor4D {
  if (isOwn('ConvolveInputGradient')) return runOwn('ConvolveInputGradient', { dy, filter });
  return conv2d(dy, transpose(reverse(filter, [0, 1]), [0, 1, 3, 2]), 1, 'same');
}

/** For each place of the filter, the product of the shifted picture and dy: wasm has no kernel for it. */
function filterGradient(x: Tensor4D, dy: Tensor4D, side: number): Tensor4D {
  if (isOwn('ConvolveFilterGradient')) return runOwn('ConvolveFilterGradient', { x, dy }, { side });
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
