// What changes in each frame, for the exhibits to read: the step that is shown, and which parts are cut.
import type { Pixels } from '../../src/engine';

/** One step of a run, or one look at another time, as the hall shows it. */
export interface Frame {
  readonly index: number;
  readonly steps: number;
  /** Share of noise in what goes in, 1 - abar. */
  readonly noise: number;
  /** What each station puts out, by its name: `input` is what went in, `output` the guess of the clean picture. */
  readonly maps: Readonly<Record<string, Pixels>>;
}

/** One object for the whole hall; the story writes it, exhibits read it in their frame. */
export const live = {
  frame: undefined as Frame | undefined,
  /** When it was shown, and how long each stays to be seen: ms as `performance.now` counts. */
  since: 0,
  stay: 700,
  /** Counts up with each frame. */
  version: 0,
  /** Parts of the network that are cut in what is shown, by their names in the plan. */
  cut: new Set<string>() as ReadonlySet<string>,
};

export function show(frame: Frame | undefined): void {
  live.frame = frame;
  live.since = performance.now();
  live.version++;
}
