// What a training must be before anything is computed for it.
import { EngineError } from '../errors';
import { networks, type Denoiser, type Reader } from '../networks';
import { wrongIn } from '../networks/config';
import { heaviest } from '../networks/cost';
import { inStretches } from '../pulse';
import { scheduleOf } from '../schedules';
import { isBudget, isRate } from './change';
import type { TrainingData, TrainRequest } from './types';

function needs(holds: boolean, why: string): void {
  if (!holds) throw new EngineError('bad-request', why);
}

const within = (value: unknown, from: number, to: number) => typeof value === 'number' && value >= from && value <= to;
const whole = (value: unknown, from: number, to: number) => within(value, from, to) && Number.isInteger(value);

/** Most numbers of data, and most weights that are trained in a browser. */
const largestData = 1 << 25;
const largestNetwork = 8_000_000;
/** Most numbers in the examples of one step: 8,192 pictures of 32 x 32. They and their noise are drawn and held at once. */
const largestBatch = 1 << 23;
/** Examples in a step where a request says nothing. */
export const usualBatch = 32;
/** Points lie about as far from their centre as normal numbers do. */
const furthestPoint = 100;

type Optional = readonly [key: keyof TrainRequest, holds: (value: unknown) => boolean, must: string];
const optional: readonly Optional[] = [
  ['name', (value) => typeof value === 'string' && /^[a-z][a-z0-9-]{0,39}$/.test(value), 'letters, digits and hyphens, at most 40'],
  ['startFrom', (value) => typeof value === 'string', 'the name of a model'],
  ['batch', (value) => whole(value, 1, 8192), 'a whole number from 1 to 8192'],
  ['steps', (value) => whole(value, 1, 10_000_000), 'a whole number from 1'],
  ['decay', (value) => value === 'none' || value === 'cosine', "'none' or 'cosine'"],
  ['warmup', (value) => whole(value, 0, 100_000), 'a whole number from 0 to 100000'],
  ['dropout', (value) => within(value, 0, 1), 'within 0 and 1'],
  ['average', (value) => within(value, 0, 0.999999), 'within 0 and 0.999999'],
  ['clip', (value) => within(value, 1e-6, 1e6), 'within 1e-6 and 1e6'],
  ['budget', isBudget, 'within 1 and 10000 ms'],
  ['piece', (value) => whole(value, 1, 8192), 'a whole number from 1 to 8192'],
  ['every', (value) => whole(value, 1, 1_000_000), 'a whole number from 1'],
  ['paused', (value) => typeof value === 'boolean', 'true or false'],
];

/** The network of a request and its full config. Throws EngineError `bad-request`. */
export function networkOf({ network: { kind, config }, classes }: TrainRequest): { network: Denoiser; config: Record<string, unknown> } {
  const network: Denoiser | Reader | undefined = Object.hasOwn(networks, kind) ? networks[kind] : undefined;
  if (network?.kind !== 'denoiser') throw new EngineError('bad-request', `no network that denoises is called ${kind}`);
  const whole = { ...config, classes: classes.length };
  const wrong = wrongIn(whole, network.rules(classes.length));
  needs(!wrong, `the network ${wrong}`);
  const count = Object.values(network.shapes(whole, classes.length)).reduce(
    (sum, shape) => sum + shape.reduce((product, side) => product * side, 1),
    0,
  );
  needs(count <= largestNetwork, `${count} weights are too many to train here; ${largestNetwork} are the most`);
  const operations = network.operations(whole, classes.length);
  needs(operations <= heaviest, `${operations} operations for one example are too much for a visitor's device`);
  return { network, config: whole };
}

/** Throws where the data is not items of this shape with a known class each, in range; or too much, beside the `held` numbers that are there. */
export function checkData({ images, labels }: TrainingData, item: readonly number[], classes: readonly string[], held = 0): void {
  const { values, shape } = images;
  needs(values instanceof Float32Array || values instanceof Uint8Array, 'the data must be a Float32Array or a Uint8Array');
  needs(shape.length === item.length + 1 && shape.slice(1).join() === item.join(), `items must be [${item.join(', ')}], not [${shape.slice(1).join(', ')}]`); // prettier-ignore
  const count = shape[0]!;
  needs(Number.isInteger(count) && count > 0, 'there is no data');
  needs(values.length + held <= largestData, `${values.length + held} numbers of data are too many; ${largestData} are the most`);
  needs(
    values.length === item.reduce((product, side) => product * side, count),
    `the data has ${values.length} numbers, which is not [${shape.join(', ')}]`,
  );
  needs(Array.isArray(labels) && labels.length === count, `${labels.length} classes for ${count} items`);
  const known = new Set(classes);
  const stranger = firstWhere(count, (at) => !known.has(labels[at]!));
  needs(stranger === undefined, `no class is called ${labels[stranger!]}; there are ${classes.join(', ')}`);
  if (values instanceof Uint8Array) return needs(item.length === 3, 'bytes are pictures');
  const most = item.length === 3 ? 1 : furthestPoint;
  const limit = most * 1.001;
  const wrong = firstWhere(values.length, (at) => !(Math.abs(values[at]!) <= limit));
  if (wrong === undefined) return;
  needs(Number.isFinite(values[wrong]), 'the data holds something that is no number');
  needs(false, `the data must lie between -${most} and ${most}`);
}

/** The first place below `count` that is wrong; a worker that looks at millions of them says that it is at work. */
function firstWhere(count: number, isWrong: (at: number) => boolean): number | undefined {
  let found: number | undefined;
  inStretches(count, (from, to) => {
    for (let at = from; at < to && found === undefined; at++) if (isWrong(at)) found = at;
  });
  return found;
}

/** Throws EngineError `bad-request` that names the first thing that is wrong. */
export function checkTrain(request: TrainRequest): void {
  const { classes, data, schedule, rate, seed, steps, decay, batch = usualBatch } = request;
  const isWord = (word: unknown) => typeof word === 'string' && word.length > 0 && word.length <= 40;
  needs(Array.isArray(classes) && classes.length > 0 && classes.length <= 1000 && classes.every(isWord), 'classes must be 1 to 1000 words');
  needs(new Set(classes).size === classes.length, 'no class may be named twice');
  const { network, config } = networkOf(request);
  const item = network.item(config);
  checkData(data, item, classes);
  scheduleOf(schedule);
  needs(isRate(rate), `a rate lies between 1e-9 and 1, not ${rate}`);
  needs(whole(seed, -0x80000000, 0xffffffff), `a seed is a whole number of 32 bits, not ${seed}`);
  for (const [key, holds, must] of optional) {
    const value: unknown = request[key];
    needs(value === undefined || holds(value), `${key} must be ${must}, not ${String(value)}`);
  }
  const numbers = item.reduce((product, side) => product * side, batch);
  needs(numbers <= largestBatch, `a batch of ${batch} items [${item.join(', ')}] has ${numbers} numbers; ${largestBatch} are the most`);
  needs(decay !== 'cosine' || steps !== undefined, 'a rate that falls to 0 needs to know at which of its steps');
  needs(!request.dropout || network.nothing(config) !== undefined, 'this network knows no class that stands for none');
}
