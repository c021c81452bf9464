// The samplers that race, in the order of their lanes: levers, lanes and places are made from this list, and `racers` tells more of each.

export const lanes = ['ddpm', 'ddim', 'euler', 'heun', 'dpmpp2m'] as const;
export type Lane = (typeof lanes)[number];

/** Steps at the beginning, and at most. */
export const stepsFor: Readonly<Record<Lane, readonly [start: number, most: number]>> = {
  ddpm: [50, 100],
  ddim: [20, 100],
  euler: [16, 100],
  heun: [8, 50],
  dpmpp2m: [12, 100],
};

/** A place for every lane: as many as there are lanes, from 1. */
export type Rank = `rank${Exclude<Extract<keyof (readonly [null, ...typeof lanes]), `${number}`>, '0'>}`;
export const ranks = lanes.map((_, i) => `rank${i + 1}` as Rank);
