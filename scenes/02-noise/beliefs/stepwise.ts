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

/** Both ways so often: a single try says little, for chance moves it. */
const tries = 8;

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const spread = (values: readonly number[]) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));

export const stepwise: Experiment = async ({ engine, image, seed, isOver }) => {
  const found = { signalSlow: [] as number[], signalQuick: [] as number[], noiseSlow: [] as number[], noiseQuick: [] as number[] };
  let pictures = [image, image];
  let abar = 1;
  for (let attempt = 0; attempt < tries && !isOver(); attempt++) {
    const many = await pureNoise(engine, [steps, side, side, 1], seed * tries + attempt);
    const one = await pureNoise(engine, [1, side, side, 1], seed * tries + attempt + 500_000);
    const slow = walked(image, many, steps);
    abar = slow.abar;
    const quick = mixed(image, one, abar);
    pictures = [slow.noisy, quick];
    const signal = Math.sqrt(abar);
    found.signalSlow.push(signalIn(slow.noisy, image));
    found.signalQuick.push(signalIn(quick, image));
    found.noiseSlow.push(noiseIn(slow.noisy, image, signal));
    found.noiseQuick.push(noiseIn(quick, image, signal));
  }
  const fill = {
    steps,
    tries,
    signalSlow: rounded(mean(found.signalSlow), 2),
    signalQuick: rounded(mean(found.signalQuick), 2),
    noiseSlow: rounded(mean(found.noiseSlow), 2),
    noiseQuick: rounded(mean(found.noiseQuick), 2),
    scatter: rounded(spread([...found.signalSlow, ...found.signalQuick]), 2),
    signal: rounded(Math.sqrt(abar), 2),
    noise: rounded(Math.sqrt(1 - abar), 2),
  };
  return {
    said: { key: 'finding.stepwise', with: fill },
    result: strip([image, ...pictures], { key: 'stepwisePicture', with: fill }),
  };
};
