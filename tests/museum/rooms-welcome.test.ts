// What the lobby says of a dream and of the device, and that its switches are the visit's own.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { welcome } from '../../scenes/01-welcome/controls';
import { wordsOf } from '../../scenes/01-welcome/device';
import { openDream } from '../../scenes/01-welcome/dream';
import { dreamEnd, expectation } from '../../scenes/01-welcome/expectation';
import { openSettings } from '../../scenes/01-welcome/settings';
import type { DeviceReport, Engine, Pixels, SampleRequest } from '../../src/engine';
import { stepsFor } from '../../src/kit/pace';
import { choose, firstVisit, useVisit } from '../../src/visit';

const verdict = (confidence: number) => ({ label: '4', confidence, probabilities: [] });
const report = (milliseconds: number, passed = true): DeviceReport => ({
  backend: 'wasm',
  reason: 'absent',
  trials: [{ backend: 'wasm', error: 1e-5, passed, milliseconds }],
  losses: 0,
  restarts: 0,
  gpuErrors: 0,
});

describe('a dream', () => {
  test('is read, or said to be unclear', () => {
    expect(dreamEnd(verdict(0.97), 1.2)).toEqual({ key: 'dreamt', with: { label: '4', sure: 97, seconds: 1.2 } });
    expect(dreamEnd(verdict(0.3), 1.2).key).toBe('dreamtUnclear');
  });
  test('answers the guess', () => {
    expect(expectation('new', verdict(0.9)).key).toBe('foretold.new');
    expect(expectation('copy', verdict(0.9)).key).toBe('foretold.copy');
    expect(expectation('noise', verdict(0.2)).key).toBe('foretold.noiseCame');
    expect(expectation('', verdict(0.9)).key).toBe('foretold.none');
  });
  test('takes as many steps as the device has time for', () => {
    const wish = { least: 10, most: 20, within: 2000, evaluations: 2 };
    expect(stepsFor(report(10), wish)).toBe(20);
    expect(stepsFor(report(70), wish)).toBe(14);
    expect(stepsFor(report(900), wish)).toBe(10);
    expect(stepsFor({ ...report(10), trials: [] }, wish)).toBe(10);
  });
});

describe('the brass button', () => {
  /** Keeps what is asked of it; a dream ends when the test says so. */
  function listener() {
    const asked: SampleRequest[] = [];
    const ends: ((image: Pixels) => void)[] = [];
    const engine: Pick<Engine, 'report' | 'sample' | 'classify'> = {
      report: () => report(10),
      sample(request) {
        asked.push(request);
        const result = new Promise<Pixels>((resolve) => ends.push(resolve));
        return { latest: undefined, result, cancel: () => undefined };
      },
      classify: () => Promise.resolve([verdict(0.97)]),
    };
    return { engine: engine as Engine, asked, end: () => ends.at(-1)!({ values: new Float32Array(4), shape: [1, 2, 2, 1] } as Pixels) };
  }
  let close = () => {};
  const { set, useValues } = welcome;
  const press = () => set('dream', useValues.getState().dream + 1);
  beforeEach(() => {
    welcome.reset();
    openDream(listener().engine)();
  });
  afterEach(() => close());

  test('one press is one dream', async () => {
    const { engine, asked, end } = listener();
    close = openDream(engine);
    expect(asked).toHaveLength(0);
    press();
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ model: 'digits', guidance: 2 });
    end();
    await expect.poll(() => useValues.getState().dreamSays).toMatchObject({ key: 'dreamt', with: { label: '4', sure: 97 } });
    expect(asked).toHaveLength(1);
  });
  test('a press before its story has come is answered when it comes, once', () => {
    press();
    const { engine, asked } = listener();
    close = openDream(engine);
    expect(asked).toHaveLength(1);
    set('expect', 'new');
    expect(asked).toHaveLength(1);
    close();
    close = openDream(engine);
    expect(asked).toHaveLength(1);
  });
  test('the next visitor is answered, too', () => {
    press();
    close = openDream(listener().engine);
    close();
    welcome.reset();
    press();
    const { engine, asked } = listener();
    close = openDream(engine);
    press();
    expect(asked).toHaveLength(2);
  });
  test('a dream that someone walks out on is not there half when they come back', () => {
    const { engine } = listener();
    close = openDream(engine);
    press();
    set('dreamSays', { key: 'dreamStep', with: { step: 5, steps: 10 } });
    close();
    expect(useValues.getState()).toMatchObject({ noisy: null, clean: null, dreamSays: null });
  });
  test('a dream that has ended stays', async () => {
    const { engine, end } = listener();
    close = openDream(engine);
    press();
    end();
    await expect.poll(() => useValues.getState().dreamSays).toMatchObject({ key: 'dreamt' });
    close();
    expect(useValues.getState().dreamSays).toMatchObject({ key: 'dreamt' });
  });
  test('a second press begins anew', () => {
    const { engine, asked } = listener();
    close = openDream(engine);
    press();
    press();
    expect(asked).toHaveLength(2);
    expect(asked[0]!.seed).not.toBe(asked[1]!.seed);
  });
});

