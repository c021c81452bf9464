// "At T it is exactly noise": the mean of many x_T shows the ghost of the picture that is still in each of them.
import { rounded, signalIn } from '../closed';
import { side } from '../drawn';
import { pureNoise, strip } from '../picture';
import { abarAt } from '../schedule';
import type { Experiment } from './tools';

/** So many x_T that DDPM's ghost, a hundred times fainter than its noise, can be seen; in parts, so that others have their turn. */
const [parts, each] = [32, 256];

/** Stable Diffusion's schedule: the roots of a thousand betas evenly from 0.00085 to 0.012; abar at its end. */
export function latentAbarEnd(): number {
  const [from, to] = [Math.sqrt(0.00085), Math.sqrt(0.012)];
  let abar = 1;
  for (let step = 0; step < 1000; step++) abar *= 1 - (from + ((to - from) * step) / 999) ** 2;
  return abar;
}

/** The same with its darkest point at -1 and its brightest at 1. */
function stretched(image: Float32Array): Float32Array {
  const [low, high] = [Math.min(...image), Math.max(...image)];
  return image.map((value) => (2 * (value - low)) / (high - low || 1) - 1);
}

/** The sum of x_t = sqrt(abar) clean + sqrt(1 - abar) eps over many eps that lie one after the other. */
export function summed(clean: Float32Array, noises: Float32Array, abar: number): Float32Array {
  const [signal, rest] = [Math.sqrt(abar), Math.sqrt(1 - abar)];
  const sum = new Float32Array(clean.length);
  for (let i = 0; i < noises.length; i++) sum[i % clean.length]! += signal * clean[i % clean.length]! + rest * noises[i]!;
  return sum;
}

export const pure: Experiment = async ({ engine, image, seed, isOver }) => {
  const ends = { ddpm: abarAt('linear', 1), latent: latentAbarEnd() };
  const means = { ddpm: new Float32Array(image.length), latent: new Float32Array(image.length) };
  let one = image;
  for (let part = 0; part < parts && !isOver(); part++) {
    const noises = await pureNoise(engine, [each, side, side, 1], seed * parts + part);
    one = summed(image, noises.subarray(0, image.length), ends.ddpm);
    for (const name of ['ddpm', 'latent'] as const)
      summed(image, noises, ends[name]).forEach((value, i) => (means[name][i]! += value / (parts * each)));
  }
  const fill = {
    count: parts * each,
    ddpm: Number(Math.sqrt(ends.ddpm).toPrecision(2)),
    latent: Number(Math.sqrt(ends.latent).toPrecision(2)),
    foundDdpm: rounded(signalIn(means.ddpm, image), 4),
    foundLatent: rounded(signalIn(means.latent, image), 3),
  };
  const result = strip([one, stretched(means.ddpm), stretched(means.latent)], { key: 'purePicture', with: fill });
  return { said: { key: 'finding.pure', with: fill }, result };
};
