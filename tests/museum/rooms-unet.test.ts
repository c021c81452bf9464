// The story of the U-Net's hall with the real engine: steps with their maps, cuts side by side, the count, the dial and the beliefs.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { atlasOf, paint } from '../../scenes/03-unet/atlas';
import { openBench } from '../../scenes/03-unet/bench';
import { openContest } from '../../scenes/03-unet/contest';
import { beliefs, unet } from '../../scenes/03-unet/controls';
import { openDial } from '../../scenes/03-unet/dial';
import { layoutOf } from '../../scenes/03-unet/layout';
import { live } from '../../scenes/03-unet/live';
import { openNetwork, useNetwork } from '../../scenes/03-unet/network';
import { roundsFor } from '../../scenes/03-unet/measure';
import { outcomeOf } from '../../scenes/03-unet/paired';
import { wayOf } from '../../scenes/03-unet/path';
import { sheet } from '../../scenes/03-unet/picture';
import { before } from '../../scenes/03-unet/frame';
import { openRun } from '../../scenes/03-unet/run';
import { openTold, rangeOf } from '../../scenes/03-unet/told';
import { abarOf, type Engine, type SampleRequest, type SamplerStep } from '../../src/engine';
import { choose, firstVisit, useVisit } from '../../src/visit';
import { local } from '../engine/link';

// As on a slow device: fewer digits are counted.
const forwardTime = vi.hoisted(() => vi.fn<() => number | undefined>());
vi.mock('../../src/kit/pace', async (original) => ({ ...(await original<object>()), forwardTime }));

const { useValues, set } = unet;
const values = () => useValues.getState();
let engine: Engine;
let closers: (() => void)[] = [];
/** What the story asked the engine to make. */
let made: SampleRequest[] = [];

/** Waits for something that the story says or shows. */
async function until(holds: () => boolean, patience = 50_000): Promise<void> {
  const end = Date.now() + patience;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`it did not come about; said: ${JSON.stringify(values().stepSays)}`);
    await new Promise((next) => setTimeout(next, 20));
  }
}

function open(spoil?: Parameters<typeof local>[0], restOfDial?: number) {
  const inside = local(spoil).engine;
  made = [];
  engine = { ...inside, sample: (request) => (made.push(request), inside.sample(request)) };
  const run = openRun(engine);
  closers = [
    openDial(engine, run, restOfDial),
    openContest(engine),
    openBench(engine),
    openTold(),
    openNetwork(engine, run.take),
    run.close,
  ];
}
const isDone = () => /^done/.test(values().stepSays?.key ?? '');

beforeEach(() => {
  forwardTime.mockReturnValue(100);
  unet.reset();
  useVisit.setState(firstVisit());
  set('going', false);
  // Nobody looks on: a step need not stay to be seen.
  live.stay = 20;
});
afterEach(() => {
  closers.forEach((close) => close());
  engine?.close();
});

