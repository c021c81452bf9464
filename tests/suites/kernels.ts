// What every kernel of ours must give: the numbers of tfjs's own operations on plain JavaScript, forward and back.
import {
  grads,
  profile,
  tensor,
  tidy,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { attend } from '../../src/engine/kernels/attend';
import { convolve } from '../../src/engine/kernels/convolve';
import { dense } from '../../src/engine/kernels/dense';
import { groupsOf, normalise } from '../../src/engine/kernels/normalise';
import { cloud } from '../../src/engine/networks/cloud';
import { givenBy, placed, questionOf } from '../../src/engine/networks/question';
import { normals } from '../../src/engine/noise';

type Operation = (...inputs: never[]) => Tensor;

export interface KernelCase {
  readonly name: string;
  /** Our kernel that computes it on WebGPU, and on wasm; left out where it is left to tfjs. */
  readonly own?: string;
  readonly ownOnWasm?: string;
  /** Shapes of its inputs; each is differentiated by. */
  readonly shapes: readonly (readonly number[])[];
  readonly operation: Operation;
  /** A mean of the first input that a sum of squares would not survive. */
  readonly raised?: number;
}

const convolution = (count: number, side: number, width: number, fanIn: number, fanOut: number, residual: boolean): KernelCase => ({
  ...(fanIn % 4 || fanOut % 4 ? {} : { own: 'Convolve', ...(side === 3 ? { ownOnWasm: 'Winograd' } : {}) }),
  name: `convolve ${side} x ${side}, ${count} x ${width} x ${width}, ${fanIn} to ${fanOut}${residual ? ', with a residual' : ''}`,
  shapes: [[count, width, width, fanIn], [side, side, fanIn, fanOut], [fanOut], ...(residual ? [[count, width, width, fanOut]] : [])],
  operation: (x: Tensor4D, filter: Tensor4D, bias: Tensor1D, rest?: Tensor4D) => convolve(x, filter, bias, { residual: rest }),
});

const norm = (count: number, width: number, channels: number, groups: number, films: number): KernelCase => ({
  ...((channels / groups) % 4 && channels / groups !== 2 ? {} : { own: 'Normalise', ownOnWasm: 'Normalise' }),
  name: `normalise ${count} x ${width} x ${width} x ${channels} in ${groups} groups, ${films} gains`,
  shapes: [
    [count, width, width, channels],
    [films, 1, 1, channels],
    [films, 1, 1, channels],
  ],
  operation: (x: Tensor4D, gain: Tensor4D, shift: Tensor4D) => normalise(x, gain, shift, groupsOf(channels, groups)),
  raised: 3,
});

export const kernelCases: readonly KernelCase[] = [
  convolution(2, 3, 16, 32, 32, true),
  convolution(3, 3, 7, 8, 12, false),
  // Two of these pictures have more tiles than Winograd's way takes at a time, and no multiple of four.
  convolution(2, 3, 17, 4, 8, true),
  convolution(2, 1, 8, 192, 64, false),
  // Channels that are no multiple of four are left to tfjs.
  convolution(1, 3, 5, 3, 6, true),
  norm(2, 16, 32, 8, 1),
  norm(3, 4, 128, 8, 3),
  norm(2, 7, 24, 2, 2),
  // Two groups of two channels are computed as one run.
  norm(1, 4, 16, 8, 1),
  norm(3, 5, 8, 4, 3),
  // Groups of six channels are left to tfjs.
  norm(2, 4, 24, 4, 1),
  { name: 'dense 5 x 24 to 36', shapes: [[5, 24], [24, 36], [36]], operation: (x: Tensor2D, w: Tensor2D, b: Tensor1D) => dense(x, w, b) },
  { name: 'dense of one row', shapes: [[1, 64], [64, 128], [128]], operation: (x: Tensor2D, w: Tensor2D, b: Tensor1D) => dense(x, w, b) },
  { name: 'dense to 3', shapes: [[9, 16], [16, 3], [3]], operation: (x: Tensor2D, w: Tensor2D, b: Tensor1D) => dense(x, w, b) },
  { name: 'attend', shapes: [[3, 10, 16], [3, 7, 16], [3, 7, 16]], operation: (q: Tensor3D, k: Tensor3D, v: Tensor3D) => attend(q, k, v) }, // prettier-ignore
];

const sizeOf = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);

const inputsOf = ({ shapes, raised = 0 }: KernelCase): Float32Array[] =>
  shapes.map((shape, at) => {
    const values = normals(7, at, sizeOf(shape));
    return at === 0 ? values.map((value) => value + raised) : values;
  });

const tensors = ({ shapes }: KernelCase, values: readonly Float32Array[]) => values.map((one, at) => tensor(one, [...shapes[at]!]));

/** How much each number of the output weighs in the loss. */
const weighing = (size: number) => normals(7, 99, size);

/** Output, and gradients of the weighed loss by all inputs, on the present backend. */
export async function results(one: KernelCase): Promise<Float32Array[]> {
  const inputs = tensors(one, inputsOf(one));
  const output = tidy(() => one.operation(...(inputs as never[])));
  const weights = tensor(weighing(output.size), output.shape);
  const backward = tidy(() => grads((...given) => one.operation(...(given as never[])))(inputs, weights));
  const found = [output, ...backward];
  const values = await Promise.all(found.map((each) => each.data()));
  [...found, ...inputs, weights].forEach((each) => each.dispose());
  return values.map((each) => Float32Array.from(each));
}

/** The slope of the weighed loss along a direction of input `at`, by a central difference; and that direction. */
export async function slope(one: KernelCase, at: number): Promise<{ difference: number; direction: Float32Array }> {
  const [values, step] = [inputsOf(one), 0.01];
  const direction = normals(8, at, values[at]!.length);
  const loss = async (sign: number) => {
    const moved = values.map((each, index) => (index === at ? each.map((value, place) => value + sign * step * direction[place]!) : each));
    const inputs = tensors(one, moved);
    const output = tidy(() => one.operation(...(inputs as never[])));
    const numbers = Float32Array.from(await output.data());
    [output, ...inputs].forEach((each) => each.dispose());
    const weights = weighing(numbers.length);
    return numbers.reduce((total, value, place) => total + value * weights[place]!, 0);
  };
  return { difference: ((await loss(1)) - (await loss(-1))) / (2 * step), direction };
}

export const cloudConfig = { points: 3, waves: 12, width: 64, layers: 2, embedding: 16, frequencies: 8 };

/** v of `count` points by a cloud network of made-up weights, on the present backend: in one kernel where there is one. */
export async function cloudOutput(count: number, config = cloudConfig): Promise<Float32Array> {
  const shapes = Object.entries(cloud.shapes(config, 4));
  const output = tidy(() => {
    const raw = shapes.map(([name, shape], at) => [
      name,
      tensor(
        normals(5, at, sizeOf(shape)).map((value) => value / 4),
        [...shape],
      ),
    ]);
    const weights = cloud.prepare(Object.fromEntries(raw) as Record<string, Tensor>, config);
    const asked = { x: normals(6, 0, count * config.points), logSnr: 1.5, labels: [2] };
    return cloud.forward(weights, config, questionOf(givenBy(cloud, config, asked).map(placed)));
  });
  const values = Float32Array.from(await output.data());
  output.dispose();
  return values;
}

/** Names of the kernels that computed a case, on the present backend. */
export async function computedBy(one: KernelCase): Promise<string[]> {
  const inputs = tensors(one, inputsOf(one));
  const { kernelNames } = await profile(() => tidy(() => one.operation(...(inputs as never[]))));
  inputs.forEach((each) => each.dispose());
  return kernelNames;
}
