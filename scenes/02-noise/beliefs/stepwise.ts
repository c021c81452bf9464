// "Forward steps must be run one by one": five hundred small steps of DDPM against one by the closed form.
import { ddpmBeta } from '../../../src/engine';
import { mixed, noiseIn, rounded, signalIn } from '../closed';
import { side } from '../drawn';
import { pureNoise, strip } from '../picture';
import type { Experiment } from './tools';

const steps = 500;

/** x after small steps x <- sqrt(1 - beta) x + sqrt(beta) eps, a fresh eps each; and abar, the share of signal that is left. */
export function walked(clean: Float32Array, noises: Float32Array, count: number): { noisy: Float32Array; abar: number } {
  const noisy = clean.slice();
  let abar = 1;
  for (let step = 0; step < count; step++) {
    const beta = ddpmBeta(step + 1);
    const [keep, add] = [Math.sqrt(1 - beta), Math.sqrt(beta)];
    const offset = step * clean.length;
    for (let i = 0; i < clean.length; i++) noisy[i] = keep * noisy[i]! + add * noises[offset + i]!;
    abar *= 1 - beta;
  }
  return { noisy, abar };
}

export const stepwise: Experiment = async ({ engine, image, seed }) => {
  const many = await pureNoise(engine, [steps, side, side, 1], seed);
  const one = await pureNoise(engine, [1, side, side, 1], seed + 500_000);
  const slow = walked(image, many, steps);
  const quick = mixed(image, one, slow.abar);
  const signal = Math.sqrt(slow.abar);
  const fill = {
    steps,
    signalSlow: rounded(signalIn(slow.noisy, image), 2),
    signalQuick: rounded(signalIn(quick, image), 2),
    noiseSlow: rounded(noiseIn(slow.noisy, image, signal), 2),
    noiseQuick: rounded(noiseIn(quick, image, signal), 2),
    signal: rounded(signal, 2),
    noise: rounded(Math.sqrt(1 - slow.abar), 2),
  };
  return {
    said: { key: 'finding.stepwise', with: fill },
    result: strip([image, slow.noisy, quick], { key: 'stepwisePicture', with: fill }),
  };
};
