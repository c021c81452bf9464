// The racing hall with the shipped models: the race, the proof of what repeats, the equality and quality against time.
import { beforeEach, describe, expect, test } from 'vitest';
import { sampling } from '../../scenes/05-sampling/controls';
import { openEqual, outcomeOf } from '../../scenes/05-sampling/equal';
import { lanes, type Lane } from '../../scenes/05-sampling/lanes';
import { live } from '../../scenes/05-sampling/live';
import { apart, differenceOf } from '../../scenes/05-sampling/picture';
import { openQuality } from '../../scenes/05-sampling/quality';
import { openRace } from '../../scenes/05-sampling/race';
import { openRepeats, saidOf } from '../../scenes/05-sampling/repeats';
import { requestOf } from '../../scenes/05-sampling/samplers';
import { EngineError, type Engine, type EngineErrorCode } from '../../src/engine';
import { choose } from '../../src/visit';
import { local } from '../engine/link';
import { racing, until, values } from './racing';

const hall = racing();
// So that its looks are told from those of the others.
beforeEach(() => sampling.set('ddpmSteps', 6));

/** What became of every job that was asked for. */
interface Seen {
  readonly engine: Engine;
  open(): number;
  ends: (EngineErrorCode | 'done')[];
}
function watched(engine: Engine): Seen {
  let open = 0;
  const ends: Seen['ends'] = [];
  return {
    ends,
    open: () => open,
    engine: {
      ...engine,
      sample(request) {
        open++;
        const job = engine.sample(request);
        job.result.then(
          () => (open--, ends.push('done')),
          (why: { code: EngineErrorCode }) => (open--, ends.push(why.code)),
        );
        return job;
      },
    },
  };
}

describe('the race', () => {
  test('all five come in; every lane is counted, timed and read, the quickest stands first', { timeout: 60_000 }, async () => {
    hall.close = openRace(hall.engine, { watched: 300 });
    await until('the start', () => live.noise !== undefined && values().ddpm !== null);
    expect(new Set(lanes.map((lane) => live.runners[lane].image))).toEqual(new Set([live.noise]));
    sampling.set('first', 'ddpm');
    sampling.press('start');
    // Too late: the guess was taken at the start.
    sampling.set('first', '');
    await until('the finish', () => values().rank5 !== null);
    const ranks = [values().rank1, values().rank2, values().rank3, values().rank4, values().rank5];
    const looks = Object.fromEntries(ranks.map((rank) => [String(rank?.with?.['sampler']), rank?.with?.['evaluations']]));
    expect(looks).toEqual({ DDPM: 6, DDIM: 3, Euler: 3, Heun: 5, 'DPM-Solver++(2M)': 3 });
    const times = ranks.map((rank) => Number(rank?.with?.['milliseconds']));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThan(0);
    expect(ranks.map((rank) => rank?.key.split('.')[0])).toEqual(Array(5).fill('rank'));
    expect(lanes.map((lane) => live.runners[lane].progress)).toEqual([1, 1, 1, 1, 1]);
    expect(live.placed).toHaveLength(5);
    expect(values().foretoldFirst?.key).toBe('first.wrong');
  });

  test('a visitor who leaves in mid-race leaves no job behind', { timeout: 60_000 }, async () => {
    const seen = watched(hall.engine);
    for (const lane of lanes) sampling.set(`${lane}Steps`, 50);
    hall.close = openRace(seen.engine);
    sampling.press('start');
    await until('five runs', () => seen.open() === 5 && live.runners.ddpm.progress > 0);
    hall.close();
    await until('no run', () => seen.open() === 0, 2);
    expect(seen.ends).toEqual(['done', ...Array<string>(5).fill('cancelled')]);
    const { raceSays, rank1 } = values();
    await new Promise((next) => setTimeout(next, 300));
    expect([values().raceSays, values().rank1]).toEqual([raceSays, rank1]);
  });

  test('started again in the middle, the first race is given up', { timeout: 60_000 }, async () => {
    const seen = watched(hall.engine);
    sampling.set('ddpmSteps', 100);
    hall.close = openRace(seen.engine, { watched: 300 });
    sampling.press('start');
    await until('five runs', () => seen.open() === 5);
    sampling.set('ddpmSteps', 4);
    sampling.press('start');
    await until('the finish', () => values().rank5 !== null);
    // The five lanes of the second race, and the warm-up of both.
    expect(seen.ends.filter((end) => end === 'done')).toHaveLength(7);
    expect(seen.open()).toBe(0);
  });

  test('without an own network it says so; with one that is not there, too; the museum’s goes on', { timeout: 60_000 }, async () => {
    hall.close = openRace(hall.engine, { watched: 300 });
    sampling.set('network', 'own');
    sampling.press('start');
    expect(values().raceSays?.key).toBe('noOwn');
    choose({ model: 'trained:nobody' });
    sampling.press('start');
    await until('a refusal', () => /^engine\.error\.|^ownRefused$/.test(values().raceSays?.key ?? ''));
    choose({ model: '' });
    sampling.set('network', 'museum');
    sampling.press('start');
    await until('the finish', () => values().rank5 !== null);
  });

  test('with the model missing it says so', async () => {
    const poor = local({ before: (path) => (path.startsWith('digits/') ? Promise.reject(new Error('gone')) : Promise.resolve()) });
    hall.close = openRace(poor.engine, { watched: 300 });
    sampling.press('start');
    await until('a word', () => values().raceSays?.key.startsWith('engine.error.') === true);
    poor.engine.close();
  });

  test('other noise is another start, for all lanes alike', async () => {
    hall.close = openRace(hall.engine);
    await until('the start', () => values().ddpm !== null);
    const before = live.noise;
    sampling.press('another');
    await until('another start', () => live.noise !== before && values().ddpm !== null);
    expect(apart(live.noise!, before!).mean).toBeGreaterThan(0.3);
    expect(requestOf('heun', 'digits', 7).seed).toBe(requestOf('ddpm', 'digits', 7).seed);
  });
});

