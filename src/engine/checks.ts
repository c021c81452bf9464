// What a request must be before anything is computed for it.
import type { Pixels, SampleRequest } from '.';
import type { Ask } from './protocol';
import { EngineError } from './errors';
import { scaleOf } from './guidance';
import { deterministic, samplers, takingEta } from './samplers';
import { scheduleOf } from './schedules';

const within = (value: unknown, from: number, to: number) =>
  typeof value === 'number' && Number.isFinite(value) && value >= from && value <= to;
const whole = (value: unknown, from: number, to: number) => within(value, from, to) && Number.isInteger(value);

/** Largest number of pictures or points in one job. */
const largestCount = 1 << 18;
/** Most numbers in what a page sends: some seconds of work on a slow device. */
const largestSize = 1 << 22;

function needs(holds: boolean, why: string): void {
  if (!holds) throw new EngineError('bad-request', why);
}

function checkPixels({ values, shape }: Pixels, name: string): void {
  needs(values instanceof Float32Array, `${name} must be a Float32Array`);
  needs(values.length <= largestSize, `${name} has ${values.length} numbers; ${largestSize} are the most`);
  needs(
    shape.reduce((product, side) => product * side, 1) === values.length,
    `${name} has ${values.length} numbers, which is not [${shape.join(', ')}]`,
  );
  needs(values.every(Number.isFinite), `${name} holds something that is no number`);
}

function checkNoise({ image, level, seed }: { image: Pixels; level: number; seed: number }): void {
  checkPixels(image, 'the picture');
  needs(within(level, 0, 1e6), `a level lies between 0 and 1e6, not ${level}`);
  needs(whole(seed, -0x80000000, 0xffffffff), `a seed is a whole number of 32 bits, not ${seed}`);
}

function checkGuidance(request: SampleRequest): void {
  const { guidance, guidanceWeight, negative, prompt, count = 1 } = request;
  needs(guidance === undefined || within(guidance, -100, 100), `guidance must lie between -100 and 100, not ${guidance}`);
  needs(
    guidanceWeight === undefined || within(guidanceWeight, -101, 99),
    `guidanceWeight must lie between -101 and 99, not ${guidanceWeight}`,
  );
  needs(
    guidance === undefined || guidanceWeight === undefined,
    'guidance is asked for by its scale s or by its weight w = s - 1, not by both',
  );
  const counted = (words: SampleRequest['prompt']) => words === undefined || typeof words === 'string' || words.length === count;
  needs(counted(prompt), `one prompt for all, or one for each of ${count}`);
  needs(counted(negative), `one negative for all, or one for each of ${count}`);
  needs(prompt !== undefined || scaleOf(request) === 1, 'guidance needs a prompt to guide towards');
  needs(prompt !== undefined || negative === undefined, 'a negative needs a prompt to guide towards');
}

function checkParts({ ablate = [], watch = [] }: SampleRequest): void {
  const layers = [...ablate.map(({ layer }) => layer), ...watch];
  needs(
    layers.every((layer) => typeof layer === 'string'),
    'layers are called by their names',
  );
  needs(
    ablate.every(({ how }) => how === 'zero' || how === 'freeze'),
    "a layer is ablated by 'zero' or 'freeze'",
  );
  needs(new Set(ablate.map(({ layer }) => layer)).size === ablate.length, 'a layer is ablated in one way');
  needs(new Set(watch).size === watch.length, 'a layer is watched once');
}

function checkSample(request: SampleRequest): void {
  const { sampler, schedule, steps, seed, count, eta, start, invert } = request;
  needs(Object.hasOwn(samplers, sampler), `no sampler is called ${sampler}; there are ${Object.keys(samplers).join(', ')}`);
  scheduleOf(schedule);
  needs(whole(steps, 1, 1000), `steps must be a whole number from 1 to 1000, not ${steps}`);
  needs(whole(seed, -0x80000000, 0xffffffff), `a seed is a whole number of 32 bits, not ${seed}`);
  needs(count === undefined || whole(count, 1, largestCount), `count must be a whole number from 1 to ${largestCount}, not ${count}`);
  needs(eta === undefined || within(eta, 0, 1), `eta must lie between 0 and 1, not ${eta}`);
  checkGuidance(request);
  checkParts(request);
  needs(takingEta.has(sampler) || !eta, `${sampler} has no eta`);
  needs(invert === undefined || typeof invert === 'boolean', 'invert is true or false');
  needs(!invert || (deterministic.has(sampler) && !eta), `${sampler} draws noise anew, so that no picture leads back to its noise`);
  needs(!invert || (start !== undefined && !start.noisy), 'to be inverted a run needs a clean picture to start from');
  if (!start) return;
  checkPixels(start.image, 'the start');
  needs(within(start.level, 1e-6, 1e6), `a level to start from lies between 1e-6 and 1e6, not ${start.level}`);
}

/** Throws EngineError `bad-request` that names the first thing that is wrong. */
export function checkAsk(ask: Ask): void {
  try {
    if (ask.kind === 'sample') checkSample(ask.request);
    if (ask.kind === 'noise') checkNoise(ask);
    if (ask.kind === 'peek') needs(typeof ask.layer === 'string', 'a layer is called by its name');
    if (ask.kind === 'classify') checkPixels(ask.images, 'the pictures');
  } catch (why) {
    // What is of another kind altogether makes the checks themselves stumble.
    throw why instanceof EngineError ? why : new EngineError('bad-request', String(why));
  }
}
