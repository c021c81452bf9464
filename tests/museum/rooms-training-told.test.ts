// What the training lab tells and shows is what was asked for and measured: which weights drew, from which noise, when, and how the judge read it.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Said } from '../../src/controls';
import type { Engine, Job, Pixels, SampleRequest, SamplerStep, Training, Verdict } from '../../src/engine';
import { Clock } from '../../scenes/04-training/clock';
import { training } from '../../scenes/04-training/controls';
import type { Course, Milestone } from '../../scenes/04-training/course';
import { noiseOf, drawing } from '../../scenes/04-training/draw';
import { foretoldOf } from '../../scenes/04-training/finding';
import { History } from '../../scenes/04-training/history';
import { openKeeping } from '../../scenes/04-training/keeping';
import { openLesson } from '../../scenes/04-training/lesson';
import { openLoss } from '../../scenes/04-training/loss';
import { progressOf } from '../../scenes/04-training/progress';
import { digitsRecipe, type Recipe } from '../../scenes/04-training/recipe';
import { openRewind } from '../../scenes/04-training/rewind';
import { shelf } from '../../scenes/04-training/shelf';
import { local } from '../engine/link';
import { bars, toy } from '../engine/toys';

/** The lab in small: bars of 8 x 8 pixels, three steps an epoch. */
const recipe: Recipe = {
  ...{ name: 'lab', network: toy.network, classes: toy.classes, batch: 8, goal: 12, milestones: [1, 3, 6, 12] },
  ...{ prompts: ['left', 'right', 'left', 'right'], side: 8, steps: 4, seed: 4, room: 'here' },
};
const options = { recipe, data: bars(24), rate: 5e-3, schedule: 'constant' as const };
const endless = { ...options, recipe: { ...recipe, goal: 1e6, milestones: [1e6] } };
const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 30_000, interval: 2 });

let engine: Engine;
let inside: Engine;
let close = () => {};
/** What was asked for, and milliseconds of each step as the engine told them. */
let [drawn, exported]: [SampleRequest[], string[]] = [[], []];
const told = new Map<number, number>();
/** Awaited before a picture is drawn. */
let before: () => Promise<void>;
beforeEach(() => {
  [drawn, exported] = [[], []];
  told.clear();
  before = () => Promise.resolve();
  training.reset();
  inside = local({ heard: (tell) => void (tell.kind === 'trained' && told.set(tell.step.step, tell.step.milliseconds)) }).engine;
  inside.attend('here');
  engine = {
    ...inside,
    sample(request) {
      drawn.push(request);
      const waiting = before();
      // Raw weights draw another grey.
      const result = waiting.then(() => ({
        values: new Float32Array(4 * 64).fill(request.model.endsWith('/raw') ? 0.5 : -0.5),
        shape: [4, 8, 8, 1],
      }));
      return { latest: undefined, result, cancel: () => {} } satisfies Job<SamplerStep, Pixels>;
    },
    classify: () =>
      Promise.resolve(['left', 'left', 'left', 'left'].map((label): Verdict => ({ label, confidence: 1, probabilities: [] }))),
    exportModel: (model) => (exported.push(model), inside.exportModel(model)),
  };
});
afterEach(() => {
  close();
  close = () => {};
  shelf.drop();
  inside.close();
});

const stepOf = (epoch: number) => Math.round((epoch * 24) / 8);
const spent = (step: number) => [...told].reduce((sum, [at, milliseconds]) => sum + (at <= step ? milliseconds / 1000 : 0), 0);
async function atRest(course: Course): Promise<void> {
  course.pause();
  await until(() => course.training.latest !== undefined);
  for (let step = -1; step !== course.training.latest!.step; await new Promise((go) => setTimeout(go, 200)))
    step = course.training.latest!.step;
}

