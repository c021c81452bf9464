// Which variants of our WebGPU kernels are chosen: the fastest by the clock of those that compute rightly, on a card that is played.
import { add, concat, conv2d, engine, findBackendFactory, getKernel, mul, registerBackend, registerKernel, setBackend, type KernelBackend, type KernelFunc, type Tensor, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs-core'; // prettier-ignore
import { afterEach, beforeEach, expect, it, test, vi } from 'vitest';
import { chooseVariants } from '../../src/engine/kernels/webgpu/measure';
import { areVariants, choices, few, plain, setVariants, variants, type Variants } from '../../src/engine/kernels/webgpu/variants';
import { play, WebGPUBackend } from './imitation';
import { use } from './models';

/** What the played card's clock says, ms, and how long a call of a variant takes on it. */
let now: number;
let milliseconds: (name: keyof Variants, choice: unknown) => number;
/** What a variant makes of the numbers that are right. */
let spoil: <T extends Tensor>(name: keyof Variants, choice: unknown, right: T) => Tensor;

function played(name: keyof Variants, right: Tensor): Tensor {
  now += milliseconds(name, variants()[name]);
  return spoil(name, variants()[name], right);
}

const kernels: Record<string, KernelFunc> = {
  Convolve({ inputs }) {
    const { x, filter, bias, residual } = inputs as unknown as Record<string, Tensor>;
    const found = add<Tensor4D>(conv2d(x as Tensor4D, filter as Tensor4D, 1, 'same'), bias as Tensor1D);
    return played(found.size <= few ? 'convolveFew' : 'convolveMany', residual ? add(found, residual) : found);
  },
  Normalise(given) {
    return played('normalise', onWasm('Normalise', given)[0]!);
  },
  NormaliseGradients(given) {
    return onWasm('NormaliseGradients', given).map((right) => spoil('normalise', variants().normalise, right));
  },
  ConvolveFilterGradient(given) {
    const whole = onWasm('ConvolveFilterGradient', given)[0]!;
    return played('parts', variants().parts === 'one' ? whole : concat([mul(whole, 0.25), mul(whole, 0.75)], 0));
  },
};

const onWasm = (name: string, given: Parameters<KernelFunc>[0]): Tensor[] =>
  [getKernel(name, 'wasm')!.kernelFunc(given)].flat().map((info) => engine().makeTensorFromTensorInfo(info));

beforeEach(async () => {
  await use('wasm');
  play();
  for (const [kernelName, kernelFunc] of Object.entries(kernels))
    if (!getKernel(kernelName, 'webgpu')) registerKernel({ kernelName, backendName: 'webgpu', kernelFunc });
  if (!findBackendFactory('webgpu')) registerBackend('webgpu', () => new (WebGPUBackend as unknown as new () => KernelBackend)());
  await setBackend('webgpu');
  now = 0;
  milliseconds = () => 10;
  spoil = (_, __, right) => right;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  vi.spyOn(console, 'warn').mockReturnValue();
});
afterEach(() => {
  setVariants(plain);
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const every = Object.entries(choices).flatMap(([name, known]) => known.map((choice) => ({ name: name as keyof Variants, choice })));

test.each(every)('$name: $choice is chosen where the clock says that it is the fastest, and stays in use', async ({ name, choice }) => {
  milliseconds = (which, some) => (which === name && some === choice ? 6 : 10);
  const before = engine().memory().numTensors;
  const found = await chooseVariants();
  expect(found[name], 'what is chosen').toBe(choice);
  expect(variants(), 'what is in use').toEqual(found);
  expect(engine().memory().numTensors, 'tensors').toBe(before);
});

it('is not decided by a call that happens to be held up', async () => {
  let calls = 0;
  milliseconds = (_, choice) => (choice === 'split' ? (calls++ % 2 ? 26 : 6) : 10);
  expect((await chooseVariants()).convolveFew).toBe('split');
});

it('is what stands first where the clock finds no difference', async () => {
  expect(await chooseVariants()).toEqual({ convolveFew: 'split', convolveMany: 'tiled', normalise: 64, parts: 'many' });
});

test.each(every.filter(({ name, choice }) => choice !== plain[name]))(
  '$name: $choice, the fastest, is not chosen where it is wrong',
  async ({ name, choice }) => {
    const isIt = (which: keyof Variants, some: unknown) => which === name && some === choice;
    milliseconds = (which, some) => (isIt(which, some) ? 6 : 10);
    for (const [how, wrong] of [
      ['off by a hundredth', (right: Tensor) => mul(right, 1.01)],
      ['no number', (right: Tensor) => mul(right, NaN)],
      ['nothing but zeros', (right: Tensor) => mul(right, 0)],
    ] as const) {
      spoil = (which, some, right) => (isIt(which, some) ? wrong(right) : right);
      expect((await chooseVariants())[name], how).not.toBe(choice);
    }
    // As another order of summing does.
    spoil = (which, some, right) => (isIt(which, some) ? mul(right, 1 + 1e-5) : right);
    expect((await chooseVariants())[name], 'off by rounding').toBe(choice);
  },
);

it('is the plain one where all others are wrong', async () => {
  spoil = (name, choice, right) => (choice === plain[name] ? right : mul(right, 1.01));
  expect(await chooseVariants()).toEqual(plain);
});

it('a gradient that is wrong while the forward is right is noticed, too', async () => {
  milliseconds = (_, choice) => (choice === 64 ? 6 : 10);
  spoil = (name, choice, right) => (name === 'normalise' && choice === 64 && right.rank === 2 ? mul(right, 1.01) : right);
  expect((await chooseVariants()).normalise).toBe(1);
});

it('nothing but a choice for every kernel is taken for variants', () => {
  expect(areVariants(plain)).toBe(true);
  for (const rubbish of [undefined, null, 'split', 7, {}, [], { ...plain, convolveMany: 'fast' }, { ...plain, parts: undefined }])
    expect(areVariants(rubbish), JSON.stringify(rubbish)).toBe(false);
});
