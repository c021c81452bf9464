// Convolution with stride 1, a bias and what is added to it, with its gradients.
import {
  add,
  avgPool,
  conv2d,
  customGrad,
  engine,
  FusedConv2D,
  mul,
  reshape,
  reverse,
  transpose,
  type NamedTensorMap,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { isOwn, runOwn, type Save } from '.';
import { sumRows } from './total';

/** What a convolution may be given beside its input, filter and bias. */
export interface Beside {
  /** [n, h, w, o], which is added. */
  readonly residual?: Tensor4D | undefined;
  /** `spreadOf` the filter. Without it every call spreads it anew. */
  readonly spread?: Tensor | undefined;
}

/** x [n, h, w, i] * filter [s, s, i, o], s odd, zeros beyond the border, + bias [o] + residual. Gradients for all four. */
export function convolve(x: Tensor4D, filter: Tensor4D, bias: Tensor1D, { residual, spread }: Beside = {}): Tensor4D {
  const inputs = residual ? [x, filter, bias, residual] : [x, filter, bias];
  return customGrad((...given) => {
    const save = given.pop() as unknown as Save;
    save([x, filter]);
    return {
      value: forward(x, filter, bias, residual, spread),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [input, weight] = saved as [Tensor4D, Tensor4D];
        const mine = [
          inputGradient(dy as Tensor4D, weight),
          filterGradient(input, dy as Tensor4D, weight.shape),
          biasGradient(dy as Tensor4D),
        ];
        return residual ? [...mine, dy] : mine;
      },
    };
  })(...inputs) as Tensor4D;
}

/** Our kernels read four channels at a time. */
const isFit = ([side, , fanIn, fanOut]: Tensor4D['shape']) => (side === 1 || side === 3) && fanIn % 4 === 0 && fanOut % 4 === 0;

/** Whether the processor convolves by Winograd's way, with filters that are spread to [4, 4, i, o]. */
const isSpread = (shape: Tensor4D['shape']) => shape[0] === 3 && isFit(shape) && isOwn('Winograd');

/** The filter as Winograd's way wants it, for those who convolve with it more than once; nothing where it is not gone. */
export const spreadOf = (filter: Tensor): Tensor | undefined =>
  filter.rank === 4 && isSpread(filter.shape as Tensor4D['shape']) ? spreadFilter(filter, false) : undefined;

const spreadFilter = (weights: Tensor, turned: boolean): Tensor => runOwn('SpreadFilter', { weights }, { turned });

function forward(x: Tensor4D, filter: Tensor4D, bias: Tensor1D, residual?: Tensor4D, spread?: Tensor): Tensor4D {
  const added: NamedTensorMap = residual ? { residual } : {};
  if (isFit(filter.shape) && isOwn('Convolve')) return runOwn('Convolve', { x, filter, bias, ...added });
  if (isSpread(filter.shape))
    return runOwn('Winograd', { x, filter, spread: spread ?? spreadFilter(filter, false), bias, ...added }, { turned: false });
  const attributes = { strides: 1, pad: 'same', dataFormat: 'NHWC', dilations: 1, activation: 'linear' };
  const found = engine().runKernel(FusedConv2D, { x, filter, bias }, attributes) as Tensor4D;
  return residual ? add(residual, found) : found;
}

/** A convolution of dy with the filter turned by half and its channels exchanged. */
function inputGradient(dy: Tensor4D, filter: Tensor4D): Tensor4D {
  if (isFit(filter.shape) && isOwn('ConvolveInputGradient')) return runOwn('ConvolveInputGradient', { dy, filter });
  if (isSpread(filter.shape)) return runOwn('Winograd', { x: dy, filter, spread: spreadFilter(filter, true) }, { turned: true });
  return conv2d(dy, transpose(reverse(filter, [0, 1]), [0, 1, 3, 2]), 1, 'same');
}

/** Sums over all places: pooling sums channels as they lie. */
function biasGradient(dy: Tensor4D): Tensor1D {
  const [, height, width, channels] = dy.shape;
  if (channels % 4 === 0 && isOwn('ConvolveBiasGradient')) return sumRows(runOwn('ConvolveBiasGradient', { dy }));
  return mul(sumRows(reshape(avgPool(dy, [height, width], 1, 'valid'), [-1, channels])), height * width);
}

/**
 * Without a kernel of ours a convolution of x with dy, channels taken for pictures and pictures for channels: tfjs's own is missing on
 * wasm. `shape` is that of the filter.
 */
export function filterGradient(x: Tensor4D, dy: Tensor4D, shape: Tensor4D['shape']): Tensor4D {
  const [side] = shape;
  if (isFit(shape) && isOwn('ConvolveFilterGradient')) {
    // In one part or several.
    const parts = runOwn<Tensor4D>('ConvolveFilterGradient', { x, dy }, { side });
    const [count] = parts.shape;
    return reshape(count === 1 ? parts : sumRows(reshape(parts, [count, -1])), shape);
  }
  const reach = (side - 1) / 2;
  // Said for every side: of one number tfjs makes the right padding for square pictures alone.
  const found = conv2d(transpose(x, [3, 1, 2, 0]), transpose(dy, [1, 2, 0, 3]), 1, [
    [0, 0],
    [reach, reach],
    [reach, reach],
    [0, 0],
  ]);
  return transpose(found, [1, 2, 0, 3]);
}
