// The U-Net of the museum, the same function as training/unet.py: two encoder blocks, bottleneck, two decoder blocks, two skip connections.
import { add, concat, mul, reshape, split, type Tensor, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Config, Denoiser, Question, Shapes, Watch, Weights } from '.';
import { exactly, fitting, whole, wholes } from './config';
import { operationsOf } from './cost';
import { condition, conditionShapes, convolutionShapes, convolved, dense, denseShapes, normShapes } from './layers';
import { isOwn } from '../kernels';
import { told as toldTo } from './watch';
import { groupsOf, normalise, normaliseBy, readsFilms, type Groups } from '../kernels/normalise';
import { convolveFolded, doubled, folded, halved, unfolded, unfoldedFilter } from '../kernels/resample';

interface Shape {
  readonly size: number;
  readonly channels: number;
  readonly patch: number;
  readonly widths: readonly [number, number, number];
  readonly depths: readonly [number, number, number];
  readonly groups: number;
  readonly embedding: number;
  readonly frequencies: number;
  readonly classes: number;
}
const shapeOf = (config: Config) => config as unknown as Shape;

interface Unit {
  readonly name: string;
  readonly fanIn: number;
  readonly fanOut: number;
}

/** Every residual unit by its block, in the order of computing. */
function unitsOf({ widths: [one, two, three], depths: [first, second, deepest] }: Shape): Record<string, Unit[]> {
  const row = (block: string, fanIn: number, fanOut: number, depth: number) =>
    Array.from({ length: depth }, (_, at) => ({ name: `${block}.${at}`, fanIn: at ? fanOut : fanIn, fanOut }));
  return {
    encoder1: row('encoder1', one, one, first),
    encoder2: row('encoder2', one, two, second),
    bottleneck: row('bottleneck', two, three, deepest),
    decoder2: row('decoder2', three + two, two, second),
    decoder1: row('decoder1', two + one, one, first),
  };
}

function shapes(config: Config, classes: number): Shapes {
  const shape = shapeOf(config);
  const { patch, channels, widths, embedding, frequencies } = shape;
  const folded = patch * patch * channels;
  const ofUnit = ({ name, fanIn, fanOut }: Unit): Shapes => ({
    ...normShapes(`${name}.norm1`, fanIn),
    ...convolutionShapes(`${name}.conv1`, 3, fanIn, fanOut),
    ...denseShapes(`${name}.film`, embedding, 2 * fanOut),
    ...normShapes(`${name}.norm2`, fanOut),
    ...convolutionShapes(`${name}.conv2`, 3, fanOut, fanOut),
    ...(fanIn === fanOut ? {} : convolutionShapes(`${name}.shortcut`, 1, fanIn, fanOut)),
  });
  return Object.assign(
    {},
    ...Object.values(unitsOf(shape)).flat().map(ofUnit),
    convolutionShapes('stem', 3, folded, widths[0]),
    normShapes('norm', widths[0]),
    convolutionShapes('head', 3, widths[0], folded),
    // The last row is that of no class.
    conditionShapes(frequencies, embedding, classes + 1),
  ) as Shapes;
}

/** Pixels that the filters of a part are put on: the picture is folded once and halved twice. */
function placesOf({ size, patch }: Shape, part: string): number {
  const halvings = part.startsWith('bottleneck') ? 2 : /^..coder2/.test(part) ? 1 : 0;
  return (size / patch / 2 ** halvings) ** 2;
}

/** The second norm of a unit with its FiLM: gamma (1 + scale) and beta (1 + scale) + shift are linear in the condition, so they fold into one dense layer. */
function foldFilm(weights: Weights, { name, fanOut }: Unit): { weight: Tensor[]; bias: Tensor[] } {
  const [gamma, beta] = [weights[`${name}.norm2.weight`]!, weights[`${name}.norm2.bias`]!];
  const [scaleWeight, shiftWeight] = split(weights[`${name}.film.weight`] as Tensor2D, 2, 1) as [Tensor, Tensor];
  const [scaleBias, shiftBias] = split(weights[`${name}.film.bias`]!, [fanOut, fanOut]) as [Tensor, Tensor];
  const scale = add(scaleBias, 1);
  return {
    weight: [mul(scaleWeight, gamma), add(mul(scaleWeight, beta), shiftWeight)],
    bias: [mul(scale, gamma), add(mul(scale, beta), shiftBias)],
  };
}

function prepare(weights: Weights, config: Config): Weights {
  const shape = shapeOf(config);
  const units = Object.values(unitsOf(shape)).flat();
  const films = units.map((unit) => foldFilm(weights, unit));
  const norms = [...units.map(({ name }) => `${name}.norm1`), 'norm'];
  const asChannels = (value: Tensor) => reshape(value, [1, 1, 1, value.size]);
  const ready: Record<string, Tensor> = { ...weights };
  ready['stem.unfolded'] = unfoldedFilter(weights['stem.weight'] as Tensor4D, shape.patch);
  ready['films.weight'] = concat(
    films.flatMap(({ weight }) => weight),
    1,
  );
  ready['films.bias'] = concat(
    films.flatMap(({ bias }) => bias),
    0,
  );
  for (const norm of norms) {
    ready[`${norm}.weight`] = asChannels(weights[`${norm}.weight`]!);
    ready[`${norm}.bias`] = asChannels(weights[`${norm}.bias`]!);
  }
  for (const width of new Set(units.flatMap(({ fanIn, fanOut }) => [fanIn, fanOut])))
    ready[`groups${width}`] = groupsOf(width, shape.groups).matrix;
  return Object.fromEntries(Object.entries(ready).filter(([name]) => !/\.(film|norm2)\./.test(name)));
}