describe('the run', () => {
  test('shows each step with the maps of every block, and ends with what the judge reads', async () => {
    open();
    await until(() => live.frame !== undefined);
    const { stations } = useNetwork.getState().layout!;
    const first = live.frame!;
    expect(first.index).toBe(0);
    for (const { name, shape } of stations) expect(first.maps[name]!.shape, name).toEqual(shape);
    await until(() => live.frame!.index === 2);
    const now = live.frame!;
    expect(now.noise).toBeLessThan(first.noise);
    for (const { name } of stations) expect(now.maps[name]!.values, name).not.toEqual(first.maps[name]!.values);
    await until(isDone);
    expect(values().stepSays).toMatchObject({ key: 'done', with: { digit: '3', label: '3' } });
    expect(values().changed).toBeNull();
  });

  test('the first step tells what went in: noise, by the step itself turned round', async () => {
    ({ engine } = local());
    const steps: SamplerStep[] = [];
    const job = engine.sample({ model: 'digits', sampler: 'ddim', schedule: 'cosine', steps: 6, seed: 4 });
    const timer = setInterval(() => job.latest && steps.at(-1) !== job.latest && steps.push(job.latest), 1);
    await job.result;
    clearInterval(timer);
    const [one, two] = [steps.find(({ index }) => index === 2)!, steps.find(({ index }) => index === 3)!];
    const turned = before(two).values;
    expect(Math.max(...turned.map((value, i) => Math.abs(value - one.noisy.values[i]!)))).toBeLessThan(1e-3);
    expect(abarOf(two.level)).toBeGreaterThan(0);
  });

  test.each(['bridge1', 'bridge2', 'middle', 'time'] as const)(
    'cutting %s changes the picture from the same noise, and without the cut it is what it was, bit for bit',
    async (lever) => {
      open();
      await until(isDone);
      const whole = values().whole!.values.slice();
      set(lever, true);
      await until(() => values().pairSays?.key !== 'pair.running' && values().changed !== null && isDone());
      // The whole network beside it repeats itself exactly: the noise of repeats is none.
      expect(values().whole!.values).toEqual(whole);
      const changed = values().changed!.values;
      const most = Math.max(...changed.map((value, i) => Math.abs(value - whole[i]!)));
      expect(most).toBeGreaterThan(0.05);
      const part = { bridge1: 'skip1', bridge2: 'skip2', middle: 'bottleneck', time: 'time' }[lever];
      expect([...live.cut]).toEqual([part]);
      if (lever === 'middle') expect(live.frame!.maps.bottleneck!.values.every((value) => value === 0)).toBe(true);
      set(lever, false);
      await until(() => isDone() && live.cut.size === 0);
      expect(values().whole!.values).toEqual(whole);
      expect(values().changed).toBeNull();
    },
    120_000,
  );

  test('both of a pair begin with one noise, and only one of them is cut, as the lever says', { timeout: 120_000 }, async () => {
    open();
    await until(isDone);
    for (const how of ['zero', 'freeze'] as const) {
      made = [];
      if (how === 'freeze') unet.press('another');
      set('how', how);
      made = [];
      set('bridge2', how === 'zero');
      set('middle', true);
      const [whole, cut] = made.slice(-2);
      expect(whole).not.toHaveProperty('ablate');
      const layers = how === 'zero' ? ['skip2', 'bottleneck'] : ['bottleneck'];
      expect(cut).toEqual({ ...whole, ablate: layers.map((layer) => ({ layer, how })) });
    }
  });

  test('a frozen part goes on with what it said at the first step', { timeout: 120_000 }, async () => {
    open();
    await until(isDone);
    const whole = values().whole!.values.slice();
    set('how', 'freeze');
    set('time', true);
    await until(() => values().changed !== null && isDone());
    const frozen = values().changed!.values.slice();
    expect(Math.max(...frozen.map((value, i) => Math.abs(value - whole[i]!)))).toBeGreaterThan(0.05);
    set('how', 'zero');
    await until(() => values().pairSays?.key !== 'pair.running' && isDone());
    expect(values().changed!.values).not.toEqual(frozen);
  });

  test('what was foretold is held against what came', async () => {
    open();
    await until(isDone);
    set('expect', 'same');
    set('bridge1', true);
    await until(() => values().foretold !== null);
    expect(values().foretold).toEqual({ key: 'foretold.wrong' });
    const verdict = (label: string, confidence = 0.9) => ({ label, confidence, probabilities: [] });
    expect(outcomeOf(verdict('3'), verdict('3'), 0.95)).toBe('same');
    expect(outcomeOf(verdict('3'), verdict('8'), 0.95)).toBe('other');
    expect(outcomeOf(verdict('3'), verdict('3', 0.3), 0.95)).toBe('nothing');
    expect(outcomeOf(verdict('3'), verdict('3'), 0.8)).toBe('nothing');
  });
});

