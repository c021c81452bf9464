// Pictures at other resolutions: halved, doubled, and pixels folded into channels and back, with their gradients.
import {
  avgPool,
  conv2d,
  customGrad,
  depthToSpace,
  engine,
  mul,
  reshape,
  ResizeNearestNeighbor,
  transpose,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { Save } from '.';
import { filterGradient } from './convolve';

/** Means of 2 x 2 pixels: [n, h, w, c] to [n, h / 2, w / 2, c]. */
export const halved = (x: Tensor4D): Tensor4D =>
  customGrad(() => ({ value: half(x), gradFunc: (dy: Tensor) => mul(double(dy as Tensor4D), 0.25) }))(x) as Tensor4D;

/** Twice as high and wide, every pixel repeated. */
export const doubled = (x: Tensor4D): Tensor4D =>
  customGrad(() => ({ value: double(x), gradFunc: (dy: Tensor) => mul(half(dy as Tensor4D), 4) }))(x) as Tensor4D;

/** Channels as pixels: [n, h, w, patch^2 c] to [n, patch h, patch w, c]. */
export const unfolded = (x: Tensor4D, patch: number): Tensor4D =>
  customGrad(() => ({
    value: patch === 1 ? x.clone() : depthToSpace(x, patch),
    gradFunc: (dy: Tensor) => folded(dy as Tensor4D, patch),
  }))(x) as Tensor4D;

/** Pixels as channels: [n, h, w, c] to [n, h / patch, w / patch, patch^2 c]. Without a gradient. */
export function folded(x: Tensor4D, patch: number): Tensor4D {
  const [count, height, width, channels] = x.shape;
  const [rows, columns] = [height / patch, width / patch];
  // Rows of pixels and channels stay together: four sides are all that some kernels exchange.
  const cells = transpose(reshape(x, [count * rows, patch, columns, patch * channels]), [0, 2, 1, 3]);
  return reshape(cells, [count, rows, columns, patch * patch * channels]);
}

/** A filter for folded pictures [s, s, patch^2 i, o] as one for the pictures themselves [patch s, patch s, i, o], and back. */
export function unfoldedFilter(filter: Tensor4D, patch: number): Tensor4D {
  const [height, width, depth, out] = filter.shape;
  const channels = depth / (patch * patch);
  const cells = transpose(reshape(filter, [height, width, patch, patch, channels, out]), [0, 2, 1, 3, 4, 5]);
  return reshape(cells, [height * patch, width * patch, channels, out]);
}

/**
 * The convolution of a folded picture, in one operation: x [n, h, w, i] * filter [patch s, patch s, i, o] with stride `patch`.
 * A gradient for the filter alone: x is data here.
 */
export function convolveFolded(x: Tensor4D, filter: Tensor4D, patch: number): Tensor4D {
  const [height, width, channels, out] = filter.shape;
  const shape: Tensor4D['shape'] = [height / patch, width / patch, channels * patch * patch, out];
  return customGrad((...given) => {
    const save = given.pop() as unknown as Save;
    save([x]);
    return {
      value: conv2d(x, filter, patch, (filter.shape[0] - patch) / 2),
      gradFunc: (dy: Tensor, [data]: Tensor[]) =>
        unfoldedFilter(filterGradient(folded(data as Tensor4D, patch), dy as Tensor4D, shape), patch),
    };
  })(filter) as Tensor4D;
}

const half = (x: Tensor4D): Tensor4D => avgPool(x, 2, 2, 'valid');

/** Called by its kernel: the operation comes only in a bundle with all others on pictures. */
function double(images: Tensor4D): Tensor4D {
  const size = [images.shape[1] * 2, images.shape[2] * 2];
  return engine().runKernel(ResizeNearestNeighbor, { images }, { alignCorners: false, halfPixelCenters: false, size }) as Tensor4D;
}
