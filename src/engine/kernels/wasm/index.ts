// Registers our kernels with tfjs's WebAssembly backend: a small module of our own on the same memory.
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { registerOwn } from '..';
import type { AdamOptions } from '../adam';
import type { NormAttributes } from '../normalise';
import { binary } from './binary';

type Inputs<Name extends string> = Record<Name, TensorInfo>;

/** What tfjs's backend has inside. */
interface Inside {
  readonly wasm: { readonly asm: { readonly memory: WebAssembly.Memory } };
  makeOutput(shape: readonly number[], dtype: 'float32'): TensorInfo;
}

const bytes = () => Uint8Array.from(atob(binary), (character) => character.charCodeAt(0));

/** One instance for each backend: a new one has a new memory. */
const instances = new WeakMap<BackendWasm, (name: string, ...args: (number | TensorInfo)[]) => void>();

/** Calls a function of kernels.c with tensors by their places in memory. */
function caller(backend: BackendWasm): (name: string, ...args: (number | TensorInfo)[]) => void {
  const known = instances.get(backend);
  if (known) return known;
  const { memory } = (backend as unknown as Inside).wasm.asm;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes()), { env: { memory } });
  const call = (name: string, ...args: (number | TensorInfo)[]): void =>
    (exports[name] as (...numbers: number[]) => void)(
      ...args.map((value) => (typeof value === 'number' ? value : backend.getMemoryOffset(value.dataId))),
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
  if (!WebAssembly.validate(bytes())) return;
  const entries = Object.entries(kernels).map(([name, kernel]): [string, KernelFunc] => [
    name,
    ({ inputs, backend, attrs }) => kernel(backend as unknown as BackendWasm, inputs as never, attrs as never),
  ]);
  registerOwn('wasm', Object.fromEntries(entries));
}