describe('the count', () => {
  test('makes as many digits whole and cut, and says how many were read as asked for', async () => {
    open();
    await until(() => useNetwork.getState().layout !== undefined);
    unet.press('count');
    await until(() => values().verdict !== null);
    expect(values().verdict).toEqual({ key: 'verdict.pull' });
    set('bridge1', true);
    made = [];
    unet.press('count');
    await until(() => /lost|some|little/.test(values().verdict?.key ?? ''));
    const counted = made.filter(({ count }) => count === 10);
    expect(counted).toHaveLength(2);
    expect(counted[1]).toEqual({ ...counted[0], ablate: [{ layer: 'skip1', how: 'zero' }] });
    const { count, of, whole, cut } = values().verdict!.with as Record<string, number>;
    expect(count).toBe(of);
    expect(count! % 10).toBe(0);
    expect(whole).toBeGreaterThanOrEqual(0.9 * count!);
    expect(cut).toBeLessThanOrEqual(0.4 * count!);
    expect(values().sheet).toMatchObject({ height: 2 * 32 + 3, width: 10 * 35 - 3 });
    set('bridge1', false);
    expect(values().verdict).toBeNull();
  }, 120_000);

  test('is as large as the device is quick: fifty digits at most, ten at least', () => {
    const rounds = [undefined, 6, 20, 30, 90, 500].map((one) => {
      forwardTime.mockReturnValue(one);
      return roundsFor({ report: () => ({}) } as unknown as Engine, 2);
    });
    expect(rounds).toEqual([1, 5, 5, 3, 1, 1]);
  });

  test('a visitor who leaves in the middle leaves no job behind', async () => {
    const asked: string[] = [];
    open({ heard: (message) => asked.push(message.kind) });
    await until(isDone);
    set('middle', true);
    unet.press('count');
    await until(() => /begun|running/.test(values().verdict?.key ?? ''));
    closers.forEach((close) => close());
    closers = [];
    await new Promise((next) => setTimeout(next, 300));
    asked.length = 0;
    await new Promise((next) => setTimeout(next, 700));
    expect(asked.filter((kind) => kind === 'step')).toEqual([]);
  }, 120_000);
});

test('the dial: little noise is polished, much is guessed at, and the hall shows it', async () => {
  open();
  set('clock', 0.3);
  expect(values().dialSays).toEqual({ key: 'dialWait' });
  await until(isDone);
  // Who turned it before there was a digit sees it as soon as there is one.
  await until(() => values().dialGuess !== null);
  const digit = values().guess!.values;
  const off = (image: Float32Array) => image.reduce((sum, value, i) => sum + Math.abs(value - digit[i]!), 0) / image.length;
  const early = values().dialGuess;
  set('clock', 0.1);
  await until(() => values().dialGuess !== early);
  const near = off(values().dialGuess!.values);
  expect(near).toBeLessThan(off(values().dialNoisy!.values));
  expect(live.frame).toMatchObject({ steps: 1 });
  set('clock', 1);
  await until(() => values().dialSays?.key === 'dialNoise');
  expect(off(values().dialGuess!.values)).toBeGreaterThan(2 * near);
});

test(
  'until it is turned the dial shows the finished digit on its own board, and leaves the hall to the run',
  { timeout: 60_000 },
  async () => {
    open();
    await until(isDone);
    await until(() => values().dialSays?.key === 'dialHalf');
    expect(values().dialNoisy!.said).toMatchObject({ key: 'dialPicture', with: { percent: 50 } });
    expect(live.frame!.steps).toBeGreaterThan(1);
    unet.press('another');
    expect(values().dialGuess).toBeNull();
    await until(() => values().dialGuess !== null);
    expect(live.frame!.steps).toBeGreaterThan(1);
    set('clock', 0.52);
    await until(() => live.frame!.steps === 1);
  },
);

