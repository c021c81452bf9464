// The U-Net's hall when its network changes, or draws too badly: nothing counted with one network is told about another.
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openBench } from '../../scenes/03-unet/bench';
import { openContest } from '../../scenes/03-unet/contest';
import { beliefs, unet } from '../../scenes/03-unet/controls';
import { openMending } from '../../scenes/03-unet/ablate';
import { openDial } from '../../scenes/03-unet/dial';
import { layoutOf, type Layout } from '../../scenes/03-unet/layout';
import { frameOf } from '../../scenes/03-unet/frame';
import { live } from '../../scenes/03-unet/live';
import { openNetwork, useNetwork } from '../../scenes/03-unet/network';
import { openRun } from '../../scenes/03-unet/run';
import type { Engine, NetworkPlan, Pixels, SampleRequest, SamplerStep, Verdict } from '../../src/engine';
import { EngineError } from '../../src/engine';
import { choose, firstVisit, useVisit } from '../../src/visit';
import { local } from '../engine/link';

const { useValues, set } = unet;
const values = () => useValues.getState();
const after = (milliseconds: number) => new Promise((next) => setTimeout(next, milliseconds));
const pixels = (count: number): Pixels => ({ values: new Float32Array(count * 32 * 32), shape: [count, 32, 32, 1] });

/** An engine of the test's own: each job waits until the test lets it go on, the judge reads what the test says. */
class Stage {
  readonly asked: { request: SampleRequest; end: (result: Pixels) => void; isCancelled: boolean }[] = [];
  /** How many of ten are read as asked for, in the order of asking. */
  reads: number[] = [];
  readonly step: SamplerStep = {
    ...{ index: 0, steps: 1, level: 1, next: 0, time: 0.5, milliseconds: 1, computing: 1, evaluations: 1 },
    ...{ noisy: pixels(1), clean: pixels(1), activations: {} },
  };

  sample(request: SampleRequest) {
    let end!: (result: Pixels) => void;
    const result = new Promise<Pixels>((resolve) => (end = resolve));
    const made = { request, end, isCancelled: false };
    this.asked.push(made);
    return { latest: this.step, result, cancel: () => void (made.isCancelled = true) };
  }
  classify(): Promise<readonly Verdict[]> {
    const right = this.reads.shift() ?? 10;
    const label = (at: number) => String(at < right ? at : (at + 1) % 10);
    return Promise.resolve(Array.from({ length: 10 }, (_, at) => ({ label: label(at), confidence: 1, probabilities: [] })));
  }
  /** Models named so are gone. */
  load(model: string) {
    return { result: model === 'gone' ? Promise.reject(new EngineError('weights-missing', model)) : Promise.resolve() };
  }
  plan = () => Promise.resolve(plan);
  noise = vi.fn(() => Promise.resolve(pixels(1)));
  report = () => ({ trials: [] });
  /** Ends each job as it comes, `count` of them. */
  async run(count: number) {
    for (let at = 0; at < count; at++) {
      await vi.waitFor(() => expect(this.asked[at]).toBeDefined());
      this.asked[at]!.end(pixels(10));
    }
  }
}

let plan: NetworkPlan;
let layout: Layout;
let stage: Stage;
let engine: Engine;
let closers: (() => void)[] = [];
const hall = { halt: vi.fn(), again: vi.fn(), result: () => pixels(1) };

beforeAll(async () => {
  const real = local().engine;
  plan = await real.plan('digits');
  layout = layoutOf(plan)!;
  real.close();
});
beforeEach(() => {
  stage = new Stage();
  engine = stage as unknown as Engine;
  vi.clearAllMocks();
  unet.reset();
  useVisit.setState(firstVisit());
  useNetwork.setState({ layout });
});
afterEach(() => {
  closers.forEach((close) => close());
  closers = [];
  useNetwork.setState({ layout: undefined });
});
const another = () => useNetwork.setState({ layout: { ...layout, model: 'mine' } });

