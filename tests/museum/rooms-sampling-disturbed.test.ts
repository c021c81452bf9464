// The racing hall disturbed: a start in mid-draw, a worker lost on the way, devices too quick to watch and too slow to count on.
import { describe, expect, test } from 'vitest';
import { sampling } from '../../scenes/05-sampling/controls';
import { lanes } from '../../scenes/05-sampling/lanes';
import { live } from '../../scenes/05-sampling/live';
import { apart } from '../../scenes/05-sampling/picture';
import { planOf } from '../../scenes/05-sampling/points';
import { openQuality } from '../../scenes/05-sampling/quality';
import { openRace } from '../../scenes/05-sampling/race';
import type { Job, Pixels, SampleRequest, SamplerStep } from '../../src/engine';
import { quick, racing, right, until, values } from './racing';

const hall = racing();

describe('the race, disturbed', () => {
  test('two evaluations that are not counted come before the lanes', { timeout: 60_000 }, async () => {
    const asked: SampleRequest[] = [];
    hall.close = openRace({ ...hall.engine, sample: (request) => (asked.push(request), hall.engine.sample(request)) });
    sampling.press('start');
    expect(asked.map(({ steps, prompt, count = 1 }) => [steps, prompt, count])).toEqual([[2, values().digit, 1]]);
    await until('the lanes', () => asked.length === 6);
    expect(asked.slice(1).map(({ sampler }) => sampler)).toEqual([...lanes]);
  });

  test('a start while other noise is drawn shows that noise', { timeout: 60_000 }, async () => {
    hall.close = openRace(hall.engine, { watched: 300 });
    await until('the start', () => values().ddpm !== null);
    const before = live.noise!;
    sampling.press('another');
    sampling.press('start');
    await until('the finish', () => values().rank5 !== null);
    expect(apart(live.noise!, before).mean).toBeGreaterThan(0.3);
  });

  test('after a lost worker the lanes start again, and so does the clock', async () => {
    const image = { values: new Float32Array(32 * 32), shape: [1, 32, 32, 1] };
    const running: { latest: SamplerStep | undefined }[] = [];
    const sample = ({ steps }: SampleRequest): Job<SamplerStep, Pixels> => {
      const isWarmUp = steps === 2;
      const job = { latest: undefined, result: isWarmUp ? Promise.resolve(image) : new Promise<Pixels>(() => {}), cancel: () => {} };
      if (!isWarmUp) running.push(job);
      return job;
    };
    const step = (index: number, computing: number) => {
      const said = { index, steps: 3, level: 1, next: 0, time: 0, noisy: image, clean: image, milliseconds: 0, evaluations: 1 };
      for (const job of running) job.latest = { ...said, computing };
    };
    hall.close = openRace({ ...hall.engine, sample, report: () => ({ ...hall.engine.report(), trials: [] }) }, { watched: 1800 });
    sampling.press('start');
    await until('five lanes', () => running.length === 5);
    step(1, 20);
    await until('two steps', () => live.runners.ddim.progress === 2 / 3, 5);
    step(0, 12);
    await until('the start again', () => live.runners.ddim.progress === 0, 2);
    await until('a step', () => live.runners.ddim.progress === 1 / 3, 5);
  });

  test('what is lost on the way begins the race again for all lanes, and says so; twice at most', { timeout: 30_000 }, async () => {
    const image = { values: new Float32Array(32 * 32), shape: [1, 32, 32, 1] };
    const asked: SampleRequest[] = [];
    const running: { latest: SamplerStep | undefined }[] = [];
    let cancelled = 0;
    const sample = (request: SampleRequest): Job<SamplerStep, Pixels> => {
      const isWarmUp = request.steps === 2;
      const result = isWarmUp ? Promise.resolve(image) : new Promise<Pixels>(() => {});
      const job = { latest: undefined, result, cancel: () => void cancelled++ };
      if (!isWarmUp) asked.push(request);
      if (!isWarmUp) running.push(job);
      return job;
    };
    let lose = () => {};
    const onLost = (tell: (what: 'device') => void) => ((lose = () => tell('device')), () => {});
    const report = () => ({ ...hall.engine.report(), trials: [] });
    hall.close = openRace({ ...hall.engine, sample, report, onLost }, { watched: 1800 });
    sampling.press('start');
    await until('five lanes', () => running.length === 5, 5);
    expect(values().podiumSays?.key).toBe('podiumRacing');
    const said = { steps: 3, level: 1, next: 0, time: 0, noisy: image, clean: image, milliseconds: 0, evaluations: 1, computing: 20 };
    for (const job of running) job.latest = { ...said, index: 1 };
    await until('two steps', () => live.runners.ddim.progress === 2 / 3, 5);
    // Too late: it is the same race.
    sampling.set('ddimSteps', 9);
    lose();
    expect(lanes.map((lane) => live.runners[lane].progress)).toEqual([0, 0, 0, 0, 0]);
    expect(values().raceSays?.key).toBe('again');
    await until('five lanes again', () => running.length === 10, 5);
    expect(cancelled).toBe(5);
    expect(asked.slice(5)).toEqual(asked.slice(0, 5));
    expect(values().podiumSays?.key).toBe('podiumAgain');
    lose();
    await until('and again', () => running.length === 15, 5);
    lose();
    await new Promise((next) => setTimeout(next, 100));
    expect([running.length, cancelled]).toEqual([15, 10]);
  });
});

describe('quality against time', () => {
  test('how long it takes is told from a warm run, however quick the device', async () => {
    hall.close = openQuality({ ...hall.engine, sample: quick(1), classify: right });
    sampling.set('expectQuality', '1');
    sampling.set('measure', true);
    await until('the plan', () => values().plan?.key === 'planned', 2);
    sampling.set('expectQuality', '50');
    expect(values().plan?.with).toEqual(planOf(1));
    await until('the end', () => !values().measure);
    expect(live.points.ddim[0]!.seconds).toBeCloseTo(0.001, 9);
    expect(values().qualitySays?.key).toBe('enough');
    expect(values().foretoldQuality?.key).toBe('guess.right');
  });

  test('two pictures a point are too few to tell, and paid for by no point', async () => {
    hall.close = openQuality({ ...hall.engine, sample: quick(90), classify: right });
    sampling.set('expectQuality', '5');
    sampling.set('measure', true);
    await until('the end', () => !values().measure);
    expect(values().qualitySays).toEqual({ key: 'tooFew', with: { pictures: 2, fewest: 0, most: 0 } });
    expect(values().foretoldQuality).toBeNull();
    expect(live.points.ddpm[0]!.seconds).toBeCloseTo(0.09, 9);
  });
  test('left in the middle it is off, and says that the rest is missing', async () => {
    let answers = 3;
    const classify = (images: Pixels) => (answers-- > 0 ? right(images) : new Promise<never>(() => {}));
    const close = openQuality({ ...hall.engine, sample: quick(1), classify });
    sampling.set('measure', true);
    await until('the judge', () => answers < 0, 5);
    close();
    expect(live.points.ddpm[0]).toMatchObject({ steps: 1, made: 30 });
    expect([values().measure, values().plan?.key, values().qualitySays?.key]).toEqual([false, 'planned', 'stopped']);
  });
});
