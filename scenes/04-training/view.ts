// What the walls show: the course under way, or the recording while it is looked at. Moving things are read from `live` in the frame.
import type { Milestone } from './course';
import type { Point } from './history';
import { digitsRecipe } from './recipe';
import { shelf } from './shelf';

export interface View {
  readonly points: readonly Point[];
  readonly milestones: readonly Milestone[];
  readonly live: { readonly picture: Float32Array; readonly epoch: number } | undefined;
  readonly epoch: number;
  readonly goal: number;
  readonly isRecording: boolean;
  /** How a recording stands. */
  readonly standing?: 'playing' | 'paused' | 'over' | 'whole';
}

export const live = {
  /** The noise that all drawings start from; until it is there, nothing is shown. */
  noise: undefined as Float32Array | undefined,
  /** The recording as far as it has been played. */
  recording: undefined as View | undefined,
  /** Points that the small cloud network last drew. */
  cloud: undefined as Float32Array | undefined,
};

/** The points of the small cloud network, to be read in the frame. */
export const pointsNow = () => live.cloud;

const nothing: View = { points: [], milestones: [], live: undefined, epoch: 0, goal: digitsRecipe.goal, isRecording: false };

export function viewNow(): View {
  if (live.recording) return live.recording;
  const { course } = shelf;
  if (!course) return nothing;
  const { history, milestones, clock, recipe } = course;
  return { points: history.points, milestones, live: course.live, epoch: clock.epoch, goal: recipe.goal, isRecording: false };
}

const listeners = new Set<() => void>();
/** The recording has gone on, or was put away. */
export const viewChanged = () => listeners.forEach((listener) => listener());
/** Calls back when what the walls show has changed; returns what stops it. */
export function onView(listener: () => void): () => void {
  listeners.add(listener);
  const stop = shelf.watch(listener);
  return () => {
    listeners.delete(listener);
    stop();
  };
}
