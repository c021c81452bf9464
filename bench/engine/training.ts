// One training step of the digit network (forward, backward, Adam) with our kernels, and as stock tfjs does it.
import {
  getGradient,
  registerGradient,
  reshape,
  slice,
  transpose,
  losses,
  tensor,
  tidy,
  train,
  variable,
  variableGrads,
  type Scalar,
  type Tensor,
  type Tensor2D,
  type Variable,
} from '@tensorflow/tfjs-core';
import { useKernels } from '../../src/engine/kernels';
import { adam } from '../../src/engine/kernels/adam';
import { networks } from '../../src/engine/networks';
import { normals } from '../../src/engine/noise';
import { lossOf } from '../../src/engine/training/loss';
import { countOf, placesOf, weightsOf } from '../../src/engine/training/parameters';
import { apart } from '../../src/engine/apart';
import type { Shipped } from './competitor';
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

/** Pictures, one question for all, and what is to be predicted. */
interface Lesson {
  readonly x: Float32Array;
  readonly target: Float32Array;
  readonly labels: readonly number[];
}

const logSnr = 0.5;

/** Something that learns: its gradient at its first weights by their shipped names, and a step that ends when loss and weights are there. */
interface Learner {
  gradient(lesson: Lesson): Promise<Record<string, Float32Array>>;
  step(lesson: Lesson): Promise<number>;
}

/** The engine's own step: the weights cut from one vector, the loss with our kernels, Adam in one kernel. */
function ours({ values, manifest }: Shipped): Learner {
  const { unet } = networks;
  const { config, classes } = manifest;
  const places = placesOf(unet.shapes(config, classes.length));
  const first = new Float32Array(4 * countOf(places));
  for (const { name, from } of places) first.set(values[name]!.values, from);
  let state = tensor(first, [4, countOf(places)]) as Tensor2D;
  const differentiate = ({ x, target, labels }: Lesson) => {
    useKernels('own');
    const count = labels.length;
    const weights = tidy(() => weightsOf(places, reshape(slice(state, [0, 0], [1, countOf(places)]), [-1])));
    const examples = { noisy: x, target, logSnr: labels.map(() => logSnr), labels, count };
    const found = lossOf({ network: unet, config, places }, weights, examples, count);
    weights.forEach((one) => one.dispose());
    return found;
  };
  return {
    async gradient(lesson) {
      const { losses: each, gradient } = differentiate(lesson);
      const all = await gradient.data();
      [each, gradient].forEach((one) => one.dispose());
      return Object.fromEntries(places.map(({ name, from, to }) => [name, Float32Array.from(all.subarray(from, to))]));
    },
    async step(lesson) {
      const { losses: each, gradient } = differentiate(lesson);
      const next = adam(state, gradient, {
        ...{ rate: 1e-5, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, correction1: 0.1, correction2: 0.001, keep: 0.999, scale: 1 },
      });
      state.dispose();
      state = next;
      const one = tidy(() => slice(state, [0, 0], [1, 1]));
      const [found] = await Promise.all([each.data(), one.data()]);
      [each, gradient, one].forEach((each) => each.dispose());
      return Array.from(found).reduce((sum, value) => sum + value, 0) / found.length;
    },
  };
}

/** The same network as one writes and trains it in stock tfjs. */
function stock({ values, manifest }: Shipped): Learner {
  const predict = plainNetwork(configOf(manifest));
  const weights: Record<string, Variable> = {};
  for (const [name, { values: numbers, shape }] of Object.entries(values)) weights[name] = variable(tensor(numbers, [...shape]), true);
  const optimiser = train.adam(1e-5);
  const all = Object.values(weights);
  const differentiate = ({ x, target, labels }: Lesson) => {
    useKernels('stock');
    const shape: [number, number, number, number] = [labels.length, 32, 32, 1];
    const loss = () => losses.meanSquaredError(tensor(target, shape), predict(weights, { x: tensor(x, shape), logSnr, labels }));
    return variableGrads(loss as () => Scalar, all);
  };
  return {
    async gradient(lesson) {
      const { grads } = tidy(() => differentiate(lesson));
      const found = await Promise.all(all.map((one) => grads[one.name]!.data()));
      Object.values(grads).forEach((one) => one.dispose());
      return Object.fromEntries(Object.keys(weights).map((name, at) => [name, Float32Array.from(found[at]!)]));
    },
    async step(lesson) {
      const value = tidy(() => {
        const found = differentiate(lesson);
        optimiser.applyGradients(all.map((weight) => ({ name: weight.name, tensor: found.grads[weight.name]! })));
        return found.value;
      });
      const [[loss]] = await Promise.all([value.data(), all.at(-1)!.data()]);
      value.dispose();
      return loss!;
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
  const learners = [ours(digits), stock(digits)] as const;
  const size = options.batch * 1024;
  const labels = Array.from({ length: options.batch }, (_, at) => at % 10);
  const lesson: Lesson = { x: normals(1, 0, size), target: normals(2, 0, size), labels };
  const gradients = [await learners[0].gradient(lesson), await learners[1].gradient(lesson)] as const;
  const gradientError = Math.max(...Object.entries(gradients[1]).map(([name, expected]) => apart(gradients[0][name]!, expected)));
  if (!(gradientError <= 1e-2)) throw new Error(`the gradients differ by ${gradientError}`);

  const times: [number[], number[]] = [[], []];
  const until = performance.now() + options.seconds * 1000;
  for (let round = 0; round < 2 || (round <= options.rounds && performance.now() < until); round++)
    for (const [at, { step }] of learners.entries()) {
      const begin = performance.now();
      await step(lesson);
      // The first round compiles.
      if (round > 0) times[at]!.push(performance.now() - begin);
    }
  return { vsStock: ratio(...times), own: median(times[0]), stock: median(times[1]), gradientError, gpuErrors: [...site.errors()] };
}
