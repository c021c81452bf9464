// Starts and steers the course, and says how it stands: progress, speed, time left, and what it costs.
import type { Engine } from '../../src/engine';
import { codeOf } from '../../src/kit/watch';
import { about, epochsOf, spanOf } from './amounts';
import { watts } from './clock';
import { training } from './controls';
import type { Course } from './course';
import { paced } from './paced';
import { progressOf, replayOf } from './progress';
import { digitsRecipe, type Recipe, type RateSchedule } from './recipe';
import { firstOf, loadSet } from './set';
import { shelf } from './shelf';
import { live, onView } from './view';

const { useValues, set } = training;

/** Seconds for all epochs beyond which a device counts as weak. */
const patience = 15 * 60;
/** Longest piece of a step on a graphics card, which has frames to draw as well; ms. */
const graphics = 16;

export function openRun(engine: Engine, recipe: Recipe = digitsRecipe): () => void {
  let turn = 0;
  let isFetching = false;

  async function start(how: 'run' | 'step' | 'slow') {
    const mine = ++turn;
    isFetching = true;
    shelf.drop();
    set('slow', how === 'slow');
    set('recorded', false);
    set('progress', { key: 'fetching' });
    const { size, rate, schedule } = useValues.getState();
    try {
      const data = firstOf(await loadSet(), size);
      if (mine !== turn) return;
      isFetching = false;
      const budget = engine.report().backend === 'webgpu' ? graphics : undefined;
      const course = shelf.open(engine, {
        recipe,
        data,
        rate: 10 ** rate,
        schedule: schedule as RateSchedule,
        budget,
        isPaused: how !== 'run',
      });
      if (how === 'step') course.step();
      else if (useValues.getState().slow) course.slow();
    } catch (why) {
      if (mine !== turn) return;
      isFetching = false;
      set('slow', false);
      set('progress', { key: `engine.error.${codeOf(why)}` });
    }
  }

  function again() {
    turn++;
    isFetching = false;
    // First the controls: what is said when the course goes is said to a fresh lab.
    training.reset();
    shelf.drop();
    say();
  }

  /** After the first steps: how long all of it takes here; a weak device is asked before it goes on. */
  function advise(course: Course) {
    const { speed } = course.clock;
    if (course.isAdvised || speed === undefined) return;
    course.isAdvised = true;
    const all = (course.recipe.goal * course.clock.size) / speed;
    const fill = { goal: course.recipe.goal, size: course.clock.size, time: spanOf(all), speed: about(speed) };
    set('advice', { key: all > patience ? 'adviceWeak' : 'adviceFine', with: fill });
    if (all > patience) course.pause();
  }

  /** What a weak device was asked is answered once it goes on. */
  function settle(course: Course) {
    if (!course.isPaused && useValues.getState().advice?.key === 'adviceWeak') set('advice', null);
  }

  function say() {
    const { course, waiting } = shelf;
    set('waiting', waiting ? { key: 'waiting', with: { epoch: epochsOf(waiting.clock.epoch), size: waiting.clock.size } } : null);
    const backend = engine.report().backend ?? 'wasm';
    if (live.recording) {
      set('progress', replayOf(live.recording, course));
      return set('power', null);
    }
    if (!course) {
      set('progress', { key: 'idle', with: { size: useValues.getState().size } });
      set('power', null);
      if (!useValues.getState().recorded) set('advice', null);
      return;
    }
    advise(course);
    settle(course);
    set('progress', progressOf(course));
    const spent = { energy: about(course.clock.energy(backend)), watts: watts[backend], spent: spanOf(course.clock.seconds) };
    set('power', { key: backend === 'webgpu' ? 'powerGraphics' : 'powerProcessor', with: spent });
  }

  const saying = paced(say, 500);
  say();
  const stopView = onView(saying);
  const stopListening = useValues.subscribe((now, before) => {
    if (now.start > before.start) return void start('run');
    if (now.again > before.again) return again();
    if (now.takeUp > before.takeUp) shelf.takeUp();
    if (now.size !== before.size && !shelf.course) say();
    // While the walls show the recording, a pause is the recording's; a step is the visitor's own, and puts it away.
    if (live.recording && now.pause > before.pause) return;
    const isSlower = now.slow && !before.slow;
    if (now.recorded && (now.step > before.step || isSlower)) set('recorded', false);
    const { course } = shelf;
    if (!course) {
      if (now.step > before.step) void start('step');
      else if (isSlower && !isFetching) void start('slow');
      else if (now.pause > before.pause && !isFetching) set('progress', { key: 'pauseNothing' });
      return;
    }
    if (now.pause > before.pause) {
      if (course.isPaused) course.resume();
      else course.pause();
      set('slow', false);
    } else if (now.step > before.step) {
      course.step();
      set('slow', false);
    } else if (now.slow !== before.slow) {
      if (now.slow) course.slow();
      else if (course.isSlow) course.resume();
    } else return;
    say();
  });
  return () => {
    turn++;
    saying.close();
    stopView();
    stopListening();
  };
}
