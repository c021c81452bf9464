// The training lab's own arithmetic: epochs and times, lines that grow, sheets and sets, and what its findings say.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { spanOf } from '../../scenes/04-training/amounts';
import { Clock, watts } from '../../scenes/04-training/clock';
import type { Milestone } from '../../scenes/04-training/course';
import { square } from '../../scenes/04-training/draw';
import { findingOf, lossSaid, outcomeOf } from '../../scenes/04-training/finding';
import { History, lineOf } from '../../scenes/04-training/history';
import { strayOf } from '../../scenes/04-training/lessonRecipe';
import { classes, shapes } from '../../scenes/04-training/names';
import { plotOf } from '../../scenes/04-training/plot';
import { milestones, rateAt, stepsAnEpoch } from '../../scenes/04-training/recipe';
import { recordingOf, type Recording } from '../../scenes/04-training/recording';
import { firstOf } from '../../scenes/04-training/set';
import { pointsOf } from '../../scenes/04-training/shapes';
import { cut, greyOf, type Sheet } from '../../scenes/04-training/sheet';
import { shifted } from '../../scenes/04-training/shifted';
import { wallSaid } from '../../scenes/04-training/wallSaid';
import { EngineError } from '../../src/engine';
import { sheet } from '../../tools/lab/png';
import { local } from '../engine/link';
import { manifestOf, root } from '../engine/models';

const bytesOf = (file: string) => new Uint8Array(readFileSync(root(`assets/data/${file}`)));
const told = JSON.parse(readFileSync(root('assets/data/digits.json'), 'utf8')) as Sheet & {
  sha256: string;
  weights: string;
  perClass: number[];
};

describe('the clock', () => {
  test('counts epochs by the size of the set, and longer ones once it has grown', () => {
    const clock = new Clock(64, 32);
    clock.tick({ step: 4, milliseconds: 100 });
    expect(clock.epoch).toBe(2);
    clock.grow(64);
    clock.tick({ step: 8, milliseconds: 100 });
    expect(clock.epoch).toBe(3);
    expect([clock.epochOf(2), clock.epochOf(6)]).toEqual([1, 2.5]);
  });
  test('tells speed, time left and energy from what was measured, and nothing before that', () => {
    const clock = new Clock(100, 10);
    clock.tick({ step: 1, milliseconds: 5000 });
    expect([clock.speed, clock.left(10)]).toEqual([undefined, undefined]);
    for (const step of [2, 3, 4]) clock.tick({ step, milliseconds: 100 });
    expect(clock.speed).toBeCloseTo(100, 6);
    expect(clock.left(10)).toBeCloseTo((9.6 * 100) / 100, 6);
    expect(clock.seconds).toBeCloseTo(5.3, 6);
    expect(clock.energy('wasm')).toBeCloseTo((watts.wasm * 5.3) / 3600, 9);
  });
  test('spans of time', () => {
    expect([0, 45.4, 59.6, 187, 599.7, 725, 3600, 3787].map((one) => spanOf(one).replaceAll('\u00a0', ' '))).toEqual([
      '0 s',
      '45 s',
      '1 min',
      '3 min 7 s',
      '10 min',
      '12 min',
      '1 h',
      '1 h 3 min',
    ]);
  });
});

describe('the learning rate', () => {
  test('stays, falls to a hundredth at the goal, or rises over five epochs', () => {
    expect([0, 50, 100].map((epoch) => rateAt('constant', 1e-3, epoch, 100))).toEqual([1e-3, 1e-3, 1e-3]);
    const falling = [0, 50, 100, 200].map((epoch) => rateAt('cosine', 1e-3, epoch, 100));
    [1e-3, 5e-4, 1e-5, 1e-5].forEach((rate, at) => expect(falling[at]).toBeCloseTo(rate, 9));
    const rising = [0, 2.5, 5, 50].map((epoch) => rateAt('warmup', 1e-3, epoch, 100));
    [1e-5, 5e-4, 1e-3, 1e-3].forEach((rate, at) => expect(rising[at]).toBeCloseTo(rate, 9));
  });
  test('an epoch is a pass over the set', () => expect([64, 512, 10].map((size) => stepsAnEpoch(size, 32))).toEqual([2, 16, 1]));
});

