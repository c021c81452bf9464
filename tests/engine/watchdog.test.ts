// Workers that are only played, and cannot be made, do not load, are silent or cannot be read: when another takes their place, and when none does.
import { expect, it, vi } from 'vitest';
import { createEngine } from '../../src/engine/client';
import type { Engine } from '../../src/engine';
import { betweenTests } from './between';
import { answer, codeOf, digit, here, played, type Stage } from './played';

let stage: Stage;
let engine: Engine;
const present = () => stage.present();

betweenTests(() => engine.close(), { fakeTime: true });

const open = (waits?: readonly number[], before: () => void = () => undefined) => void ({ engine } = stage = played({ waits, before }));

it.each([0, 1])('a worker that cannot be made, be it that of life %i, is tried again, as one whose script does not load', async (life) => {
  let lives = 0;
  open([0, 10], () => {
    if (lives++ === life) throw new Error('no Worker now');
  });
  const job = engine.sample(digit);
  if (life > 0) present().broke('by the test');
  await vi.advanceTimersByTimeAsync(20);
  answer(present(), digit.seed);
  expect(await codeOf(job)).toBe('[object Object]');
});

it('where none can ever be made again, every job says so', async () => {
  let lives = 0;
  open([0, 10], () => {
    if (lives++ > 0) throw new Error('no Worker now');
  });
  const job = engine.sample(digit);
  present().broke('by the test');
  await vi.advanceTimersByTimeAsync(20);
  expect(await codeOf(job)).toBe('worker-lost');
  expect(engine.report().reason).toBe('failed');
});

it('a worker that says what cannot be read is replaced: somebody waits for it', () => {
  open();
  const made: Partial<Worker>[] = [];
  vi.stubGlobal('Worker', function (this: Partial<Worker>) {
    made.push(Object.assign(this, { postMessage: () => undefined, terminate: () => undefined }));
  });
  const real = createEngine({ wasm: { plain: '', simd: '' }, weights: '' });
  made[0]!.onmessageerror!.call(made[0] as Worker, new MessageEvent('messageerror'));
  vi.advanceTimersByTime(0);
  expect(made).toHaveLength(2);
  real.close();
});

it('waits a minute for a script that loads slowly, and ten seconds for a worker that is there', async () => {
  open();
  void engine.sample(digit);
  await vi.advanceTimersByTimeAsync(55_000);
  expect(stage.workers).toHaveLength(1);
  present().hear(here);
  await vi.advanceTimersByTimeAsync(8_000);
  present().hear({ kind: 'done', id: -1, result: undefined });
  await vi.advanceTimersByTimeAsync(8_000);
  expect(stage.workers).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(8_000);
  expect(stage.workers).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(65_000);
  expect(stage.workers).toHaveLength(3);
});

it('a worker that was silent for ten seconds is replaced at the next beat, and not before', async () => {
  open();
  void engine.sample(digit);
  present().hear(here);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(stage.workers).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2_001);
  expect(stage.workers).toHaveLength(2);
});

it.each(['the machine slept', 'the page is hidden'])(
  'takes no worker for hung while %s, and one that is silent afterwards as ever',
  async (why) => {
    open();
    void engine.sample(digit);
    present().hear(here);
    if (why === 'the machine slept') vi.setSystemTime(Date.now() + 3_600_000);
    else {
      vi.stubGlobal('document', { hidden: true });
      await vi.advanceTimersByTimeAsync(60_000);
      vi.stubGlobal('document', { hidden: false });
    }
    await vi.advanceTimersByTimeAsync(10_000);
    expect(stage.workers).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(4_001);
    expect(stage.workers).toHaveLength(2);
  },
);

it('tries a script that does not load again after longer and longer pauses, and keeps the jobs', async () => {
  open();
  const job = engine.sample(digit);
  for (const pause of [0, 1000, 4000, 15_000]) {
    const before = stage.workers.length;
    present().broke('the worker does not load');
    await vi.advanceTimersByTimeAsync(Math.max(0, pause - 1));
    if (pause > 0) expect(stage.workers).toHaveLength(before);
    await vi.advanceTimersByTimeAsync(1);
    expect(stage.workers).toHaveLength(before + 1);
  }
  present().hear(here);
  answer(present(), digit.seed);
  await job.result;
  // This one was sound for a minute: the next is there at once.
  await vi.advanceTimersByTimeAsync(61_000);
  const before = stage.workers.length;
  present().broke('by the test');
  await vi.advanceTimersByTimeAsync(0);
  expect(stage.workers).toHaveLength(before + 1);
});

it('gives up after the last pause, and every job says so', async () => {
  open([0, 10]);
  const job = engine.sample(digit);
  for (let turn = 0; turn < 3; turn++) {
    present().broke('the worker does not load');
    await vi.advanceTimersByTimeAsync(20);
  }
  expect(await codeOf(job)).toBe('worker-lost');
  expect(await codeOf(engine.sample(digit))).toBe('worker-lost');
  expect(engine.report().reason).toBe('failed');
  expect(stage.workers).toHaveLength(3);
});
