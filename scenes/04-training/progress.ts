// How a course stands, in words: where it is, how quickly it goes, what is still to come, or why it stands still.
import type { Said } from '../../src/controls';
import { percentOf } from '../../src/text/amounts';
import { about, epochsOf, spanOf } from './amounts';
import type { Course } from './course';
import { shelf } from './shelf';
import type { View } from './view';

/** What is said of a recording while the walls show it; a training of the visitor's own may go on behind it. */
export function replayOf({ epoch, goal, standing }: View, course: Course | undefined): Said {
  const isBeside = course !== undefined && !course.isPaused && !course.failed;
  const keys = { playing: 'replay', paused: 'replayPaused', over: 'replayOver', whole: 'replayWhole' };
  const key = isBeside ? 'replayBeside' : keys[standing ?? 'playing'];
  return { key, with: { epoch: epochsOf(epoch), goal: Math.round(goal), own: epochsOf(course?.clock.epoch ?? 0) } };
}

/** What is said of a course as it stands. */
export function progressOf(course: Course) {
  const { clock, recipe, isPaused, isSlow, isDone, training: run } = course;
  const left = clock.left(recipe.goal);
  const fill = {
    epoch: epochsOf(clock.epoch),
    goal: recipe.goal,
    step: clock.step,
    size: clock.size,
    percent: percentOf(clock.epoch / recipe.goal),
    speed: clock.speed === undefined ? '–' : about(clock.speed),
    left: left === undefined ? '–' : spanOf(left),
    spent: spanOf(clock.seconds),
    setbacks: course.setbacks,
    piece: run.latest?.piece ?? 0,
  };
  if (course.failed) return { key: `engine.error.${course.failed}` };
  if (isSlow && !course.isHeld) return { key: 'slowly', with: fill };
  if (shelf.wasHidden) return { key: 'hidden', with: fill };
  if (course.isHeld) return { key: 'held', with: fill };
  if (isPaused && course.isStepping && clock.step === 0) return { key: 'waking', with: fill };
  if (isPaused) return { key: isDone ? 'done' : left === undefined ? 'pausedEarly' : 'paused', with: fill };
  if (left === undefined) return { key: 'waking', with: fill };
  if (course.isHalved) return { key: 'runningHalved', with: fill };
  return { key: course.setbacks > 0 ? 'runningAgain' : 'running', with: fill };
}
