// What is told of each sampler that races, and what it does to time and to repeating.
import type { Lane } from './lanes';

interface Racer {
  /** As its paper writes it; the same in every language. */
  readonly name: string;
  /** Evaluations of the network in so many steps; one each where it is not said. */
  readonly evaluations?: (steps: number) => number;
  /** Whether it draws fresh noise on the way; DDIM's eta decides where it is not said. */
  readonly isFresh?: boolean;
}

export const racers: Readonly<Record<Lane, Racer>> = {
  ddpm: { name: 'DDPM', isFresh: true },
  ddim: { name: 'DDIM' },
  euler: { name: 'Euler', isFresh: false },
  // Two a step but in the last, which ends where there is nothing to correct.
  heun: { name: 'Heun', isFresh: false, evaluations: (steps) => 2 * steps - 1 },
  dpmpp2m: { name: 'DPM-Solver++(2M)', isFresh: false },
};