describe('nine repeats', () => {
  const nine = async (again: string) => {
    sampling.set('again', again);
    sampling.press('repeat');
    await until('nine of them', () => live.repeats.length === 9 && values().foretoldNine !== null);
    return live.repeats;
  };
  test('DDIM without fresh noise: one fingerprint; DDPM and DDIM with it: nine', { timeout: 90_000 }, async () => {
    hall.close = openRepeats(hall.engine);
    const ddim = await nine('ddim');
    expect(new Set(ddim.map(({ hash }) => hash)).size).toBe(1);
    expect(values().proof?.key).toBe('proof.same');
    const ddpm = await nine('ddpm');
    expect(new Set(ddpm.map(({ hash }) => hash)).size).toBe(9);
    expect(values().proof?.key).toBe('proof.different');
    expect(new Set((await nine('ddimEta')).map(({ hash }) => hash)).size).toBe(9);
  });
  test.each(['euler', 'heun', 'dpmpp2m'])('%s repeats', { timeout: 60_000 }, async (again) => {
    hall.close = openRepeats(hall.engine);
    sampling.set('expectNine', 'different');
    sampling.set('again', again);
    sampling.set('expectNine', 'same');
    sampling.set(`${again as Lane}Steps`, 30);
    const running = nine(again);
    await until('the first', () => values().proof?.key === 'repeating');
    expect(values().proof?.with).toMatchObject({ steps: 20 });
    // Too late: the guess was taken at the start.
    sampling.set('expectNine', '');
    expect(new Set((await running).map(({ hash }) => hash)).size).toBe(1);
    expect(values().foretoldNine?.key).toBe('guess.right');
  });
  test('without a common noise it says what is wrong, and runs nothing', async () => {
    const seen = watched({ ...hall.engine, noise: () => Promise.reject(new EngineError('device-lost', 'by the test')) });
    hall.close = openRepeats(seen.engine);
    sampling.press('repeat');
    await until('a word', () => values().proof !== null, 2);
    expect(values().proof?.key).toBe('engine.error.device-lost');
    expect(seen.open()).toBe(0);
  });
  test('some alike, some not, is neither', () => {
    const image = new Float32Array(4);
    const repeats = ['a', 'a', 'b'].map((hash) => ({ image, hash }));
    expect(saidOf(repeats, 'ddpm', 20)).toMatchObject({ kinds: 2, said: { key: 'proof.some' } });
  });
  test('the map is dark where pictures are the same', () => {
    const [one, two] = [Float32Array.of(-1, 1, 0), Float32Array.of(-1, -1, 0.5)];
    expect([...differenceOf(one, two)]).toEqual([-1, 1, -0.5]);
    expect(apart(one, two)).toEqual({ mean: 1.25 / 3, largest: 1 });
  });
});

describe('DDIM and Euler', () => {
  test('on the same levels make the same picture, to within a shade', { timeout: 60_000 }, async () => {
    hall.close = openEqual(hall.engine);
    sampling.set('expectEqual', 'same');
    sampling.press('compare');
    await until('both', () => values().foretoldEqual !== null);
    expect(values().equalSays?.key).toMatch(/^equal\.(identical|rounding)$/);
    expect(values().foretoldEqual?.key).toBe('guess.right');
    expect(apart(values().byDdim!.values, values().byEuler!.values).largest).toBeLessThan(1e-5);
  });
  test('what is said of a difference', () => {
    expect([outcomeOf(0, 0), outcomeOf(1e-6, 1e-8), outcomeOf(0.3, 0.02), outcomeOf(1, 0.3)]).toEqual([
      'identical',
      'rounding',
      'relative',
      'other',
    ]);
  });
});

describe('quality against time', () => {
  test('is measured, grows point by point, and stops where it is told to', { timeout: 90_000 }, async () => {
    const seen = watched(hall.engine);
    hall.close = openQuality(seen.engine);
    sampling.set('measure', true);
    await until('a first point', () => live.points.ddim.length > 0);
    expect(values().plan?.key).toBe('planned');
    const [first] = live.points.ddpm;
    expect(first).toMatchObject({ steps: 1 });
    expect(first!.seconds).toBeGreaterThan(0);
    expect(values().ddpmQuality?.with).toMatchObject({ made1: first!.made, agreed100: '–' });
    sampling.set('measure', false);
    expect(values().qualitySays?.key).toBe('stopped');
    await until('no run', () => seen.open() === 0, 5);
    expect(live.points.ddim.length).toBeGreaterThan(0);
  });
});