test(
  'the dial in much noise: the network, which isn’t told the digit, sees another one, and that is said; a grey blur is called that',
  { timeout: 60_000 },
  async () => {
    open();
    await until(isDone);
    set('clock', 0.94);
    await until(() => values().dialSays?.with?.percent === 94);
    // Faint, but plainly one digit: the judge reads it, and no longer the 3.
    expect(Math.max(...values().dialGuess!.values)).toBeGreaterThan(0.25);
    expect(values().dialSays).toMatchObject({ key: 'dialOther', with: { first: '3' } });
    expect(values().dialSays!.with!.label).not.toBe('3');
    set('clock', 1);
    await until(() => values().dialSays?.with?.percent === 100);
    expect(Math.max(...values().dialGuess!.values)).toBeLessThan(0.25);
    expect(values().dialSays?.key).toBe('dialNoise');
  },
);

test('the dial shows the network as its levers stand, and says so where it cannot', { timeout: 60_000 }, async () => {
  open();
  await until(isDone);
  const guessed = async (t: number) => {
    const shown = values().dialGuess;
    set('clock', t);
    await until(() => values().dialGuess !== shown && values().dialGuess !== null);
    return values().dialGuess!.values.slice();
  };
  const whole = await guessed(0.7);
  set('bridge1', true);
  expect(values().dialGuess).toBeNull();
  set('clock', 0.6);
  const cut = await guessed(0.7);
  expect(cut).not.toEqual(whole);
  expect(values().dialSays?.key).toBe('dialCut');
  expect([...live.cut]).toEqual(['skip1']);
  // Its one step is the first, of which freezing keeps the outputs.
  set('how', 'freeze');
  set('clock', 0.6);
  expect(await guessed(0.7)).toEqual(whole);
  expect(values().dialSays?.key).toBe('dialFrozen');
  expect(live.cut.size).toBe(0);
});

test('a lever pulled behind the dial has its pair to itself', { timeout: 60_000 }, async () => {
  open(undefined, 400);
  await until(isDone);
  set('going', true);
  set('clock', 0.4);
  await until(() => values().dialGuess !== null);
  set('middle', true);
  made = [];
  await new Promise((next) => setTimeout(next, 800));
  // No run began; the dial shows on its own board what the pair has finished.
  expect(made.filter(({ start }) => start === undefined)).toEqual([]);
});

test('a bench left in mid-test is not busy when one comes back', { timeout: 60_000 }, async () => {
  open();
  await until(() => useNetwork.getState().layout !== undefined);
  set('belief', 'zip');
  unet.press('test');
  await until(() => /^bench/.test(values().finding?.key ?? ''));
  closers.forEach((close) => close());
  closers = [];
  expect(values().finding).toBeNull();
});

test('what was found of a pair stands while the next is made', { timeout: 60_000 }, async () => {
  open();
  set('bridge1', true);
  await until(() => values().pairSays?.key.startsWith('pair.') === true && values().pairSays?.key !== 'pair.running' && isDone());
  const found = values().pairSays;
  set('going', true);
  await until(() => values().stepSays?.key === 'step');
  expect(values().pairSays).toBe(found);
});

test.each(beliefs)(
  'the belief %s is answered by a count, in words that there are',
  async (belief) => {
    open();
    await until(() => useNetwork.getState().layout !== undefined);
    set('belief', belief);
    set('agree', 'yes');
    unet.press('test');
    await until(() => values().cured !== null);
    // What this network shows; another may show otherwise, and has words for it.
    expect(values().finding!.key).toBe({ zip: 'finding.zip', seat: 'finding.seat', spare: 'finding.spareOne' }[belief]);
    expect(values().cured).toEqual({ key: 'cured.wrong' });
    expect(values().result!.width).toBe(10 * 35 - 3);
  },
  120_000,
);

