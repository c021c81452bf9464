// The linear schedule of DDPM (Ho et al. 2020): beta from 1e-4 to 0.02 in T = 1000 steps.
import { levelOf, type Schedule } from './abar';

const STEPS = 1000;

/** Share of noise that step 1 to T adds: x <- sqrt(1 - beta) x + sqrt(beta) eps. */
export const ddpmBeta = (step: number) => 1e-4 + ((0.02 - 1e-4) * (step - 1)) / (STEPS - 1);

/** ln abar after 0, 1, ... T steps: the sum of ln(1 - beta). */
const logarithms = new Float64Array(STEPS + 1);
for (let step = 1; step <= STEPS; step++) {
  logarithms[step] = logarithms[step - 1]! + Math.log1p(-ddpmBeta(step));
}

/** Between two of the thousand steps, ln abar is on the line between them. */
export const linear: Schedule = (t) => {
  const place = Math.min(1, Math.max(0, t)) * STEPS;
  const before = Math.min(STEPS - 1, Math.floor(place));
  const share = place - before;
  return levelOf(Math.exp(logarithms[before]! * (1 - share) + logarithms[before + 1]! * share));
};
