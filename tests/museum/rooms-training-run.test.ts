// The training lab's desk through its controls alone, on a real engine with the set that ships: start, pause, step, advice, reset.
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Said } from '../../src/controls';
import type { Engine } from '../../src/engine';
import { useVisit } from '../../src/visit';
import { training } from '../../scenes/04-training/controls';
import { openDrawings } from '../../scenes/04-training/drawings';
import { openKeeping } from '../../scenes/04-training/keeping';
import { openReplay } from '../../scenes/04-training/replay';
import { openRewind } from '../../scenes/04-training/rewind';
import { openRun } from '../../scenes/04-training/run';
import { shelf } from '../../scenes/04-training/shelf';
import { live } from '../../scenes/04-training/view';
import { openWall } from '../../scenes/04-training/wall';
import { local } from '../engine/link';
import { root } from '../engine/models';

const { set, press, useValues } = training;
const keyOf = (name: 'progress' | 'advice' | 'power' | 'drawSays' | 'fileSays' | 'taken' | 'checkpointSays' | 'wallSays') =>
  (useValues.getState()[name] as Said | null)?.key;
const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 50_000, interval: 5 });

let engine: Engine;
let closers: (() => void)[] = [];
const delivered: string[] = [];
let missing = false;
beforeEach(() => {
  missing = false;
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false, baseURI: 'http://museum/' }));
  vi.stubGlobal('fetch', (url: URL) =>
    Promise.resolve(missing ? new Response('', { status: 404 }) : new Response(readFileSync(root(`assets${url.pathname}`)))),
  );
  training.reset();
  ({ engine } = local());
  engine.attend('training');
  set('size', 64);
  closers = [
    openRun(engine),
    openWall(engine),
    openRewind(engine),
    openDrawings(),
    openKeeping(engine, (_, name) => delivered.push(name)),
    openReplay(),
  ];
});
afterEach(() => {
  closers.forEach((close) => close());
  shelf.drop();
  engine.close();
  vi.unstubAllGlobals();
});

test('the set that does not come is said, and comes at the next start', async () => {
  missing = true;
  press('start');
  await until(() => keyOf('progress') === 'engine.error.weights-missing');
  missing = false;
  press('start');
  await until(() => shelf.course !== undefined);
});

test('start, pause, one step, a file, a drawing, and a reset that leaves nothing', async () => {
  expect(keyOf('progress')).toBe('idle');
  for (const name of ['add', 'save', 'take'] as const) press(name);
  await until(() => keyOf('taken') === 'takeNothing');
  expect([keyOf('drawSays'), keyOf('fileSays'), keyOf('checkpointSays')]).toEqual(['drawHint', 'saveNothing', 'checkpointNone']);
  press('start');
  await until(() => keyOf('progress') === 'running' && keyOf('advice') !== undefined);
  expect(keyOf('power')).toBe('powerProcessor');
  expect(['adviceFine', 'adviceWeak']).toContain(keyOf('advice'));
  await until(() => useValues.getState().pin1?.said.key === 'pinned');
  press('pause');
  await until(() => keyOf('progress') === 'paused');
  const { step } = shelf.course!.clock;
  press('step');
  await until(() => shelf.course!.clock.step > step);
  set('checkpoint', 0);
  await until(() => keyOf('checkpointSays') === 'checkpoint');
  expect(useValues.getState().raw!.values).toHaveLength(64 * 64);
  const pad = new Float32Array(784);
  for (let row = 4; row < 24; row++) pad.fill(1, row * 28 + 12, row * 28 + 15);
  set('pad', pad);
  set('label', '1');
  press('add');
  await until(() => keyOf('drawSays') === 'drawAdded');
  expect(shelf.course!.clock.size).toBe(64 + 25);
  press('save');
  await until(() => keyOf('fileSays') === 'saved');
  expect(delivered.at(-1)).toMatch(/^digits-epoch-\d+\.safetensors$/);
  press('take');
  await until(() => keyOf('taken') === 'takenTrained');
  expect(useVisit.getState().model).toMatch(/^import:/);

  const { name } = shelf.course!.training;
  press('again');
  await until(() => keyOf('progress') === 'idle' && keyOf('wallSays') === 'wallEmpty');
  expect(engine.training(name)).toBeUndefined();
  expect([keyOf('drawSays'), keyOf('fileSays'), keyOf('checkpointSays')]).toEqual(['drawHint', 'fileHint', 'checkpointNone']);
  await until(() => useValues.getState().pin1?.said.key === 'pinEmpty');
});

test('one step from nothing is one step; what cannot be paused is said; a second press takes nothing back', async () => {
  press('pause');
  expect(keyOf('progress')).toBe('pauseNothing');
  for (let time = 0; time < 2; time++) {
    press('again');
    press('step');
    await until(() => keyOf('progress') === 'pausedEarly' && shelf.course!.clock.step > 0);
    await new Promise((go) => setTimeout(go, 1000));
    expect(shelf.course!.training.latest!.step).toBe(1);
  }
  const pad = new Float32Array(784);
  for (let row = 4; row < 24; row++) pad.fill(1, row * 28 + 12, row * 28 + 15);
  set('pad', pad);
  press('add');
  await until(() => keyOf('drawSays') === 'drawAdded');
  press('add');
  expect(keyOf('drawSays')).toBe('drawAdded');
  set('label', '7');
  press('add');
  expect(keyOf('drawSays')).toBe('drawHint');
  press('again');
  set('slow', true);
  await until(() => keyOf('progress') === 'slowly' && shelf.course!.clock.step > 0);
});

test('while the recording is shown the desk tells of it, and a pause is its own', async () => {
  useVisit.setState({ motion: 'full' });
  press('start');
  await until(() => keyOf('progress') === 'running');
  press('pause');
  await until(() => keyOf('progress') === 'paused');
  set('recorded', true);
  await until(() => keyOf('progress') === 'replay' && live.recording!.epoch > 1);
  press('pause');
  await until(() => keyOf('progress') === 'replayPaused');
  const { epoch } = live.recording!;
  await new Promise((go) => setTimeout(go, 600));
  expect([live.recording!.epoch, shelf.course!.isPaused, useValues.getState().power]).toEqual([epoch, true, null]);
  press('pause');
  await until(() => live.recording!.epoch > epoch && keyOf('progress') === 'replay');
  const { step } = shelf.course!.clock;
  press('step');
  await until(() => shelf.course!.clock.step === step + 1 && keyOf('progress') === 'paused');
  expect([useValues.getState().recorded, live.recording]).toEqual([false, undefined]);
});

test('the recording is called one on every picture and sentence, and goes when it is put away', async () => {
  useVisit.setState({ motion: 'reduced' });
  set('recorded', true);
  await until(() => useValues.getState().pin100?.said.key === 'pinnedRecorded');
  await until(() => keyOf('progress') === 'replayWhole');
  expect([keyOf('advice'), keyOf('wallSays'), useValues.getState().live?.said.key]).toEqual(['recording', 'wallRecorded', 'liveRecorded']);
  set('recorded', false);
  await until(() => useValues.getState().pin100?.said.key === 'pinEmpty');
  expect(live.recording).toBeUndefined();
});