describe('the device', () => {
  test('says where, why and how fast', () => {
    const words = wordsOf(report(25));
    expect(words.computes?.key).toBe('engine.on.wasm');
    expect(words.because.key).toBe('engine.reason.absent');
    expect(words.measured).toEqual({ key: 'measured.fine', with: { milliseconds: 25, perSecond: 40 } });
  });
  test('says nothing of a speed that was not measured', () => {
    expect(wordsOf({ ...report(25), backend: undefined, trials: [] })).toMatchObject({ computes: null, measured: { key: 'measured.not' } });
  });
  test('names a backend that computed wrong', () => {
    const both = {
      ...report(25),
      trials: [...report(25).trials, { backend: 'webgpu' as const, error: 1, passed: false, milliseconds: 3 }],
    };
    expect(wordsOf(both).measured.key).toBe('measured.refused');
  });
});

describe('the switches', () => {
  let close = () => {};
  afterEach(() => {
    close();
    welcome.reset();
    useVisit.setState(firstVisit(), true);
  });
  test('show what the visit is', () => {
    choose({ language: 'de', level: 'child', volume: 0.3, motion: 'reduced', route: 20 });
    close = openSettings();
    expect(welcome.useValues.getState()).toMatchObject({ language: 'de', level: 'child', sound: true, stillness: true, minutes: '20' });
  });
  test('change the visit, and follow it', () => {
    close = openSettings();
    welcome.set('language', 'de');
    welcome.set('sound', true);
    welcome.set('minutes', '5');
    expect(useVisit.getState()).toMatchObject({ language: 'de', route: 5 });
    expect(useVisit.getState().volume).toBeGreaterThan(0);
    choose({ language: 'en', volume: 0 });
    expect(welcome.useValues.getState()).toMatchObject({ language: 'en', sound: false });
  });
  test('keep a volume that was set elsewhere', () => {
    close = openSettings();
    choose({ volume: 0.2 });
    expect(useVisit.getState().volume).toBe(0.2);
    welcome.set('level', 'expert');
    expect(useVisit.getState().volume).toBe(0.2);
  });
  test('pressed before the story has come count when it comes', () => {
    openSettings()();
    welcome.set('language', 'de');
    welcome.set('captions', false);
    close = openSettings();
    expect(useVisit.getState()).toMatchObject({ language: 'de', captions: false });
  });
  test('of an earlier visit do not come back', () => {
    const leave = openSettings();
    welcome.set('level', 'child');
    leave();
    useVisit.setState({ ...firstVisit(), visit: 7 });
    close = openSettings();
    expect(useVisit.getState().level).toBe('adult');
  });
  test('are left alone after closing', () => {
    openSettings()();
    welcome.set('level', 'expert');
    expect(useVisit.getState().level).toBe('adult');
  });
});
