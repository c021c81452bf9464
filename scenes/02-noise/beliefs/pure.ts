// "At T it is exactly noise": the mean of many x_T shows the ghost of the picture that is still in each of them.
import { levelOfAbar, rounded, signalIn } from '../closed';
import { pixels, strip } from '../picture';
import { abarAt } from '../schedule';
import type { Experiment } from './tools';

const count = 2048;

/** Stable Diffusion's schedule: the roots of a thousand betas evenly from 0.00085 to 0.012; abar at its end. */
export function latentAbarEnd(): number {
  const [from, to] = [Math.sqrt(0.00085), Math.sqrt(0.012)];
  let abar = 1;
  for (let step = 0; step < 1000; step++) abar *= 1 - (from + ((to - from) * step) / 999) ** 2;
  return abar;
}

/** The same with black at -1 and the brightest point at 1. */
function stretched(image: Float32Array): Float32Array {
  const [low, high] = [Math.min(...image), Math.max(...image)];
  return image.map((value) => (2 * (value - low)) / (high - low || 1) - 1);
}

export function meanOf(values: Float32Array, size: number): Float32Array {
  const mean = new Float32Array(size);
  const images = values.length / size;
  for (let i = 0; i < values.length; i++) mean[i % size]! += values[i]! / images;
  return mean;
}

export const pure: Experiment = async ({ engine, image, seed }) => {
  const copies = pixels(...Array.from({ length: count }, () => image));
  const ends = { ddpm: abarAt('linear', 1), latent: latentAbarEnd() };
  const noised = async (abar: number) => (await engine.noise({ image: copies, level: levelOfAbar(abar), seed })).values;
  const ddpm = await noised(ends.ddpm);
  const latent = await noised(ends.latent);
  const [ddpmMean, latentMean] = [meanOf(ddpm, image.length), meanOf(latent, image.length)];
  const fill = {
    count,
    ddpm: Number(Math.sqrt(ends.ddpm).toPrecision(2)),
    latent: Number(Math.sqrt(ends.latent).toPrecision(2)),
    foundDdpm: rounded(signalIn(ddpmMean, image), 4),
    foundLatent: rounded(signalIn(latentMean, image), 3),
  };
  const pictures = [ddpm.slice(0, image.length), stretched(ddpmMean), stretched(latentMean)];
  return { said: { key: 'finding.pure', with: fill }, result: strip(pictures, { key: 'purePicture', with: fill }) };
};
