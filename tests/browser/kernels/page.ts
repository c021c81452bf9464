// Runs our kernels on this browser's WebGPU and hands their numbers to the test.
import { engine, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { openGraphics, present, registerGraphics } from '../../../src/engine/device';
import { useKernels } from '../../../src/engine/kernels';
import { setVariants, type Variants } from '../../../src/engine/kernels/webgpu/variants';
import { cloudOutput, kernelCases, results } from '../../suites/kernels';

/** A kernel by its name, on numbers and shapes. */
export interface Bare {
  readonly kernel: string;
  readonly inputs: Readonly<Record<string, { readonly values: readonly number[]; readonly shape: readonly number[] }>>;
  readonly attributes: Readonly<Record<string, number>>;
}

export interface Trials {
  open(): Promise<void>;
  /** Output and gradients of a case of the suite. */
  case(name: string, variants: Variants, which: 'own' | 'stock'): Promise<number[][]>;
  bare(what: Bare): Promise<number[]>;
  cloud(count: number): Promise<number[]>;
  /** Errors that the device reported and tfjs did not throw. */
  errors(): readonly string[];
}

const errors: string[] = [];

const trials: Trials = {
  async open() {
    const graphics = await openGraphics();
    if (!graphics) throw new Error('no WebGPU here');
    graphics.device.addEventListener('uncapturederror', ({ error }) => errors.push(error.message));
    await registerGraphics(graphics);
    await present('webgpu');
  },
  async case(name, variants, which) {
    const one = kernelCases.find((each) => each.name === name);
    if (!one) throw new Error(`no case is called ${name}`);
    setVariants(variants);
    useKernels(which);
    return (await results(one)).map((values) => [...values]);
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
  cloud: async (count) => [...(await cloudOutput(count))],
  errors: () => errors,
};

(window as unknown as { trials: Trials }).trials = trials;
