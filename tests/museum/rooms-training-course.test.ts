// The training lab's course on a real engine: it learns, pins its pictures up in order, stands still, and its files hold what they say.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Chosen } from '../../src/controls';
import type { Engine } from '../../src/engine';
import { roomsAgain } from '../../src/visit';
import { Course } from '../../scenes/04-training/course';
import { drawing } from '../../scenes/04-training/draw';
import { progressOf } from '../../scenes/04-training/progress';
import type { Recipe } from '../../scenes/04-training/recipe';
import { entryAt } from '../../scenes/04-training/rewind';
import { shelf } from '../../scenes/04-training/shelf';
import { takeIn } from '../../scenes/04-training/takeIn';
import { local } from '../engine/link';
import { bars, lines, toy } from '../engine/toys';

/** The lab in small: bars of 8 x 8 pixels, three steps an epoch. */
const recipe: Recipe = {
  name: 'lab',
  network: toy.network,
  classes: toy.classes,
  batch: 8,
  goal: 20,
  milestones: [1, 5, 10, 20],
  prompts: ['left', 'right', 'left', 'right'],
  side: 8,
  steps: 4,
  seed: 4,
  room: 'here',
};
const options = { recipe, data: bars(24), rate: 5e-3, schedule: 'constant' as const };

let engine: Engine;
let mine: ReturnType<typeof local>;
beforeEach(() => {
  mine = local();
  ({ engine } = mine);
  engine.attend('here');
});
afterEach(() => {
  shelf.drop();
  engine.close();
});

const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 30_000, interval: 2 });
/** It has come to rest: a step that was under way when it was paused is done first, and more steps may have come before. */
async function atRest(course: Course): Promise<void> {
  for (let [step, looks] = [-1, 0]; looks < 4; await new Promise((go) => setTimeout(go, 150))) {
    const now = course.training.latest?.step ?? -1;
    const isStill = now === step && course.training.checkpoints().at(-1)?.step === now;
    [step, looks] = [now, isStill ? looks + 1 : 0];
  }
}
const pictureOf = async (model: string) => (await drawing(engine, model, recipe).result).values;
const fileOf = (bytes: Uint8Array): Chosen => ({ name: 'a.safetensors', size: bytes.length, bytes: new Uint8Array(bytes) });
const keyOf = (found: Awaited<ReturnType<typeof takeIn>>) => ('key' in found ? found.key : 'taken in');

test('the loss falls, the pictures come in order at their epochs, and at the goal it stands still', async () => {
  const course = shelf.open(engine, options);
  await until(() => course.milestones.length === 4);
  expect(course.milestones.map(({ epoch }) => epoch)).toEqual([1, 5, 10, 20]);
  course.milestones.forEach(({ at, epoch, picture }) => {
    expect(at).toBeGreaterThanOrEqual(epoch);
    expect(picture).toHaveLength(4 * 64);
  });
  const pictures = course.milestones.map(({ picture }) => picture.join());
  expect(new Set(pictures).size).toBe(4);
  expect(course.history.latest!.loss).toBeLessThan(0.8 * course.history.points[0]!.loss);
  await until(() => course.isDone);
  expect(progressOf(course)).toMatchObject({ key: 'done', with: { goal: 20 } });
  expect(course.training.isPaused).toBe(true);
});

test('a pause holds, single steps count, slow motion steps by itself, and it goes on', async () => {
  const course = shelf.open(engine, { ...options, recipe: { ...recipe, goal: 1e6 } });
  await until(() => course.clock.step > 3);
  course.pause();
  await atRest(course);
  const { step } = course.training.latest!;
  await new Promise((go) => setTimeout(go, 300));
  expect(course.training.latest!.step).toBe(step);
  course.step();
  await until(() => course.clock.step === step + 1);
  await new Promise((go) => setTimeout(go, 200));
  expect(course.clock.step).toBe(step + 1);
  course.slow();
  expect(progressOf(course).key).toBe('slowly');
  await until(() => course.clock.step === step + 2);
  course.resume();
  await until(() => course.clock.step > step + 10);
});

test('checkpoints draw what they drew, and the raw weights draw something else', async () => {
  const course = shelf.open(engine, options);
  await until(() => course.isDone);
  await atRest(course);
  const entries = course.training.checkpoints();
  expect(entryAt(entries, 0)!.step).toBe(0);
  const last = entryAt(entries, 1)!;
  expect(last.step).toBeGreaterThanOrEqual(60);
  const [average, again, raw] = [await pictureOf(last.model), await pictureOf(last.model), await pictureOf(last.raw)];
  expect(again).toEqual(average);
  expect(raw).not.toEqual(average);
});

test('saved and loaded, a network draws the same pictures bit for bit', async () => {
  const course = shelf.open(engine, options);
  await until(() => course.isDone && course.milestones.length === 4);
  await atRest(course);
  const { model } = course.training.checkpoints().at(-1)!;
  const before = await pictureOf(model);
  const file = fileOf(await engine.exportModel(model));
  // Who leaves ends the drawing.
  expect(keyOf(await takeIn(engine, file, recipe, (end) => end()))).toBe('engine.error.cancelled');
  const found = await takeIn(engine, file, recipe);
  expect(keyOf(found)).toBe('taken in');
  if ('key' in found) return;
  expect(found.model).toMatch(/^import:/);
  expect(await pictureOf(found.model)).toEqual(before);
});