describe('another network', () => {
  test('takes the verdict and the sheet of the count away', async () => {
    closers = [openContest(engine)];
    set('bridge1', true);
    unet.press('count');
    await stage.run(2);
    await vi.waitFor(() => expect(values().verdict?.key).toBe('verdict.little'));
    another();
    expect(values()).toMatchObject({ verdict: null, sheet: null });
  });
  test('ends a count that runs, which then says nothing more', async () => {
    closers = [openContest(engine)];
    set('bridge1', true);
    unet.press('count');
    await vi.waitFor(() => expect(stage.asked).toHaveLength(1));
    another();
    expect(stage.asked[0]!.isCancelled).toBe(true);
    await stage.run(1);
    await after(50);
    expect(stage.asked).toHaveLength(1);
    expect(values().verdict).toBeNull();
  });
  test('takes what was found about a belief away, and ends a test that runs', async () => {
    closers = [openBench(engine)];
    set('agree', 'yes');
    stage.reads = [10, 1];
    unet.press('test');
    await stage.run(2);
    await vi.waitFor(() => expect(values().cured).toEqual({ key: 'cured.wrong' }));
    another();
    expect(values()).toMatchObject({ finding: null, result: null, cured: null, agree: '' });
    unet.press('test');
    await vi.waitFor(() => expect(stage.asked).toHaveLength(3));
    useNetwork.setState({ layout });
    expect(stage.asked[2]!.isCancelled).toBe(true);
    expect(values().finding).toBeNull();
  });
  test('takes the dial’s pictures away', async () => {
    closers = [openDial(engine, hall)];
    set('clock', 0.3);
    await vi.waitFor(() => expect(values().dialGuess).not.toBeNull());
    another();
    expect(values()).toMatchObject({ dialNoisy: null, dialGuess: null, dialSays: null });
    expect(stage.asked[0]!.isCancelled).toBe(true);
  });
  test('leaves no map and no picture of the one before in the hall', async () => {
    const run = openRun(engine);
    closers = [run.close];
    run.take(layout);
    await vi.waitFor(() => expect(live.frame).toBeDefined());
    const { version } = live;
    run.take({ ...layout, model: 'mine' });
    expect(live.frame).toBeUndefined();
    expect(live.version).toBeGreaterThan(version);
    expect(values()).toMatchObject({ noisy: null, guess: null, whole: null, changed: null, stepSays: null });
  });
});

describe('a network that draws badly', () => {
  test('is told as that by the count, however little the cut changes', async () => {
    closers = [openContest(engine)];
    set('bridge1', true);
    stage.reads = [1, 1];
    unet.press('count');
    await stage.run(2);
    await vi.waitFor(() => expect(values().verdict?.key).toMatch(/little|some|lost|weak/));
    expect(values().verdict).toMatchObject({ key: 'verdict.weak', with: { count: 10, whole: 1, cut: 1 } });
  });
  test.each(beliefs)('settles no answer about %s', async (belief) => {
    closers = [openBench(engine)];
    set('belief', belief);
    set('agree', 'yes');
    stage.reads = [4, 1, 1];
    unet.press('test');
    await stage.run(belief === 'zip' ? 2 : 3);
    await vi.waitFor(() => expect(values().cured).not.toBeNull());
    expect(values().finding).toMatchObject({ key: 'finding.weak', with: { count: 10, whole: 4 } });
    expect(values().cured).toEqual({ key: 'cured.open' });
  });
  test('settles them from one half on', async () => {
    closers = [openBench(engine)];
    set('agree', 'no');
    stage.reads = [5, 1];
    unet.press('test');
    await stage.run(2);
    await vi.waitFor(() => expect(values().cured).toEqual({ key: 'cured.right' }));
  });
});

