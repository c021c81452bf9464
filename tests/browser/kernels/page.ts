// Runs our kernels on this browser's WebGPU and hands their numbers to the test.
import { concat, engine, fill, slice, tensor, tidy, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { openGraphics, present, registerGraphics, startProcessor } from '../../../src/engine/device';
import { useKernels } from '../../../src/engine/kernels';
import { adam } from '../../../src/engine/kernels/adam';
import { productsHere } from '../../../src/engine/kernels/wasm';
import { plain, setVariants, type Variants } from '../../../src/engine/kernels/webgpu/variants';
import { createModel } from '../../../src/engine/model';
import { selfTest } from '../../../src/engine/selftest';
import { files } from '../../../src/engine/wasm';
import type { Manifest, Values } from '../../../src/engine/weights';
import { cloudOutput, computedBy, kernelCases, results, type KernelCase, type Ran } from '../../suites/kernels';

/** A kernel by its name, on numbers and shapes. */
export interface Bare {
  readonly kernel: string;
  readonly inputs: Readonly<Record<string, { readonly values: readonly number[]; readonly shape: readonly number[] }>>;
  readonly attributes: Readonly<Record<string, number>>;
}

/** Tensors as they come from the test. */
export type Plain = Readonly<Record<string, Omit<Values, 'values'> & { readonly values: readonly number[] }>>;
const valuesOf = (plain: Plain): Record<string, Values> =>
  Object.fromEntries(Object.entries(plain).map(([name, one]) => [name, { ...one, values: Float32Array.from(one.values) }]));

export interface Trials {
  open(): Promise<void>;
  /** Output and gradients of a case of the suite. */
  case(name: string, variants: Variants, which: 'own' | 'stock'): Promise<number[][]>;
  /** The same on this browser's WebAssembly, and our kernels that compute it there. */
  onWasm(name: string): Promise<{ values: number[][]; by: Ran }>;
  /** In which way sums of products are computed there. */
  products(): string | undefined;
  /** Those of our kernels that compute a case, with ours or tfjs's chosen. */
  by(name: string, variants: Variants, which: 'own' | 'stock'): Promise<Ran>;
  bare(what: Bare): Promise<number[]>;
  /** How far a model is off in the self-test that it brings. */
  selfTest(manifest: Manifest, values: Plain, test: Plain): Promise<number>;
  cloud(count: number): Promise<number[]>;
  /** The first and the last two of so many equal weights after a step of Adam. */
  longAdam(count: number): Promise<number[]>;
  /** Errors that the device reported and tfjs did not throw. */
  errors(): readonly string[];
}

const errors: string[] = [];

function caseOf(name: string): KernelCase {
  const one = kernelCases.find((each) => each.name === name);
  if (!one) throw new Error(`no case is called ${name}`);
  return one;
}

const trials: Trials = {
  async open() {
    const graphics = await openGraphics();
    if (!graphics) throw new Error('no WebGPU here');
    graphics.device.addEventListener('uncapturederror', ({ error }) => errors.push(error.message));
    await registerGraphics(graphics);
    await present('webgpu');
  },
  async case(name, variants, which) {
    setVariants(variants);
    useKernels(which);
    return (await results(caseOf(name))).map((values) => [...values]);
  },
  async onWasm(name) {
    await startProcessor('wasm', files());
    try {
      return { values: await trials.case(name, plain, 'own'), by: await computedBy(caseOf(name)) };
    } finally {
      await present('webgpu');
    }
  },
  products: productsHere,
  by(name, variants, which) {
    setVariants(variants);
    useKernels(which);
    return computedBy(caseOf(name)).finally(() => useKernels('own'));
  },
  async bare({ kernel, inputs, attributes }) {
    const found = tidy(() => {
      const given = Object.entries(inputs).map(([name, { values, shape }]) => [name, tensor([...values], [...shape])]);
      return engine().runKernel(kernel, Object.fromEntries(given) as Record<string, Tensor>, { ...attributes }) as Tensor;
    });
    const values = await found.data();
    found.dispose();
    return [...values];
  },
  async selfTest(manifest, values, test) {
    const model = createModel(manifest, valuesOf(values));
    return selfTest(model, valuesOf(test)).finally(() => model.dispose());
  },
  cloud: async (count) => [...(await cloudOutput(count))],
  async longAdam(count) {
    const ends = tidy(() => {
      const rows = [1, 0.1, 0.01, 1].map((value) => fill([1, count], value));
      const [rate, beta1, beta2, epsilon] = [0.5, 0.9, 0.99, 1e-8];
      const options = { rate, beta1, beta2, epsilon, correction1: 1, correction2: 1, keep: 0, scale: 1 };
      const next = adam(concat(rows, 0) as Tensor2D, fill([count], 1), options);
      return [0, 1, count - 2, count - 1].map((at) => slice(next, [0, at], [1, 1]));
    });
    const values = await Promise.all(ends.map((one) => one.data()));
    ends.forEach((one) => one.dispose());
    return values.map(([value]) => value!);
  },
  errors: () => errors,
};

(window as unknown as { trials: Trials }).trials = trials;
