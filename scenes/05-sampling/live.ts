// What changes in each frame of the race, for the exhibits to read; the story writes it.
import { lanes, type Lane } from './lanes';
import type { Repeat } from './repeats';
import type { Point } from './points';

export interface Runner {
  /** Share of its steps that is done, 0 to 1. */
  progress: number;
  /** The picture at this step, [side x side]; undefined before the first. */
  image: Float32Array | undefined;
}

export const live = {
  runners: Object.fromEntries(lanes.map((lane) => [lane, { progress: 0, image: undefined }])) as Record<Lane, Runner>,
  /** Pictures of the lanes on the podium, the quickest first. */
  placed: [] as readonly (Float32Array | undefined)[],
  /** The noise that all lanes start from; undefined before it is drawn. */
  noise: undefined as Float32Array | undefined,
  /** The repeats that are done; the story's sentences tell that there is a new one. */
  repeats: [] as readonly Repeat[],
  /** Points of the chart of quality, by sampler. */
  points: { ddpm: [], ddim: [] } as { ddpm: readonly Point[]; ddim: readonly Point[] },
};

/** Everybody at the start. */
export function lineUp(): void {
  for (const lane of lanes) {
    live.runners[lane].progress = 0;
    live.runners[lane].image = live.noise;
  }
  live.placed = [];
}
