// One training step of the digit network (forward, backward, Adam) with our kernels, and as stock tfjs does it.
import {
  getGradient,
  registerGradient,
  reshape,
  transpose,
  losses,
  tensor,
  tidy,
  train,
  variable,
  variableGrads,
  type Scalar,
  type Tensor,
  type Tensor4D,
  type Variable,
} from '@tensorflow/tfjs-core';
import { useKernels } from '../../src/engine/kernels';
import { networks } from '../../src/engine/networks';
import { normals } from '../../src/engine/noise';
import { apart, known, type Shipped } from './competitor';
import { configOf } from './folding';
import { plainNetwork } from './plain';
import { median, ratio } from './rounds';
import type { Site } from './site';

export interface TrainingFound {
  readonly vsStock: number;
  /** Milliseconds of a step. */
  readonly own: number;
  readonly stock: number;
  /** Largest difference between both gradients, relative to the largest of each weight. */
  readonly gradientError: number;
  readonly gpuErrors: readonly string[];
}

type Predict = (weights: Readonly<Record<string, Tensor>>, x: Tensor4D, logSnr: number, labels: readonly number[]) => Tensor;

/** Something that learns: its gradient at its present weights, and a step that ends when the loss is on the host. */
function learner({ values }: Shipped, predict: Predict, before: () => void) {
  const weights: Record<string, Variable> = {};
  for (const [name, { values: numbers, shape }] of Object.entries(values)) weights[name] = variable(tensor(numbers, [...shape]), true);
  const optimiser = train.adam(1e-5);
  const all = Object.values(weights);
  const differentiate = (x: Tensor4D, target: Tensor4D) => {
    before();
    const labels = Array.from({ length: x.shape[0] }, (_, at) => at % 10);
    return variableGrads(() => losses.meanSquaredError(target, predict(weights, x, 0.5, labels)) as Scalar, all);
  };
  return {
    async gradient(x: Tensor4D, target: Tensor4D): Promise<Float32Array[]> {
      const { grads } = tidy(() => differentiate(x, target));
      return Promise.all(Object.keys(weights).map((_, at) => grads[all[at]!.name]!.data() as Promise<Float32Array>));
    },
    async step(x: Tensor4D, target: Tensor4D): Promise<number> {
      const value = tidy(() => {
        const found = differentiate(x, target);
        optimiser.applyGradients(all.map((weight) => ({ name: weight.name, tensor: found.grads[weight.name]! })));
        return found.value;
      });
      const [loss] = await value.data();
      // The step has ended when the weights have: the last of them is read as well.
      await all.at(-1)!.data();
      value.dispose();
      return loss!;
    },
    forward: async (x: Tensor4D, logSnr: number, labels: readonly number[]) => {
      before();
      const found = tidy(() => predict(weights, x, logSnr, labels));
      return (await found.data().finally(() => found.dispose())) as Float32Array;
    },
  };
}

/** The engine's network ends in it, and tfjs knows no gradient of it. */
function giveDepthToSpaceItsGradient(): void {
  if (getGradient('DepthToSpace')) return;
  registerGradient({
    kernelName: 'DepthToSpace',
    gradFunc: (dy, _saved, attributes) => ({
      x: () => {
        const patch = (attributes as unknown as { blockSize: number }).blockSize;
        const [count = 0, tall = 0, wide = 0, channels = 0] = (dy as Tensor).shape;
        const [height, width] = [tall / patch, wide / patch];
        const cells = transpose(reshape(dy as Tensor, [count * height, patch, width, patch * channels]), [0, 2, 1, 3]);
        return reshape(cells, [count, height, width, patch * patch * channels]);
      },
    }),
  });
}

export async function training(site: Site, options: { batch: number; rounds: number; seconds: number }): Promise<TrainingFound | null> {
  try {
    await import('@tensorflow/tfjs-core/dist/register_all_gradients');
  } catch {
    // Written for bundlers: Node does not resolve what it imports.
    site.say("tfjs's gradients do not load here, so nothing trains");
    return null;
  }
  giveDepthToSpaceItsGradient();
  await site.start('webgpu');
  const digits = await site.model('digits');
  const config = configOf(digits.manifest);
  const asConfig = digits.manifest.config;
  const { unet } = networks;
  // The seam for the engine's own training: its forward and gradients with our kernels here, tfjs's Adam until its step stands.
  const own = learner(digits, (weights, x, logSnr, labels) => unet.forward(unet.prepare(weights, asConfig), asConfig, { x, logSnr, labels }), () => useKernels('own')); // prettier-ignore
  const plain = plainNetwork(config);
  const stock = learner(
    digits,
    (weights, x, logSnr, labels) => plain(weights, { x, logSnr, labels }),
    () => useKernels('stock'),
  );

  const { question, answer } = known(digits, 1);
  for (const { forward } of [own, stock]) {
    const off = apart(await forward(tensor(question.x, [1, 32, 32, 1]), question.logSnr, [question.label]), answer);
    if (!(off <= 1e-3)) throw new Error(`a network that is to learn is off by ${off}`);
  }
  const pictures = (seed: number) => tensor(normals(seed, 0, options.batch * 1024), [options.batch, 32, 32, 1]) as Tensor4D;
  const [x, target] = [pictures(1), pictures(2)];
  const ours = await own.gradient(x, target);
  const theirs = await stock.gradient(x, target);
  const gradientError = Math.max(...ours.map((gradient, at) => apart(gradient, theirs[at]!)));
  if (!(gradientError <= 1e-2)) throw new Error(`the gradients differ by ${gradientError}`);

  const times: [number[], number[]] = [[], []];
  const until = performance.now() + options.seconds * 1000;
  for (let round = 0; round < 2 || (round <= options.rounds && performance.now() < until); round++)
    for (const [at, { step }] of [own, stock].entries()) {
      const begin = performance.now();
      await step(x, target);
      // The first round compiles.
      if (round > 0) times[at]!.push(performance.now() - begin);
    }
  return { vsStock: ratio(...times), own: median(times[0]), stock: median(times[1]), gradientError, gpuErrors: [...site.errors()] };
}