describe('which network', () => {
  test('without an own one the museum’s stays, and that is said', async () => {
    open();
    await until(() => useNetwork.getState().layout !== undefined);
    set('network', 'own');
    await until(() => values().networkSays?.key === 'network.none');
    expect(values().network).toBe('shipped');
    expect(useNetwork.getState().layout!.model).toBe('digits');
  });
  test('what is no U-Net is refused, and the hall stays', async () => {
    open();
    await until(() => useNetwork.getState().layout !== undefined);
    choose({ model: 'cloud' });
    set('network', 'own');
    await until(() => values().networkSays?.key === 'network.other');
    expect(useNetwork.getState().layout!.model).toBe('digits');
  });
  test('a missing model is told, and leaves the controls as they are', async () => {
    open({
      spoil: (path, bytes) => {
        if (path.startsWith('digits/')) throw new Error('not there');
        return bytes;
      },
    });
    await until(() => values().stepSays !== null);
    expect(values().stepSays).toEqual({ key: 'engine.error.weights-missing' });
    expect(useNetwork.getState().layout).toBeUndefined();
    set('bridge1', true);
    unet.press('count');
    unet.press('test');
    set('clock', 0.7);
    expect(values().dialSays).toEqual({ key: 'dialWait' });
  });
});

describe('the exhibits', () => {
  const planned = async () => layoutOf(await (engine = local().engine).plan('digits'))!;
  test('every pane has its own place in the atlas, and what is painted there is its channel', async () => {
    const layout = await planned();
    const atlas = atlasOf(layout);
    const covered = new Set(atlas.cells.flatMap(({ x, y, width, height }) => Array.from({ length: width * height }, (_, i) => (y + Math.floor(i / width)) * atlas.width + x + (i % width)))); // prettier-ignore
    const numbers = layout.stations.reduce((sum, { shape: [h, w, c] }) => sum + h * w * c, 0);
    expect(covered.size).toBe(numbers);
    expect(Math.max(...covered)).toBeLessThan(atlas.width * atlas.height);
    const bytes = new Uint8ClampedArray(atlas.width * atlas.height * 4);
    const at = layout.stations.findIndex(({ name }) => name === 'bottleneck');
    // Channel 5 alone is loud.
    const map = { shape: [4, 4, 128], values: Float32Array.from({ length: 2048 }, (_, i) => (i % 128 === 5 ? 1 : 0)) };
    paint(bytes, atlas, at, layout.stations[at]!, map);
    const red = atlas.cells.filter(({ station }) => station === at).map(({ x, y }) => bytes[(y * atlas.width + x) * 4]!);
    expect(red.filter((value) => value > 100)).toHaveLength(1);
    expect(red[5]).toBeGreaterThan(200);
  });
  test('the pulse passes every block in the order of computing, and the bridges between their blocks', async () => {
    const layout = await planned();
    const { strands, reached } = wayOf(layout);
    const moments = layout.stations.map(({ name }) => reached[name]!);
    expect([...moments].sort((a, b) => a - b)).toEqual(moments);
    for (const { name, from, to } of layout.bridges) {
      const { points } = strands.find(({ part }) => part === name)!;
      expect(Math.abs(points[0]!.when - reached[from]!)).toBeLessThan(0.05);
      expect(Math.abs(points.at(-1)!.when - reached[to]!)).toBeLessThan(0.05);
    }
  });
  test('a sheet keeps rows and columns; a range is that of its numbers', () => {
    const one = (value: number) => ({ values: new Float32Array(4).fill(value), height: 2, width: 2, said: { key: 'sheet' } });
    const made = sheet([[one(1), one(2)], [one(3), one(4)]], { key: 'sheet' }, 1); // prettier-ignore
    expect([made.height, made.width]).toEqual([5, 5]);
    expect([made.values[0], made.values[3], made.values[15], made.values[18], made.values[2]]).toEqual([1, 2, 3, 4, -1]);
    expect(rangeOf(Float32Array.from([-1, 0, 3, -0.5]))).toEqual({ least: -1, most: 3, below: 50 });
  });
});
