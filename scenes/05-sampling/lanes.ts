// The samplers that race, in the order of their lanes: the one table that names, levers, lanes and places are made from.

interface Racer {
  /** As its paper writes it; the same in every language. */
  readonly name: string;
  /** Steps at the beginning, and at most. */
  readonly steps: number;
  readonly most?: number;
  /** Evaluations of the network in so many steps; one each where it is not said. */
  readonly evaluations?: (steps: number) => number;
  /** Whether it draws fresh noise on the way; DDIM's eta decides where it is not said. */
  readonly isFresh?: boolean;
}

export const lanes = ['ddpm', 'ddim', 'euler', 'heun', 'dpmpp2m'] as const;
export type Lane = (typeof lanes)[number];

export const racers: Readonly<Record<Lane, Racer>> = {
  ddpm: { name: 'DDPM', steps: 50, isFresh: true },
  ddim: { name: 'DDIM', steps: 20 },
  euler: { name: 'Euler', steps: 16, isFresh: false },
  // Two a step but in the last, which ends where there is nothing to correct.
  heun: { name: 'Heun', steps: 8, most: 50, isFresh: false, evaluations: (steps) => 2 * steps - 1 },
  dpmpp2m: { name: 'DPM-Solver++(2M)', steps: 12, isFresh: false },
};

/** Something of each lane, under a name made from its own. */
export const byLane = <Name extends string, Of>(name: (lane: Lane) => Name, of: (lane: Lane) => Of): Record<Name, Of> =>
  Object.fromEntries(lanes.map((lane) => [name(lane), of(lane)])) as Record<Name, Of>;

/** A place for every lane: as many as there are lanes, from 1. */
export type Rank = `rank${Exclude<Extract<keyof (readonly [null, ...typeof lanes]), `${number}`>, '0'>}`;
export const ranks = lanes.map((_, i) => `rank${i + 1}` as Rank);
