// The story of the U-Net's hall with the real engine: steps with their maps, cuts side by side, the count and the beliefs.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { beliefs, unet } from '../../scenes/03-unet/controls';
import { before } from '../../scenes/03-unet/frame';
import { live } from '../../scenes/03-unet/live';
import { roundsFor } from '../../scenes/03-unet/measure';
import { useNetwork } from '../../scenes/03-unet/network';
import { outcomeOf } from '../../scenes/03-unet/paired';
import { abarOf, type Engine, type SamplerStep } from '../../src/engine';
import { choose } from '../../src/visit';
import { local } from '../engine/link';
import { begin, end, isDone, leave, open, set, story, until, values } from './unetStory';

// As on a slow device: fewer digits are counted.
const forwardTime = vi.hoisted(() => vi.fn<() => number | undefined>());
vi.mock('../../src/kit/pace', async (original) => ({ ...(await original<object>()), forwardTime }));

beforeEach(() => {
  forwardTime.mockReturnValue(100);
  begin();
});
afterEach(end);

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
    const engine = (story.engine = local().engine);
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
      story.made = [];
      if (how === 'freeze') unet.press('another');
      set('how', how);
      story.made = [];
      set('bridge2', how === 'zero');
      set('middle', true);
      const [whole, cut] = story.made.slice(-2);
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
    story.made = [];
    unet.press('count');
    await until(() => /lost|some|little/.test(values().verdict?.key ?? ''));
    const counted = story.made.filter(({ count }) => count === 10);
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
    leave();
    await new Promise((next) => setTimeout(next, 300));
    asked.length = 0;
    await new Promise((next) => setTimeout(next, 700));
    expect(asked.filter((kind) => kind === 'step')).toEqual([]);
  }, 120_000);
});

test('a bench left in mid-test is not busy when one comes back', { timeout: 60_000 }, async () => {
  open();
  await until(() => useNetwork.getState().layout !== undefined);
  set('belief', 'zip');
  unet.press('test');
  await until(() => /^bench/.test(values().finding?.key ?? ''));
  leave();
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
