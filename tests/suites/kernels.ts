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

/** Names of kernels of ours in the order of the alphabet, each as often as it runs. */
export interface Ran {
  readonly forward: readonly string[];
  readonly backward: readonly string[];
}

export interface KernelCase {
  readonly name: string;
  /** Our kernels that compute it; what is not there is left to tfjs. */
  readonly own: { readonly webgpu: Ran; readonly wasm: Ran };
  /** Its inputs with their shapes; each is differentiated by. */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  readonly operation: Operation;
  /** A mean of the first input that a variance out of sums of squares would not survive. */
  readonly raised?: number;
}

/** What is ours, by its name. */
const ours = [
  ...['Adam', 'Attention', 'Convolve', 'ConvolveBiasGradient', 'ConvolveFilterGradient', 'ConvolveInputGradient', 'MatrixProduct'],
  ...['Normalise', 'NormaliseGradients', 'Normals', 'Particles', 'SpreadFilter', 'SumRows', 'Winograd'],
];
/** In one line, for a test to say. */
export const inWords = ({ forward, backward }: Ran): string => `forward: ${forward.join(' ')}, back: ${backward.join(' ')}`;
export const none: Ran = { forward: [], backward: [] };

/** On WebGPU with a filter's gradient in one part; in several they are summed by one more of SumRows. */
function convolvedBy(side: number, fanIn: number, fanOut: number): KernelCase['own'] {
  // Channels that are no multiple of four are left to tfjs, but for the sum of the bias's gradient.
  if (fanIn % 4 || fanOut % 4) return { webgpu: { forward: [], backward: ['SumRows'] }, wasm: none };
  const winograd = side === 3 ? ['SpreadFilter', 'Winograd'] : [];
  return {
    webgpu: { forward: ['Convolve'], backward: ['ConvolveBiasGradient', 'ConvolveFilterGradient', 'ConvolveInputGradient', 'SumRows'] },
    wasm: { forward: winograd, backward: ['ConvolveFilterGradient', ...winograd] },
  };
}

const convolution = (count: number, side: number, width: number, fanIn: number, fanOut: number, residual: boolean): KernelCase => ({
  own: convolvedBy(side, fanIn, fanOut),
  name: `convolve ${side} x ${side}, ${count} x ${width} x ${width}, ${fanIn} to ${fanOut}${residual ? ', with a residual' : ''}`,
  inputs: {
    x: [count, width, width, fanIn],
    filter: [side, side, fanIn, fanOut],
    bias: [fanOut],
    ...(residual ? { residual: [count, width, width, fanOut] } : {}),
  },
  operation: (x: Tensor4D, filter: Tensor4D, bias: Tensor1D, rest?: Tensor4D) => convolve(x, filter, bias, { residual: rest }),
});

function normalisedBy(count: number, inGroup: number, films: number): KernelCase['own'] {
  if (inGroup % 4 && inGroup !== 2) return { webgpu: none, wasm: none };
  const wasm: Ran = { forward: ['Normalise'], backward: ['NormaliseGradients'] };
  // One gain for several pictures has the sum of theirs.
  return { wasm, webgpu: { ...wasm, backward: [...wasm.backward, ...(films === 1 && count > 1 ? ['SumRows', 'SumRows'] : [])] } };
}

const norm = (count: number, width: number, channels: number, groups: number, films: number): KernelCase => ({
  own: normalisedBy(count, channels / groups, films),
  name: `normalise ${count} x ${width} x ${width} x ${channels} in ${groups} groups, ${films} gains`,
  inputs: { x: [count, width, width, channels], gain: [films, 1, 1, channels], shift: [films, 1, 1, channels] },
  operation: (x: Tensor4D, gain: Tensor4D, shift: Tensor4D) => normalise(x, gain, shift, groupsOf(channels, groups)),
  raised: 30,
});

const product = (rows: number, fanIn: number, fanOut: number): KernelCase => ({
  // Those with columns by four: x times the weights, the gradient of x, and that of the weights.
  own: {
    webgpu:
      fanOut % 4
        ? { forward: [], backward: ['MatrixProduct', 'SumRows'] }
        : { forward: ['MatrixProduct'], backward: ['MatrixProduct', 'MatrixProduct', 'SumRows'] },
    wasm: none,
  },
  name: `dense ${rows} x ${fanIn} to ${fanOut}`,
  inputs: { x: [rows, fanIn], weight: [fanIn, fanOut], bias: [fanOut] },
  operation: (x: Tensor2D, weight: Tensor2D, bias: Tensor1D) => dense(x, weight, bias),
});

