// Pictures from a model in training: always the same noise, so that what differs is what was learned; and what the judge reads in them.
import type { Engine, ModelName, Pixels } from '../../src/engine';
import type { Recipe } from './recipe';

/** Pictures that are shown together, in a square. */
export const shownTogether = 4;

/** Four pictures as one, two in a row. */
export function square({ values, shape: [, side = 0] }: Pixels): Float32Array {
  const whole = new Float32Array(4 * side * side).fill(-1);
  for (let item = 0; item < Math.min(shownTogether, values.length / side ** 2); item++)
    for (let row = 0; row < side; row++) {
      const from = (item * side + row) * side;
      whole.set(values.subarray(from, from + side), (Math.floor(item / 2) * side + row) * 2 * side + (item % 2) * side);
    }
  return whole;
}

/** A run that draws so many of the recipe's pictures; the job is the caller's to cancel. */
export const drawing = (engine: Engine, model: ModelName, { prompts, steps, seed, room }: Recipe, count: number = shownTogether) =>
  engine.sample({
    ...{ model, sampler: 'dpmpp2m', schedule: 'cosine', steps, seed, count, room },
    ...{ prompt: prompts.slice(0, count), guidance: 2 },
  });

/** How many of the pictures the judge reads as they were asked for; undefined where there is no judge, or it reads another size. */
export async function agreedIn(engine: Engine, pictures: Pixels, { prompts }: Recipe): Promise<number | undefined> {
  const verdicts = await engine.classify(pictures).catch(() => undefined);
  return verdicts?.filter(({ label }, at) => label === prompts[at]).length;
}

/** So loud that of the picture nothing is left: the noise itself, which every drawing starts from. */
const deafening = 1e5;

export async function noiseOf(engine: Engine, { side, seed }: Recipe): Promise<Float32Array> {
  const shape = [shownTogether, side, side, 1];
  const image = { values: new Float32Array(shownTogether * side * side), shape };
  return square(await engine.noise({ image, level: deafening, seed }));
}