describe('the history of the loss', () => {
  test('is a running mean, band by band, of what was seen', () => {
    const history = new History();
    history.add({ loss: 1, bands: [2, undefined, undefined, undefined, undefined] }, 1);
    history.add({ loss: 3, bands: [undefined, 4, undefined, undefined, undefined] }, 2);
    expect(history.latest).toEqual({ epoch: 2, loss: 2, bands: [2, 4, undefined, undefined, undefined] });
    expect(history.at(1)?.loss).toBe(1);
  });
  test('stays small, keeps its first epochs and ends at the present', () => {
    const history = new History();
    for (let step = 1; step <= 5000; step++) history.add({ loss: 1 / step, bands: [] }, step / 50);
    expect(history.points.length).toBeLessThan(400);
    expect(history.points[0]).toMatchObject({ epoch: 1 / 50, loss: 1 });
    expect(history.latest!.epoch).toBe(100);
    history.back(40);
    expect(history.latest!.epoch).toBeLessThanOrEqual(40);
  });
  test('as a line it ends where the training stands, and never leaves the board', () => {
    const points = [0, 10, 20].map((epoch) => ({ epoch, loss: epoch === 0 ? 9 : 0.6, bands: [] }));
    const line = lineOf(points, ({ loss }) => loss, { highest: 1.2, last: 100 });
    expect(line.until).toBe(0.2);
    expect(line.shares).toEqual([1, 0.5, 0.5]);
    expect(lineOf([], ({ loss }) => loss, { highest: 1, last: 100 })).toEqual({ shares: [], until: 0 });
  });
});

describe('sheets of pictures', () => {
  const bytes = Uint8Array.from({ length: 6 * 16 }, (_, at) => (at * 37) % 256);
  test('come back byte by byte, each in the middle of its margin', async () => {
    const { bytes: grey, width } = await greyOf(new Uint8Array(sheet(bytes, 4, 3)));
    expect(width).toBe(12);
    expect(cut(grey, { count: 6, side: 4, across: 3 }, 4)).toEqual(bytes);
    const wide = cut(grey, { count: 6, side: 4, across: 3 }, 6);
    expect([...wide.subarray(36 + 7, 36 + 11)]).toEqual([...bytes.subarray(16, 20)]);
    expect(wide.subarray(0, 7).every((byte) => byte === 0)).toBe(true);
  });
  test.each([
    ['no PNG', new Uint8Array(50)],
    ['cut short', new Uint8Array(sheet(bytes, 4, 3)).slice(0, 60)],
  ])('%s is refused', async (_, file) => {
    await expect(greyOf(file)).rejects.toThrow();
  });
  test('four pictures become one square', () => {
    const four = square({ values: Float32Array.from([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4]), shape: [4, 2, 2, 1] });
    expect([...four]).toEqual([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]);
  });
});

describe('the set that ships', () => {
  test('is the file that its JSON names, with the weights that drew it', () => {
    expect(createHash('sha256').update(bytesOf(told.file)).digest('hex')).toBe(told.sha256);
    expect(told.weights).toMatch(/^[0-9a-f]{64}$/);
    expect(Math.max(...told.perClass) - Math.min(...told.perClass)).toBeLessThanOrEqual(1);
  });
  test('holds digits of all classes alike, and the judge reads them as they are labelled', async () => {
    const all = cut((await greyOf(bytesOf(told.file))).bytes, told, 32);
    expect(all).toHaveLength(2048 * 1024);
    const { images, labels } = firstOf(all, 60);
    expect(classes.map((one) => labels.filter((label) => label === one).length)).toEqual(Array<number>(10).fill(6));
    const { engine } = local();
    const verdicts = await engine.classify({ ...images, values: Float32Array.from(images.values, (byte) => byte / 127.5 - 1) });
    engine.close();
    expect(verdicts.map(({ label }) => label)).toEqual(labels);
  });
});

test('a drawing goes in at all places two pixels around', () => {
  const image = new Float32Array(1024).fill(-1);
  image[33] = 1;
  const { images, labels } = shifted(image, '7');
  expect(images.shape).toEqual([25, 32, 32, 1]);
  expect(labels).toEqual(Array<string>(25).fill('7'));
  const inked = Array.from({ length: 25 }, (_, item) => images.values.subarray(item * 1024, (item + 1) * 1024).indexOf(1)).filter(
    (at) => at >= 0,
  );
  // What is shifted beyond the edge is gone.
  expect(new Set(inked).size).toBe(16);
  expect(Math.max(...inked)).toBe(33 + 2 * 32 + 2);
});

test.each(shapes)('the points of the %s have mean 0 and unit variance', (shape) => {
  const points = pointsOf(shape, 2000);
  const mean = points.reduce((sum, value) => sum + value, 0) / points.length;
  expect(mean).toBeCloseTo(0, 5);
  expect(points.reduce((sum, value) => sum + value * value, 0) / points.length).toBeCloseTo(1, 5);
  expect(strayOf(points, points)).toBe(0);
  expect(
    strayOf(
      points.map((value) => value + 10),
      points,
    ),
  ).toBeGreaterThan(5);
});

