// Registers our kernels with tfjs's WebGPU backend.
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { registerOwn, registerPlayer } from '..';
import type { AdamOptions } from '../adam';
import type { NormAttributes } from '../normalise';
import type { ParticleSizes } from '../particles';
import { adam } from './adam';
import { attention } from './attention';
import { convolve, type Convolution } from './convolve';
import { biasGradient, filterGradient, inputGradient } from './gradients';
import { multiply, type Product, type ProductOptions } from './multiply';
import { normals } from './normals';
import { normalise, normaliseFilms, normaliseInputGradient, normaliseSums, type Norm } from './normalise';
import { particles } from './particles';
import { createPlayer } from './replay';
import { sumRows } from './rows';
import { convolveSplit } from './split';
import { convolveTiled } from './tiled';
import { few, variants, type Convolving } from './variants';

type Inputs<Name extends string> = Record<Name, TensorInfo>;
type Kernel = (backend: WebGPUBackend, inputs: never, attributes: never) => TensorInfo | TensorInfo[];

const normOptions = (attributes: NormAttributes) => ({ ...attributes, lanes: variants().normalise });

const convolutions: Record<Convolving, (backend: WebGPUBackend, given: Convolution) => TensorInfo> = {
  registers: (backend, given) => convolve(backend, given, { pixels: 4, runs: 1, lanes: 64 }),
  tiled: convolveTiled,
  split: convolveSplit,
};

const isFew = ({ x: { shape }, filter }: Convolution) => shape[0]! * shape[1]! * shape[2]! * filter.shape[3]! <= few;

const kernels: Record<string, Kernel> = {
  Convolve: (backend, inputs: Convolution) =>
    convolutions[isFew(inputs) ? variants().convolveFew : variants().convolveMany](backend, inputs),
  ConvolveInputGradient: (backend, { dy, filter }: Inputs<'dy' | 'filter'>) => inputGradient(backend, dy, filter),
  ConvolveFilterGradient: (backend, { x, dy }: Inputs<'x' | 'dy'>, { side }: { side: 1 | 3 }) =>
    filterGradient(backend, x, dy, side, variants().parts === 'many' ? x.shape[0]! : 1),
  ConvolveBiasGradient: (backend, { dy }: Inputs<'dy'>) => biasGradient(backend, dy),
  Normalise: (backend, norm: Norm, options: NormAttributes) => normalise(backend, norm, normOptions(options)),
  NormaliseGradients(backend, { dy, ...norm }: Norm & Inputs<'dy'>, options: NormAttributes) {
    const sums = normaliseSums(backend, dy, norm, normOptions(options));
    const dx = normaliseInputGradient(backend, dy, norm, sums);
    const films = normaliseFilms(backend, sums);
    backend.disposeData(sums.dataId);
    return [dx, ...films];
  },
  MatrixProduct: (backend, product: Product, options: ProductOptions) => multiply(backend, product, options),
  Attention: (backend, { q, k, v }: Inputs<'q' | 'k' | 'v'>) => attention(backend, q, k, v),
  Adam: (backend, { state, gradient }: Inputs<'state' | 'gradient'>, options: AdamOptions) => adam(backend, state, gradient, options),
  Normals: (backend, _: Inputs<never>, { seed, stream, count }: { seed: number; stream: number; count: number }) =>
    normals(backend, seed, stream, count),
  SumRows: (backend, { values }: Inputs<'values'>) => sumRows(backend, values),
  Particles: (backend, inputs: Inputs<'x' | 'packed' | 'given'>, sizes: ParticleSizes) => particles(backend, inputs, sizes),
};

/** To be called once the backend's own kernels are registered. */
export function registerKernels(): void {
  const entries = Object.entries(kernels).map(([name, kernel]): [string, KernelFunc] => [
    name,
    ({ inputs, backend, attrs }) => kernel(backend as unknown as WebGPUBackend, inputs as never, attrs as never),
  ]);
  registerOwn('webgpu', Object.fromEntries(entries));
  registerPlayer('webgpu', createPlayer);
}