test('what is no model of the lab is refused with its reason, and the training goes on', async () => {
  const course = shelf.open(engine, { ...options, recipe: { ...recipe, goal: 1e6 } });
  await until(() => course.clock.step > 3);
  const good = await engine.exportModel(course.training.checkpoints().at(-1)!.model);
  const spoilt = (change: (bytes: Uint8Array) => void) => {
    const copy = good.slice();
    change(copy);
    return fileOf(copy);
  };
  const cloud = engine.train({ ...lines, steps: 1, room: 'here' });
  const points = fileOf(await engine.exportModel(await cloud.result));
  const reasons: Record<string, Chosen> = {
    'refused.large': { name: 'a', size: 99e6, bytes: undefined },
    'refused.empty': fileOf(new Uint8Array(0)),
    'refused.weights-header': fileOf(new TextEncoder().encode('This is a letter, and no model at all.'.repeat(20))),
    'refused.weights-truncated': fileOf(good.slice(0, good.length - 400)),
    'refused.weights-hash': spoilt((bytes) => (bytes[bytes.length - 4000]! ^= 1)),
    'refused.other': points,
  };
  for (const [key, file] of Object.entries(reasons)) expect([key, keyOf(await takeIn(engine, file, recipe))]).toEqual([key, key]);
  const holed = keyOf(
    await takeIn(
      engine,
      spoilt((bytes) => bytes.fill(0xff, bytes.length - 4000, bytes.length - 3600)),
      recipe,
    ),
  );
  expect(holed).toMatch(/^refused\.weights-(range|hash)$/);
  const { step } = course.clock;
  await until(() => course.clock.step > step + 3);
  expect(course.failed).toBeUndefined();
});

test('more in the set makes epochs longer', async () => {
  const course = shelf.open(engine, { ...options, recipe: { ...recipe, goal: 1e6 } });
  await until(() => course.clock.step > 3);
  await course.add(bars(24, 10));
  expect(course.clock.size).toBe(48);
  expect(course.ownShare('left')).toBeCloseTo(0.5, 1);
  const [step, epoch] = [course.clock.step, course.clock.epoch];
  await until(() => course.clock.step > step + 6);
  expect((course.clock.epoch - epoch) / (course.clock.step - step)).toBeCloseTo(8 / 48, 6);
});

test('another rate is taken on by the next steps', async () => {
  const course = shelf.open(engine, { ...options, recipe: { ...recipe, goal: 1e6 } });
  await until(() => course.clock.step > 3);
  course.rate = 1e-4;
  await until(() => course.training.latest!.rate === 1e-4);
  course.schedule = 'warmup';
  course.rate = 1e-2;
  await until(() => course.training.latest!.rate === 1e-2 && course.clock.epoch > 5);
});

test('a lost device sets it back to its last checkpoint, and it goes on', async () => {
  const course = shelf.open(engine, { ...options, recipe: { ...recipe, goal: 1e6 } });
  await until(() => course.clock.step > 7);
  mine.crash();
  const { step } = course.clock;
  await until(() => course.clock.step > step + 3);
  expect(course.failed).toBeUndefined();
  const epochs = course.history.points.map(({ epoch }) => epoch);
  expect([...epochs].sort((a, b) => a - b)).toEqual(epochs);
});

test('a rate that was too large is called so, and no lost device', async () => {
  const course = shelf.open(engine, { ...options, recipe: { ...recipe, goal: 1e6 } });
  await until(() => course.clock.step > 7);
  mine.engine.fault('numbers');
  await until(() => course.isHalved);
  expect(course.setbacks).toBe(0);
  expect(progressOf(course).key).toBe('runningHalved');
});

test('a new visit finds the lab as new; the training stands aside, and can be taken up', async () => {
  const course = shelf.open(engine, { ...options, recipe: { ...recipe, goal: 1e6 } });
  await until(() => course.clock.step > 3);
  roomsAgain();
  expect(shelf.course).toBeUndefined();
  expect(shelf.waiting).toBe(course);
  expect(course.isPaused).toBe(true);
  shelf.takeUp();
  expect(shelf.course).toBe(course);
  const next = shelf.open(engine, options);
  expect(next).not.toBe(course);
  expect(next).toBeInstanceOf(Course);
});

test('a hidden page pauses it, and says so until it goes on', async () => {
  const page = Object.assign(new EventTarget(), { hidden: false });
  vi.stubGlobal('document', page);
  try {
    const course = shelf.open(engine, { ...options, recipe: { ...recipe, goal: 1e6 } });
    await until(() => course.clock.step > 3);
    page.hidden = true;
    page.dispatchEvent(new Event('visibilitychange'));
    expect(course.isPaused).toBe(true);
    expect(progressOf(course).key).toBe('hidden');
    page.hidden = false;
    page.dispatchEvent(new Event('visibilitychange'));
    expect(course.isPaused).toBe(true);
    course.resume();
    expect(progressOf(course).key).toBe('running');
  } finally {
    shelf.drop();
    vi.unstubAllGlobals();
  }
});