describe('the pictures of a course', () => {
  test('are drawn by averaged weights, and judged by what the judge reads', async () => {
    const course = shelf.open(engine, options);
    await until(() => course.milestones.length === 4);
    expect(course.milestones.map(({ agreed, judged }) => [agreed, judged])).toEqual(Array(4).fill([2, 4]));
    for (const { picture } of course.milestones) expect(picture[0]).toBe(-0.5);
    for (const { model } of drawn) expect(model).toMatch(/^training:lab@\d+$/);
  });

  test('tell the time when their checkpoint was taken, however late they are drawn', async () => {
    let isFirst = true;
    // The picture before the first milestone takes its time, while the training goes on.
    before = () => (isFirst ? ((isFirst = false), new Promise((go) => setTimeout(go, 1200))) : Promise.resolve());
    const course = shelf.open(engine, options);
    await until(() => course.milestones.length === 4);
    for (const { at, seconds } of course.milestones) {
      const computed = spent(stepOf(at));
      // It looks 40 times a second: that, and a step or two, is all that it may be off.
      expect(Math.abs(seconds - computed)).toBeLessThan(0.1 + 0.5 * computed);
    }
    expect(course.milestones[0]!.seconds).toBeLessThan(course.milestones[3]!.seconds);
  });

  test('start from the noise that hangs on the wall', async () => {
    const noises: number[] = [];
    await noiseOf({ ...inside, noise: (request) => (noises.push(request.seed), inside.noise(request)) }, digitsRecipe);
    await drawing(engine, 'digits', digitsRecipe).result;
    expect(noises).toEqual([drawn[0]!.seed]);
  });
});

test('the way back shows averaged weights as averaged, raw ones as raw', async () => {
  const course = shelf.open(engine, endless);
  await until(() => course.training.checkpoints().length > 3);
  await atRest(course);
  close = openRewind(engine);
  training.set('checkpoint', 0.5);
  const { useValues } = training;
  await until(() => useValues.getState().checkpointSays?.key === 'checkpoint');
  const { average, raw } = useValues.getState();
  expect([average!.values[0], average!.said.key]).toEqual([-0.5, 'averagePicture']);
  expect([raw!.values[0], raw!.said.key]).toEqual([0.5, 'rawPicture']);
});

test('a file holds the averaged weights of the newest checkpoint', async () => {
  const course = shelf.open(engine, endless);
  await until(() => course.training.checkpoints().length > 3);
  await atRest(course);
  const delivered: string[] = [];
  close = openKeeping(engine, (_, name) => delivered.push(name), recipe);
  training.press('save');
  await until(() => delivered.length === 1);
  expect(exported).toEqual([course.training.checkpoints().at(-1)!.model]);
});

test('a rate that was set in a pause is that of the very next step', async () => {
  const course = shelf.open(engine, endless);
  await until(() => course.clock.step > 3);
  await atRest(course);
  const { step } = course.training.latest!;
  course.rate = 0.01;
  course.step();
  await until(() => course.training.latest!.step > step);
  expect(course.training.latest).toMatchObject({ step: step + 1, rate: 0.01 });
});

test('the digits wait while a shape is learned, and go on by themselves', async () => {
  const course = shelf.open(engine, endless);
  await until(() => course.clock.step > 3);
  const lesson = { result: new Promise(() => undefined), checkpoints: () => [], cancel: vi.fn() } as unknown as Training;
  close = openLesson({ ...engine, train: () => lesson });
  training.press('learn');
  expect([course.isHeld, progressOf(course).key, training.useValues.getState().cloudSays!.key]).toEqual([true, 'held', 'cloudStartsAlone']);
  await atRest({ training: course.training, pause: () => {} } as Course);
  const { step } = course.training.latest!;
  close();
  expect(lesson.cancel).toHaveBeenCalled();
  await until(() => course.clock.step > step + 3);
  // Who paused it meanwhile finds it paused.
  close = openLesson({ ...engine, train: () => lesson });
  training.press('learn');
  course.pause();
  close();
  expect([course.isHeld, course.isPaused]).toEqual([false, true]);
});

