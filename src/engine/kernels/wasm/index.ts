// Registers our kernels with tfjs's WebAssembly backend: a small module of our own on the same memory.
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { registerOwn } from '..';
import type { AdamOptions } from '../adam';
import type { NormAttributes } from '../normalise';
import type { ParticleSizes } from '../particles';
import * as binaries from './binary';

type Inputs<Name extends string> = Record<Name, TensorInfo>;

/** What tfjs's backend has inside. */
interface Inside {
  readonly wasm: { readonly asm: { readonly memory: WebAssembly.Memory } };
  makeOutput(shape: readonly number[], dtype: 'float32'): TensorInfo;
}

type Call = (name: string, ...args: (number | TensorInfo | undefined)[]) => number | undefined;

const bytesOf = (binary: string) => Uint8Array.from(atob(binary), (character) => character.charCodeAt(0));

/** Sums of products come with the fused multiply-add of relaxed SIMD where the browser has it; nothing where it has no SIMD at all. */
export const productsHere = () => (['fused', 'products'] as const).find((name) => WebAssembly.validate(bytesOf(binaries[name])));

/** One instance for each backend: a new one has a new memory. */
const instances = new WeakMap<BackendWasm, Call>();

/** Calls a function of ours with tensors by their places in memory; one that is missing stands at 0. */
function caller(backend: BackendWasm): Call {
  const known = instances.get(backend);
  if (known) return known;
  const { memory } = (backend as unknown as Inside).wasm.asm;
  const open = (bytes: BufferSource, imports: WebAssembly.Imports) =>
    new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory }, ...imports }).exports;
  const sums = open(bytesOf(binaries[productsHere()!]), {});
  const exports = { ...sums, ...open(bytesOf(binaries.kernels), { products: sums }) };
  const call: Call = (name, ...args) =>
    (exports[name] as (...numbers: number[]) => number | undefined)(
      ...args.map((value) => (typeof value === 'object' ? backend.getMemoryOffset(value.dataId) : (value ?? 0))),
    );
  instances.set(backend, call);
  return call;
}

const blank = (backend: BackendWasm, ...shape: number[]): TensorInfo => (backend as unknown as Inside).makeOutput(shape, 'float32');

/** Pictures, places, channels, groups, and the step from one picture's gain to the next: 0 where all have the same. */
function normSizes({ x, gain }: Inputs<'x' | 'gain'>, { groups, epsilon }: NormAttributes): number[] {
  const [count = 1, height = 1, width = 1, channels = 1] = x.shape;
  return [count, height * width, channels, groups, gain.shape[0] === 1 ? 0 : gain.shape[gain.shape.length - 1]!, epsilon];
}

type WinogradInputs = Inputs<'x' | 'filter' | 'spread'> & Partial<Inputs<'bias' | 'residual'>>;
type Kernel = (backend: BackendWasm, inputs: never, attributes: never) => TensorInfo | TensorInfo[];

const kernels: Record<string, Kernel> = {
  Normalise(backend, inputs: Inputs<'x' | 'gain' | 'shift'>, attributes: NormAttributes) {
    const y = blank(backend, ...inputs.x.shape);
    const at = ({ dataId }: TensorInfo, numbers = 0) => backend.getMemoryOffset(dataId) + 4 * numbers;
    const [gain, shift] = [at(inputs.gain, attributes.gainAt), at(inputs.shift, attributes.shiftAt)];
    caller(backend)('normalise', inputs.x, gain, shift, y, ...normSizes(inputs, attributes));
    return y;
  },
  NormaliseGradients(backend, inputs: Inputs<'x' | 'gain' | 'shift' | 'dy'>, attributes: NormAttributes) {
    const { x, gain, shift, dy } = inputs;
    const dx = blank(backend, ...x.shape);
    const [dGain, dShift] = [blank(backend, x.shape[0]!, x.shape[3]!), blank(backend, x.shape[0]!, x.shape[3]!)];
    caller(backend)('normaliseGradients', x, gain, shift, dy, dx, dGain, dShift, ...normSizes(inputs, attributes));
    return [dx, dGain, dShift];
  },
  SpreadFilter(backend, { weights }: Inputs<'weights'>, { turned }: { readonly turned: boolean }) {
    const [, , first = 4, second = 4] = weights.shape;
    const [fan, channels] = turned ? [second, first] : [first, second];
    const found = blank(backend, 4, 4, fan, 8 * Math.ceil(channels / 8));
    caller(backend)('spreadFilter', weights, found, fan, channels, Number(turned));
    return found;
  },
  Winograd(backend, { x, filter, spread, bias, residual }: WinogradInputs, { turned }: { readonly turned: boolean }) {
    const [count = 1, height = 1, width = 1, fan = 4] = x.shape;
    const channels = filter.shape[turned ? 2 : 3]!;
    const call = caller(backend);
    const scratch = blank(backend, call('winogradScratch', fan, channels)!);
    const y = blank(backend, count, height, width, channels);
    call('winograd', x, spread, bias, residual, y, scratch, count, height, width, fan, channels);
    backend.disposeData(scratch.dataId);
    return y;
  },
  Particles(backend, { x, packed, given }: Inputs<'x' | 'packed' | 'given'>, sizes: ParticleSizes) {
    const { coordinates, waves, width, layers } = sizes;
    const call = caller(backend);
    const scratch = blank(backend, call('particleScratch', coordinates, waves, width, layers)!);
    const y = blank(backend, ...x.shape);
    call('particles', x, packed, given, y, scratch, x.shape[0]!, coordinates, waves, width, layers);
    backend.disposeData(scratch.dataId);
    return y;
  },
  ConvolveFilterGradient(backend, { x, dy }: Inputs<'x' | 'dy'>, { side }: { readonly side: number }) {
    const [count = 1, height = 1, width = 1, fan = 4] = x.shape;
    const channels = dy.shape[3]!;
    const found = blank(backend, 1, side * side, fan, channels);
    caller(backend)('filterGradient', x, dy, found, count, height, width, fan, channels, side);
    return found;
  },
  Adam(backend, { state, gradient }: Inputs<'state' | 'gradient'>, options: AdamOptions) {
    const { rate, beta1, beta2, epsilon, correction1, correction2, keep, scale } = options;
    const next = blank(backend, ...state.shape);
    const numbers = [state.shape[1]!, rate, beta1, beta2, epsilon, correction1, correction2, keep, scale];
    caller(backend)('adam', state, gradient, next, ...numbers);
    return next;
  },
};

/** Does nothing where the browser's WebAssembly has no SIMD: tfjs's own kernels compute there. */
export function registerKernels(): void {
  if (!productsHere()) return;
  const entries = Object.entries(kernels).map(([name, kernel]): [string, KernelFunc] => [
    name,
    ({ inputs, backend, attrs }) => kernel(backend as unknown as BackendWasm, inputs as never, attrs as never),
  ]);
  registerOwn('wasm', Object.fromEntries(entries));
}
