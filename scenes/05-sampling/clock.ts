// The clock of a race: it tells each lane's own computing time, and runs slowly enough to be watched.

/** A step of a lane as it came, at `at` ms of that lane's own computing; `done`: how many steps are done with it. */
export interface Frame {
  readonly at: number;
  readonly done: number;
  readonly image: Float32Array;
}
/** A lane in a race. */
export interface Run {
  readonly steps: number;
  readonly frames: readonly Frame[];
  readonly isDone: boolean;
}

/** How many times slower than it is computed a race is shown: 1 where it takes long by itself. Both in ms, for the longest lane. */
export const slowness = (expected: number, watched: number): number => Math.max(1, Math.round(watched / Math.max(1, expected)));

/** The last frame that a lane has reached at this time of the clock; undefined before its first. */
export function reached({ frames }: Run, clock: number): Frame | undefined {
  let last: Frame | undefined;
  for (const frame of frames) {
    if (frame.at > clock) break;
    last = frame;
  }
  return last;
}

/** Share of its steps that a lane has done at this time. */
export const progress = (run: Run, clock: number): number => (reached(run, clock)?.done ?? 0) / run.steps;

/** The clock `milliseconds` later: never ahead of what a lane that still runs has computed. */
export function advanced(clock: number, milliseconds: number, slow: number, runs: readonly Run[]): number {
  const frontier = Math.min(...runs.map(({ frames, isDone }) => (isDone ? Infinity : (frames.at(-1)?.at ?? 0))));
  return Math.max(clock, Math.min(frontier, clock + milliseconds / slow));
}

/** Whether every lane has come in by this time of the clock. */
export const isOver = (clock: number, runs: readonly Run[]): boolean =>
  runs.every(({ frames, isDone }) => isDone && (frames.at(-1)?.at ?? 0) <= clock);