describe('after a set-back', () => {
  test('the line goes on from the last step that was kept, as if the others had never been', () => {
    const [history, other] = [new History(), new History()];
    const steps = (from: number, to: number, loss: number) => {
      for (let step = from; step <= to; step++) {
        const seen = { loss: loss + step / 100, bands: [loss, undefined, undefined, undefined, undefined] };
        if (from > 1 || step <= 4) other.add(seen, step);
        history.add(seen, step);
      }
    };
    steps(1, 8, 1);
    history.back(4);
    steps(5, 9, 0.2);
    expect(history.points).toEqual(other.points);
    history.back(0);
    history.add({ loss: 7, bands: [] }, 1);
    expect(history.latest).toMatchObject({ loss: 7 });
  });
});

describe('the time left', () => {
  test('is not shaken by some slow steps', () => {
    const clock = new Clock(512, 32);
    clock.tick({ step: 1, milliseconds: 4000 });
    let previous: number | undefined;
    for (let step = 2; step <= 800; step++) {
      clock.tick({ step, milliseconds: step > 150 && step % 100 < 5 ? 1500 : 200 });
      const left = clock.left(100)!;
      if (step > 150) expect(Math.abs(left / previous! - 1)).toBeLessThan(0.06);
      previous = left;
    }
    // On the average a step took 265 ms.
    expect(previous! / (800 * 0.265)).toBeGreaterThan(0.75);
    expect(previous! / (800 * 0.265)).toBeLessThan(1.3);
  });
  test('follows a device that has become slower', () => {
    const clock = new Clock(512, 32);
    for (let step = 1; step <= 400; step++) clock.tick({ step, milliseconds: 100 });
    for (let step = 401; step <= 900; step++) clock.tick({ step, milliseconds: 300 });
    expect(clock.left(100)! / (700 * 0.3)).toBeGreaterThan(0.95);
  });
});

describe('the guess', () => {
  const pinned = (epoch: number, agreed: number | undefined): Milestone => ({
    ...{ epoch, at: epoch, agreed, loss: 0.1, judged: 20, seconds: epoch, picture: new Float32Array(0) },
  });
  const all = (middle: number | undefined, last: number | undefined) => [
    pinned(1, 2),
    pinned(25, middle),
    pinned(50, 15),
    pinned(100, last),
  ];
  const keyOf = (picked: string, milestones: Milestone[]) => foretoldOf(picked, milestones, digitsRecipe)?.key;
  test('is answered by the judge’s count in the middle and at the end, and only then', () => {
    expect(foretoldOf('better', all(10, 19), digitsRecipe)).toEqual({
      key: 'foretold.right.better',
      with: { middle: 25, from: 10, before: 20, last: 100, to: 19, judged: 20 },
    });
    expect([keyOf('worse', all(10, 19)), keyOf('same', all(10, 19))]).toEqual(['foretold.wrong.worse', 'foretold.wrong.same']);
    expect([keyOf('better', all(18, 12)), keyOf('', all(18, 12))]).toEqual(['foretold.wrong.better', 'foretold.none']);
    expect(keyOf('better', all(10, 19).slice(0, 3))).toBe('foretold.open');
    expect(keyOf('', all(10, 19).slice(0, 3))).toBeUndefined();
  });
  test('is left open where the count cannot tell', () => {
    expect([keyOf('better', all(19, 20)), keyOf('same', all(19, 20))]).toEqual(['foretold.unclear.better', 'foretold.right.same']);
    expect(keyOf('better', all(undefined, 19))).toBe('foretold.unjudged');
  });
  test('counts as it stood when the outcome was first told', async () => {
    before = () => new Promise((go) => setTimeout(go, 400));
    close = openLoss();
    training.set('expect', 'worse');
    const course = shelf.open(engine, options);
    const said = () => (training.useValues.getState().foretold as Said | null)?.key;
    await until(() => said() === 'foretold.open');
    await until(() => course.milestones.length === 4 && said() === 'foretold.unclear.worse');
    training.set('expect', 'same');
    await new Promise((go) => setTimeout(go, 900));
    expect(said()).toBe('foretold.unclear.worse');
  });
});