describe('a guess', () => {
  test('about a belief is the one at the beginning', async () => {
    closers = [openBench(engine)];
    set('agree', 'yes');
    stage.reads = [10, 1];
    unet.press('test');
    await vi.waitFor(() => expect(stage.asked).toHaveLength(1));
    set('agree', 'no');
    await stage.run(2);
    await vi.waitFor(() => expect(values().cured).toEqual({ key: 'cured.wrong' }));
  });
  test('about a cut is the one at the beginning', async () => {
    const run = openRun(engine);
    closers = [run.close];
    set('expect', 'other');
    set('bridge1', true);
    run.take(layout);
    await vi.waitFor(() => expect(values().changed).not.toBeNull());
    // Grey all over: it is no clean digit.
    set('expect', 'nothing');
    await stage.run(2);
    await vi.waitFor(() => expect(values().foretold).toEqual({ key: 'foretold.wrong' }));
  });
});

test('another guess takes away what was said of the last', async () => {
  const run = openRun(engine);
  closers = [run.close];
  set('expect', 'nothing');
  set('bridge1', true);
  run.take(layout);
  await stage.run(2);
  await vi.waitFor(() => expect(values().foretold).toEqual({ key: 'foretold.right' }));
  set('expect', 'same');
  expect(values().foretold).toBeNull();
});

test('levers left pulled are told beside the run, and one press lets them all go in one new run', async () => {
  const run = openRun(engine);
  closers = [openMending(), run.close];
  run.take(layout);
  const told = () => (['bridge1Off', 'bridge2Off', 'middleOff', 'timeOff'] as const).filter((name) => values()[name] !== null);
  const isOffered = () => unet.list.mend.when!(values());
  expect(told()).toEqual([]);
  expect(isOffered()).toBe(false);
  set('bridge2', true);
  set('middle', true);
  expect(told()).toEqual(['bridge2Off', 'middleOff']);
  expect(isOffered()).toBe(true);
  expect(values().bridge2Off).toEqual({ key: 'off.bridge2' });
  const before = stage.asked.length;
  unet.press('mend');
  expect(values()).toMatchObject({ bridge1: false, bridge2: false, middle: false, time: false });
  expect(told()).toEqual([]);
  expect(stage.asked.slice(before).map(({ request }) => request.ablate)).toEqual([undefined]);
});

describe('what is not there', () => {
  test('a model that is gone is told, the choice goes back to what stands, and coming back ends the complaint', async () => {
    useNetwork.setState({ layout: undefined });
    closers = [openNetwork(engine, () => undefined)];
    await vi.waitFor(() => expect(values().networkSays?.key).toBe('network.shipped'));
    choose({ model: 'gone' });
    set('network', 'own');
    await vi.waitFor(() => expect(values().networkSays).toEqual({ key: 'engine.error.weights-missing' }));
    expect(values().network).toBe('shipped');
    set('network', 'own');
    set('network', 'shipped');
    expect(values().networkSays?.key).toBe('network.shipped');
  });
  test('what went into the last step is left out where the step before was missed', () => {
    const earlier = { ...stage.step, index: 0, next: 0.5 };
    const last = { ...stage.step, index: 1, next: 0 };
    expect(frameOf(last, undefined).maps).not.toHaveProperty('input');
    expect(frameOf(last, earlier).maps.input!.shape).toEqual([32, 32, 1]);
  });
  test('a dial that gets no noise gives the hall back all the same', async () => {
    vi.useFakeTimers();
    try {
      closers = [openDial(engine, hall)];
      stage.noise.mockRejectedValueOnce(new EngineError('out-of-memory', 'full'));
      set('clock', 0.3);
      await vi.advanceTimersByTimeAsync(1);
      expect(values().dialSays).toEqual({ key: 'engine.error.out-of-memory' });
      expect(hall.halt).toHaveBeenCalledOnce();
      expect(hall.again).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(20_000);
      expect(hall.again).toHaveBeenCalledOnce();
    } finally {
      vi.useRealTimers();
    }
  });
});