describe('what is found', () => {
  const pinned = (epoch: number, agreed: number | undefined, loss: number): Milestone => ({
    ...{ epoch, at: epoch, agreed, loss, judged: 20, seconds: epoch, picture: new Float32Array(0) },
  });
  const points = [{ epoch: 0.1, loss: 1.1, bands: [] }];
  test('a gain of more than one picture in twenty is one', () => {
    expect(outcomeOf(pinned(25, 10, 0.2), pinned(100, 19, 0.1))).toBe('better');
    expect(outcomeOf(pinned(25, 18, 0.2), pinned(100, 19, 0.1))).toBe('same');
    expect(outcomeOf(pinned(25, 18, 0.2), pinned(100, 12, 0.1))).toBe('worse');
  });
  test('the share of the fall that came late is computed from what was measured', () => {
    const taken = [pinned(1, 2, 0.8), pinned(25, 10, 0.2), pinned(50, 15, 0.12), pinned(100, 19, 0.1)];
    expect(findingOf(points, taken, false)).toMatchObject({
      key: 'finding.better',
      with: { middle: 25, last: 100, late: 10, from: 50, to: 95 },
    });
    expect(findingOf(points, taken, true)?.key).toBe('findingRecorded');
    const seen = [{ epoch: 1, loss: 1, bands: [1, 1, 1, 1, 1] }];
    expect([lossSaid(seen, true).bands?.key, lossSaid(seen, false).bands?.key]).toEqual(['bandsRecorded', 'bands']);
    expect(findingOf(points, taken.slice(0, 2), false)).toBeNull();
  });
  test('the lines are drawn and told in numbers where there are no boards', () => {
    const line = Array.from({ length: 101 }, (_, epoch) => ({ epoch, loss: 0.6, bands: [1.2 - epoch / 100, 0.5, 0.5, 0.5, 0.1] }));
    expect(plotOf(line.slice(0, 2), 100, false)).toBeNull();
    const { values, width, height, said } = plotOf(line.slice(0, 51), 100, false)!;
    const inked = (x: number) => Array.from({ length: height }, (_, y) => y).filter((y) => values[y * width + x] === 1);
    // The loss in the middle, the noisiest band falling from the top; right of the present there is nothing yet.
    expect(inked(0)).toEqual(expect.arrayContaining([0, 65, 119]));
    expect(inked(Math.round(width * 0.45)).some((y) => y > 46 && y < 53)).toBe(true);
    expect(inked(Math.round(width * 0.6))).toEqual([]);
    expect(said).toMatchObject({
      key: 'plot',
      with: { noisiest0: 1.2, noisiest1: 0.95, noisiest2: 0.7, cleanest2: 0.1, epoch1: 25, goal: 100 },
    });
    expect(plotOf(line, 100, true)!.said.key).toBe('plotRecorded');
  });
  test('the wall says only what the judge has read', () => {
    const view = { points, live: undefined, epoch: 1, goal: 100, isRecording: false };
    expect(wallSaid({ ...view, epoch: 0, milestones: [] }).key).toBe('wallEmpty');
    expect(wallSaid({ ...view, milestones: [pinned(1, undefined, 1)] }).key).toBe('wallSoon');
    expect(wallSaid({ ...view, milestones: [pinned(1, 2, 1), pinned(25, 11, 0.2)] })).toMatchObject({
      key: 'wallMore',
      with: { agreedFirst: 2, agreed: 11 },
    });
  });
});

test('the recording is of the set and the judge that ship, reached the epochs that it tells, and is small', async () => {
  const recording = JSON.parse(readFileSync(root('assets/data/recording.json'), 'utf8')) as Recording & { set: string; judge: string };
  const file = bytesOf(recording.file);
  expect(file.length + JSON.stringify(recording).length).toBeLessThan(200_000);
  expect([recording.set, recording.judge]).toEqual([told.sha256, manifestOf('judge').weights.sha256]);
  const played = await recordingOf(recording, file);
  expect(played.milestones.map(({ epoch }) => epoch)).toEqual(milestones.filter((epoch) => epoch <= recording.epochs));
  for (const { at } of played.milestones) expect(at).toBeLessThanOrEqual(recording.epochs);
  expect(played.points.at(-1)!.loss).toBeLessThan(0.5 * played.points[0]!.loss);
  for (const { picture } of played.milestones) expect(picture).toHaveLength(64 * 64);
  await expect(recordingOf({ ...recording, milestones: recording.milestones.slice(1) }, file)).rejects.toBeInstanceOf(EngineError);
});
