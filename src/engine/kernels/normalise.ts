// SiLU of group normalisation, with its gradients.
import {
  add,
  avgPool,
  customGrad,
  engine,
  matMul,
  mul,
  reshape,
  rsqrt,
  sigmoid,
  square,
  sub,
  sum,
  tensor,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { isOwn, runOwn, type Save } from '.';
import { sumRows } from './total';

const epsilon = 1e-5;

/** Our kernels read four channels at a time: one group or a part of it, or two groups of two. */
const isFit = (channels: number, groups: number) => channels % 4 === 0 && ((channels / groups) % 4 === 0 || channels / groups === 2);

/** Which channels are normalised together. */
export interface Groups {
  readonly count: number;
  /** [c, c]: averages the channels of each group, and gives every channel the average of its group. */
  readonly matrix: Tensor2D;
}

/** What our kernels are told beside the tensors. */
export interface NormAttributes {
  readonly groups: number;
  readonly epsilon: number;
  /** Where gain and shift begin in their rows. */
  readonly gainAt?: number;
  readonly shiftAt?: number;
}

export function groupsOf(channels: number, count: number): Groups {
  const size = channels / count;
  const group = (channel: number) => Math.floor(channel / size);
  const shares = Float32Array.from({ length: channels * channels }, (_, at) =>
    group(Math.floor(at / channels)) === group(at % channels) ? 1 / size : 0,
  );
  return { count, matrix: tensor(shares, [channels, channels]) };
}

/**
 * silu(xhat * gain + shift), xhat being x [n, h, w, c] at mean 0 and variance 1 (biased, + 1e-5) over each group of channels
 * (Wu and He 2018). gain and shift [1 or n, 1, 1, c]. Gradients for all three.
 */
export function normalise(x: Tensor4D, gain: Tensor4D, shift: Tensor4D, groups: Groups): Tensor4D {
  return customGrad((...given) => {
    const save = given.pop() as unknown as Save;
    save([x, gain, shift, groups.matrix]);
    return {
      value: forward(x, gain, shift, groups),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [input, g, s, matrix] = saved as [Tensor4D, Tensor4D, Tensor4D, Tensor2D];
        return gradients(dy as Tensor4D, input, g, s, { count: groups.count, matrix });
      },
    };
  })(x, gain, shift) as Tensor4D;
}

/** Gain and shift of several norms in rows [1 or n, m], and where those of one begin: both at multiples of 4. */
export interface Film {
  readonly films: Tensor2D;
  readonly gainAt: number;
  readonly shiftAt: number;
}

/** Whether `normaliseBy` can compute so many channels in so many groups here: our kernels read a film where it stands, and have no gradient for it. */
export const readsFilms = (channels: number, groups: number): boolean =>
  engine().state.gradientDepth === 0 && isFit(channels, groups) && isOwn('Normalise');

/** The same as `normalise`, without cutting gain and shift out of their rows. */
export const normaliseBy = (x: Tensor4D, { films, gainAt, shiftAt }: Film, groups: Groups): Tensor4D =>
  runOwn('Normalise', { x, gain: films, shift: films }, { groups: groups.count, epsilon, gainAt, shiftAt });

/** Means over each picture and group. Pooling sums channels as they lie; a mean over two axes would move all numbers first. */
function average(values: Tensor4D, { matrix }: Groups): Tensor4D {
  const [, height, width, channels] = values.shape;
  const pooled = reshape(avgPool(values, [height, width], 1, 'valid'), [-1, channels]) as Tensor2D;
  return reshape(matMul(pooled, matrix), [-1, 1, 1, channels]);
}

function forward(x: Tensor4D, gain: Tensor4D, shift: Tensor4D, groups: Groups): Tensor4D {
  if (isFit(x.shape[3], groups.count) && isOwn('Normalise'))
    return runOwn('Normalise', { x, gain, shift }, { groups: groups.count, epsilon, gainAt: 0, shiftAt: 0 });
  const centred = sub<Tensor4D>(x, average(x, groups));
  const scale = mul(rsqrt(add(average(square(centred), groups), epsilon)), gain);
  const u = add<Tensor4D>(mul<Tensor4D>(centred, scale), shift);
  return mul(u, sigmoid(u));
}

/** Of x, gain and shift. */
function gradients(dy: Tensor4D, x: Tensor4D, gain: Tensor4D, shift: Tensor4D, groups: Groups): Tensor[] {
  const perPicture = gain.shape[0] > 1 || x.shape[0] === 1;
  if (isFit(x.shape[3], groups.count) && isOwn('NormaliseGradients')) {
    const inputs = { x, gain, shift, dy };
    // Of gain and shift for each picture: [n, c].
    const found = engine().runKernel('NormaliseGradients', inputs, { groups: groups.count, epsilon }) as Tensor[];
    const [dx, ...films] = found as [Tensor, Tensor, Tensor];
    return [dx, ...films.map((values) => reshape(perPicture ? values : sumRows(values as Tensor2D), gain.shape))];
  }
  const centred = sub<Tensor4D>(x, average(x, groups));
  const scale = rsqrt(add(average(square(centred), groups), epsilon));
  const xhat = mul<Tensor4D>(centred, scale);
  const u = add<Tensor4D>(mul<Tensor4D>(xhat, gain), shift);
  const s = sigmoid(u);
  const du = mul<Tensor4D>(dy, mul(s, add(mul(u, sub(1, s)), 1)));
  const dxhat = mul<Tensor4D>(du, gain);
  const rest = add<Tensor4D>(average(dxhat, groups), mul<Tensor4D>(xhat, average(mul<Tensor4D>(dxhat, xhat), groups)));
  const axes = gain.shape[0] === 1 ? [0, 1, 2] : [1, 2];
  const shaped = (values: Tensor) => reshape(sum(values, axes), gain.shape);
  return [mul(scale, sub(dxhat, rest)), shaped(mul(du, xhat)), shaped(du)];
}