/** Folds pixels into channels and convolves; where our kernel cannot, a wider convolution of the picture as it is does the same. */
function begin(weights: Weights, { patch }: Shape, x: Tensor4D): Tensor4D {
  if (isOwn('Convolve')) return convolved(weights, 'stem', folded(x, patch));
  return add(convolveFolded(x, weights['stem.unfolded'] as Tensor4D, patch), weights['stem.bias']!);
}

function forward(weights: Weights, config: Config, question: Question, watch?: Watch): Tensor {
  const shape = shapeOf(config);
  const units = unitsOf(shape);
  const told = <T extends Tensor>(part: string, value: T): T => toldTo(watch, part, value);
  const given = condition(weights, question, watch);
  const sizes = Object.values(units)
    .flat()
    .flatMap(({ fanOut }) => [fanOut, fanOut]);
  const rows = dense(weights, 'films', given);
  const inRows = !watch && shape.widths.every((width) => readsFilms(width, shape.groups));
  const films = inRows ? [] : split(rows, sizes, 1).map((part) => reshape(part, [part.shape[0]!, 1, 1, part.shape[1]!]));
  let film = 0;
  let filmAt = 0;
  /** Gain and shift are one for those who listen. */
  const filmOf = (unit: string): [Tensor, Tensor] => {
    const pair: [Tensor, Tensor] = [films[film++]!, films[film++]!];
    return watch ? (split(told(`${unit}.film`, concat(pair, 3)), 2, 3) as [Tensor, Tensor]) : pair;
  };

  const groupsFor = (input: Tensor4D): Groups => ({ count: shape.groups, matrix: weights[`groups${input.shape[3]}`] as Tensor2D });
  const norm = (input: Tensor4D, gain: Tensor, shift: Tensor) => normalise(input, gain as Tensor4D, shift as Tensor4D, groupsFor(input));
  const filmed = (unit: string, input: Tensor4D): Tensor4D => {
    if (!inRows) return norm(input, ...filmOf(unit));
    const width = input.shape[3];
    const gainAt = filmAt;
    filmAt += 2 * width;
    return normaliseBy(input, { films: rows, gainAt, shiftAt: gainAt + width }, groupsFor(input));
  };
  const run = ({ name, fanIn, fanOut }: Unit, input: Tensor4D): Tensor4D => {
    const first = told(`${name}.norm1`, norm(input, weights[`${name}.norm1.weight`]!, weights[`${name}.norm1.bias`]!));
    const h = told(`${name}.conv1`, convolved(weights, `${name}.conv1`, first));
    const second = told(`${name}.norm2`, filmed(name, h));
    const shortcut = fanIn === fanOut ? input : told(`${name}.shortcut`, convolved(weights, `${name}.shortcut`, input));
    // What is added within a kernel cannot be heard before it.
    if (!watch) return convolved(weights, `${name}.conv2`, second, shortcut);
    return told(name, add(shortcut, told(`${name}.conv2`, convolved(weights, `${name}.conv2`, second))));
  };
  const block = (name: string, input: Tensor4D) =>
    told(
      name,
      units[name]!.reduce((h, unit) => run(unit, h), input),
    );

  const skip1 = block('encoder1', told('stem', begin(weights, shape, question.x as Tensor4D)));
  const skip2 = block('encoder2', halved(skip1));
  const deepest = block('bottleneck', halved(skip2));
  const decoded = block('decoder2', concat([doubled(deepest), told('skip2', skip2)], 3));
  const last = block('decoder1', concat([doubled(decoded), told('skip1', skip1)], 3));
  const active = told('norm', norm(last, weights['norm.weight']!, weights['norm.bias']!));
  return unfolded(told('head', convolved(weights, 'head', active)), shape.patch);
}

export const unet: Denoiser = {
  kind: 'denoiser',
  item: (config) => [shapeOf(config).size, shapeOf(config).size, shapeOf(config).channels],
  nothing: (config) => shapeOf(config).classes,
  frequencies: (config) => shapeOf(config).frequencies,
  rules: (classes) => ({
    channels: whole(1, 16),
    patch: whole(1, 8),
    // The picture is folded once and halved twice.
    size: fitting(whole(4, 1024), 'a multiple of 4 `patch`', (size: number, { patch }: Shape) => size % (4 * patch) === 0),
    groups: whole(1, 256),
    widths: fitting(wholes(3, 1, 4096), 'multiples of `groups`', (widths: number[], { groups }: Shape) =>
      widths.every((width) => width % groups === 0),
    ),
    depths: wholes(3, 1, 16),
    embedding: whole(1, 4096),
    // The steps between frequencies are shares of one less than there are.
    frequencies: whole(2, 1024),
    classes: exactly(classes),
  }),
  shapes,
  operations: (config, classes) => operationsOf(shapes(config, classes), (part) => placesOf(shapeOf(config), part)),
  batch: 16,
  prepare,
  forward,
};