export const kernelCases: readonly KernelCase[] = [
  convolution(2, 3, 16, 32, 32, true),
  convolution(3, 3, 7, 8, 12, false),
  // Two of these pictures have more tiles than Winograd's way takes at a time, and no multiple of four.
  convolution(2, 3, 17, 4, 8, true),
  convolution(2, 1, 8, 192, 64, false),
  convolution(1, 3, 5, 3, 6, true),
  norm(2, 16, 32, 8, 1),
  norm(3, 4, 128, 8, 3),
  norm(2, 7, 24, 2, 2),
  // Two groups of two channels are computed as one run.
  norm(1, 4, 16, 8, 1),
  norm(3, 5, 8, 4, 3),
  // Groups of six channels are left to tfjs.
  norm(2, 4, 24, 4, 1),
  product(5, 24, 36),
  product(1, 64, 128),
  product(9, 16, 3),
  {
    name: 'attend',
    own: { webgpu: { forward: ['Attention'], backward: [] }, wasm: none },
    inputs: { q: [3, 10, 16], k: [3, 7, 16], v: [3, 7, 16] },
    operation: (q: Tensor3D, k: Tensor3D, v: Tensor3D) => attend(q, k, v),
  },
];

const sizeOf = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);

const inputsOf = ({ inputs, raised = 0 }: KernelCase): Float32Array[] =>
  Object.values(inputs).map((shape, at) => {
    const values = normals(7, at, sizeOf(shape));
    return at === 0 ? values.map((value) => value + raised) : values;
  });

const tensors = ({ inputs }: KernelCase, values: readonly Float32Array[]) =>
  Object.values(inputs).map((shape, at) => tensor(values[at]!, [...shape]));

/** What the numbers at this place of `results` are. */
export const placeOf = ({ inputs }: KernelCase, at: number): string => (at === 0 ? 'output' : `gradient of ${Object.keys(inputs)[at - 1]}`);

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

type CloudConfig = typeof cloudConfig;
const pointsOf = (count: number, { points }: CloudConfig) => normals(6, 0, count * points);
/** Angles well beyond half a turn, in both directions. */
const reach = 16;

/** A cloud's weights of made-up numbers, in the order of their names. */
const cloudWeights = (config: CloudConfig) =>
  Object.entries(cloud.shapes(config, 4)).map(([name, shape], at) => {
    const scale = name === 'waves.weight' ? reach / 4 : 1 / 4;
    return { name, shape, values: normals(5, at, sizeOf(shape)).map((value) => value * scale) };
  });

/** The angles of which such a network takes sine and cosine. */
export function cloudAngles(count: number, config: CloudConfig): number[] {
  const { points, waves } = config;
  const x = pointsOf(count, config);
  const { values } = cloudWeights(config).find(({ name }) => name === 'waves.weight')!;
  const angle = (point: number, wave: number) =>
    Array.from({ length: points }, (_, at) => x[point * points + at]! * values[at * waves + wave]!).reduce((sum, part) => sum + part);
  return Array.from({ length: count * waves }, (_, at) => angle(Math.floor(at / waves), at % waves));
}

/** v of `count` points by such a network, on the present backend: in one kernel where there is one. */
export async function cloudOutput(count: number, config = cloudConfig): Promise<Float32Array> {
  const output = tidy(() => {
    const raw = cloudWeights(config).map(({ name, shape, values }) => [name, tensor(values, [...shape])]);
    const weights = cloud.prepare(Object.fromEntries(raw) as Record<string, Tensor>, config);
    const asked = { x: pointsOf(count, config), logSnr: 1.5, labels: [2] };
    return cloud.forward(weights, config, questionOf(givenBy(cloud, config, asked).map(placed)));
  });
  const values = Float32Array.from(await output.data());
  output.dispose();
  return values;
}

const run = ({ operation }: KernelCase, inputs: readonly Tensor[]) => operation(...(inputs as never[]));

/** Our kernels that compute a case on the present backend, forward and back. */
export async function computedBy(one: KernelCase): Promise<Ran> {
  const inputs = tensors(one, inputsOf(one));
  const oursOf = async (work: () => Tensor[]) =>
    (await profile(() => tidy(work))).kernels.map(({ name }) => name).filter((name) => ours.includes(name));
  const forward = await oursOf(() => [run(one, inputs)]);
  const all = await oursOf(() => {
    const output = run(one, inputs);
    return [output, ...grads((...given) => run(one, given))(inputs, output)];
  });
  inputs.forEach((each) => each.dispose());
  // The gradients take the forward once more.
  return { forward: forward.sort(), backward: all.slice(2 * forward.length).sort() };
}
