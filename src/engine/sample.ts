// One run of a sampler: from a request to its steps.
import type { Pixels, SampleRequest, SamplerStep } from '.';
import { courseOf } from './course';
import { EngineError } from './errors';
import type { Explain, Listening } from './explain';
import { scaleOf } from './guidance';
import type { Held, Library } from './library';
import type { Breathe } from './model';
import { drawNormals } from './noise';
import { samplers, type Denoise } from './samplers';
import type { Part } from './stand';
import { nextTask } from './turns';

/** Runs a piece of computing in its turn; may run it again on another device. */
export type Guard = <T>(part: Part<T>) => Promise<T>;

/** Numbers in one job at most: more would hold the worker for longer than the page waits for an answer. */
const largest = 1 << 20;

/** Yields the steps of `request` to the model that is held; returns the finished pictures. */
export async function* sample(
  request: SampleRequest,
  held: Held,
  library: Library,
  explain: Explain,
  guard: Guard,
): AsyncGenerator<SamplerStep, Pixels, void> {
  const listening = await explain.listen(held, request, guard);
  try {
    return yield* run(request, held, library, listening, guard);
  } finally {
    listening.end();
  }
}

async function* run(
  request: SampleRequest,
  { volume }: Held,
  library: Library,
  { probe, activations }: Listening,
  guard: Guard,
): AsyncGenerator<SamplerStep, Pixels, void> {
  const { sampler, steps, seed, count = 1, prompt, negative, eta = 0, start, invert } = request;
  const { levels, times } = courseOf(request, volume.manifest);
  const item = await guard(async () => (await library.open(volume)).item);
  const shape = [count, ...item];
  const size = shape.reduce((product, side) => product * side, 1);
  if (size > largest) throw new EngineError('bad-request', `${count} items of [${item.join(', ')}] are too many for one job`);
  if (start && start.image.shape.join() !== shape.join())
    throw new EngineError('bad-request', `the start is [${start.image.shape.join(', ')}], not [${shape.join(', ')}]`);
  const guidance = scaleOf(request);
  let [computing, evaluations] = [0, 0];
  const denoise: Denoise = async (noisy, level) => {
    // What was begun on a device that is lost may end later all the same: the attempt that is kept counts, and no other.
    const { found, spent } = await guard((breathe) =>
      timed(breathe, async (breathe) => (await library.open(volume)).denoise({ prompt, negative, guidance, breathe, probe })(noisy, level)),
    );
    computing += spent;
    evaluations++;
    return found;
  };
  const noisy = invert ? start!.image.values : await begin(levels[0]!, size, seed, start);

  const way = samplers[sampler]({ denoise, noisy, levels, eta, fresh: (index) => drawNormals(seed, index + 1, size, nextTask) });
  let before = performance.now();
  for (;;) {
    const { done, value } = await way.next();
    if (done) {
      const values = atUnitVariance(value, levels[steps]!);
      if (!values.every(Number.isFinite)) throw new EngineError('numbers', `${request.model}: the last step left the range of numbers`);
      return { shape, values };
    }
    const now = performance.now();
    yield {
      index: value.index,
      steps,
      level: value.level,
      next: value.next,
      time: times[value.index + 1]!,
      noisy: { shape, values: atUnitVariance(value.noisy, value.next) },
      clean: { shape, values: value.clean.slice() },
      ...(request.watch ? { activations: activations() } : {}),
      milliseconds: now - before,
      computing,
      evaluations,
    };
    before = now;
  }
}

/** What a piece of computing costs by itself, ms: waits for the turns of others are left out. */
async function timed<T>(breathe: Breathe, part: (breathe: Breathe) => Promise<T>): Promise<{ found: T; spent: number }> {
  let spent = 0;
  let from = performance.now();
  const found = await part(async () => {
    spent += performance.now() - from;
    await breathe();
    from = performance.now();
  });
  return { found, spent: spent + performance.now() - from };
}

/** x_t at DDPM's scaling, of a picture with its noise at `level`. */
function atUnitVariance(noisy: Float32Array, level: number): Float32Array {
  const scale = 1 / Math.sqrt(1 + level * level);
  return noisy.map((x) => x * scale);
}

/** clean + level * noise to start from: pure noise, a picture noised by the closed form, or an x_t. */
async function begin(level: number, size: number, seed: number, start: SampleRequest['start']): Promise<Float32Array> {
  if (start?.noisy) return start.image.values.map((x) => x * Math.sqrt(1 + level * level));
  const noise = await drawNormals(seed, 0, size, nextTask);
  return noise.map((eps, at) => (start?.image.values[at] ?? 0) + level * eps);
}
