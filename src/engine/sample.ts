// One run of a sampler: from a request to its steps.
import type { Pixels, SampleRequest, SamplerStep } from '.';
import { EngineError } from './errors';
import type { Library } from './library';
import { drawNormals } from './noise';
import { samplers, type Denoise } from './samplers';
import { levelsOf } from './schedules';
import type { Part } from './stand';
import { nextTask } from './turns';

/** Runs a piece of computing in its turn; may run it again on another device. */
export type Guard = <T>(part: Part<T>) => Promise<T>;

/** Numbers in one job at most: more would hold the worker for longer than the page waits for an answer. */
const largest = 1 << 20;

/** Yields the steps of `request`; returns the finished pictures. */
export async function* sample(request: SampleRequest, library: Library, guard: Guard): AsyncGenerator<SamplerStep, Pixels, void> {
  const { model, sampler, schedule, steps, seed, count = 1, prompt, guidance, eta = 0, start } = request;
  const { manifest } = await library.load(model);
  const { sigmaMin = 0, sigmaMax = Infinity } = manifest;
  const item = await guard(async () => (await library.open(model)).item);
  const shape = [count, ...item];
  const size = shape.reduce((product, side) => product * side, 1);
  if (size > largest) throw new EngineError('bad-request', `${count} items of [${item.join(', ')}] are too many for one job`);
  if (start && start.image.shape.join() !== shape.join())
    throw new EngineError('bad-request', `the start is [${start.image.shape.join(', ')}], not [${shape.join(', ')}]`);
  const from = start && Math.min(sigmaMax, Math.max(sigmaMin, start.level));
  const levels = levelsOf(schedule, steps, { sigmaMin, sigmaMax, ...(from === undefined ? {} : { from }) });
  const denoise: Denoise = (noisy, level) =>
    guard(async (breathe) => (await library.open(model)).denoise({ prompt, guidance, breathe })(noisy, level));
  const noisy = await begin(levels[0]!, size, seed, start);

  const run = samplers[sampler]({ denoise, noisy, levels, eta, fresh: (index) => drawNormals(seed, index + 1, size, nextTask) });
  let before = performance.now();
  for (;;) {
    const { done, value } = await run.next();
    if (done) return { shape, values: value };
    const now = performance.now();
    const scale = 1 / Math.sqrt(1 + value.next * value.next);
    yield {
      index: value.index,
      steps,
      level: value.level,
      next: value.next,
      noisy: { shape, values: value.noisy.map((x) => x * scale) },
      clean: { shape, values: value.clean.slice() },
      milliseconds: now - before,
    };
    before = now;
  }
}

/** clean + level * noise to start from: pure noise, a picture noised by the closed form, or an x_t. */
async function begin(level: number, size: number, seed: number, start: SampleRequest['start']): Promise<Float32Array> {
  if (start?.noisy) return start.image.values.map((x) => x * Math.sqrt(1 + level * level));
  const noise = await drawNormals(seed, 0, size, nextTask);
  return noise.map((eps, at) => (start?.image.values[at] ?? 0) + level * eps);
}
