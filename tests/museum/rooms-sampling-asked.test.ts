// What the racing hall asks of the engine, and that each answer reaches the lane, the point or the picture that it belongs to.
import { describe, expect, test } from 'vitest';
import { openAbout } from '../../scenes/05-sampling/about';
import { counts, sampling } from '../../scenes/05-sampling/controls';
import { openEqual } from '../../scenes/05-sampling/equal';
import { lanes } from '../../scenes/05-sampling/lanes';
import { live } from '../../scenes/05-sampling/live';
import { openQuality } from '../../scenes/05-sampling/quality';
import { openRace } from '../../scenes/05-sampling/race';
import { racers } from '../../scenes/05-sampling/racers';
import { openRepeats } from '../../scenes/05-sampling/repeats';
import type { Engine, Pixels, SampleRequest } from '../../src/engine';
import { quick, racing, right, until, values } from './racing';

const hall = racing();

/** An engine whose runs are over at once, and what was asked of it. */
function asking(classify: Engine['classify'] = right) {
  const asked: SampleRequest[] = [];
  const run = quick(1);
  const engine: Engine = { ...hall.engine, classify, sample: (request) => (asked.push(request), run(request)) };
  return { asked, engine };
}

describe('the race', () => {
  test('every lane asks for the same digit from the same noise, by its own sampler and levers', async () => {
    const { asked, engine } = asking();
    hall.close = openRace(engine, { watched: 100 });
    sampling.set('digit', '7');
    sampling.set('eta', 0.35);
    lanes.forEach((lane, i) => sampling.set(`${lane}Steps`, 4 + i));
    sampling.press('another');
    sampling.press('start');
    await until('the finish', () => values().rank5 !== null, 10);
    const [warmUp, ...runs] = asked;
    const common = { model: 'digits', seed: warmUp!.seed, prompt: '7', room: 'sampling' };
    expect(runs).toEqual([
      { ...common, sampler: 'ddpm', schedule: 'cosine', steps: 4 },
      { ...common, sampler: 'ddim', schedule: 'cosine', steps: 5, eta: 0.35 },
      { ...common, sampler: 'euler', schedule: 'karras', steps: 6 },
      { ...common, sampler: 'heun', schedule: 'cosine', steps: 7 },
      { ...common, sampler: 'dpmpp2m', schedule: 'cosine', steps: 8 },
    ]);
  });

  test('every lane is read by itself', async () => {
    const verdicts = lanes.map((_, i) => ({ label: String(i), confidence: 0.6 + i / 20, probabilities: [] }));
    const { engine } = asking(() => Promise.resolve(verdicts));
    hall.close = openRace(engine, { watched: 100 });
    sampling.press('start');
    await until('the finish', () => values().rank5 !== null, 10);
    const { rank1, rank2, rank3, rank4, rank5 } = values();
    const read = [rank1, rank2, rank3, rank4, rank5].map((rank) => [rank?.with?.['sampler'], rank?.with?.['label'], rank?.with?.['sure']]);
    expect(new Set(read)).toEqual(new Set(lanes.map((lane, i) => [racers[lane].name, String(i), 60 + 5 * i])));
  });

  test('with another digit or network all stand at the start again, and nobody is placed', async () => {
    const { engine } = asking();
    hall.close = openRace(engine, { watched: 100 });
    for (const [name, value] of [
      ['digit', '8'],
      ['network', 'own'],
    ] as const) {
      sampling.press('start');
      await until('the finish', () => values().raceSays?.key === 'finished', 10);
      sampling.set(name, value);
      expect(lanes.map((lane) => [live.runners[lane].progress, live.runners[lane].image])).toEqual(lanes.map(() => [0, live.noise]));
      expect([values().rank1, values().podiumSays?.key, live.placed]).toEqual([null, 'podiumNone', []]);
    }
    // None was made or loaded: said before anyone starts, and no longer than it matters.
    expect(values().raceSays?.key).toBe('noOwn');
    sampling.set('network', 'museum');
    expect(values().raceSays?.key).toBe('atStart');
    await until('the start', () => values().ddpm?.said.key === 'startPicture', 10);
  });
});

describe('nine repeats', () => {
  test('DDIM runs without fresh noise or with all of it, wherever its lever stands', async () => {
    const { asked, engine } = asking();
    hall.close = openRepeats(engine);
    sampling.set('eta', 0.5);
    for (const again of ['ddim', 'ddimEta']) {
      sampling.set('again', again);
      sampling.press('repeat');
      await until('nine of them', () => values().foretoldNine !== null, 10);
    }
    expect(asked.map(({ eta }) => eta)).toEqual([...Array<number>(9).fill(0), ...Array<number>(9).fill(1)]);
    expect(values().proof?.with).toMatchObject({ sampler: 'DDIM', way: 'DDIM, η = 1' });
  });

  test.each([
    ['ddim', 1, 'proof.same'],
    ['ddimEta', 1, 'proof.oneStep'],
    ['ddpm', 1, 'proof.oneStep'],
    ['ddpm', 2, 'proof.different'],
  ] as const)('%s with %s step(s): %s', { timeout: 60_000 }, async (again, steps, key) => {
    hall.close = openRepeats(hall.engine);
    sampling.set('ddimSteps', steps);
    sampling.set('ddpmSteps', steps);
    sampling.set('again', again);
    sampling.press('repeat');
    await until('nine of them', () => values().foretoldNine !== null);
    expect(values().proof?.key).toBe(key);
  });
});

test('what is said of DDIM follows its lever, as far as it does anything', () => {
  hall.close = openAbout();
  const said = () => values().about;
  expect(said()).toEqual({ key: 'about.ddim' });
  sampling.set('eta', 0.5);
  expect(said()).toEqual({ key: 'about.ddimEta', with: { eta: 0.5 } });
  sampling.set('ddimSteps', 1);
  expect(said()).toEqual({ key: 'about.ddim' });
  sampling.set('sampler', 'euler');
  expect(said()).toEqual({ key: 'about.euler' });
});

test('DDIM and Euler are two runs that differ in their sampler alone', async () => {
  const { asked, engine } = asking();
  hall.close = openEqual(engine);
  sampling.press('compare');
  await until('both', () => values().foretoldEqual !== null, 10);
  const [ddim, euler] = asked;
  expect(asked).toHaveLength(2);
  expect(ddim!.sampler).toBe('ddim');
  expect(ddim!.eta ?? 0).toBe(0);
  expect(euler).toEqual({ ...ddim, sampler: 'euler' });
});

test('a point of the chart counts what the judge reads as asked, of each sampler by itself', async () => {
  // It reads three in ten wrongly.
  const classify = async (images: Pixels) =>
    (await right(images)).map((verdict, i) => (i % 10 < 3 ? { ...verdict, label: String((i + 1) % 10) } : verdict));
  const { asked, engine } = asking(classify);
  hall.close = openQuality(engine);
  sampling.set('measure', true);
  await until('the end', () => !values().measure);
  for (const sampler of ['ddpm', 'ddim'] as const) {
    expect(live.points[sampler].map(({ steps }) => steps)).toEqual([...counts]);
    for (const { made, agreed, apart } of live.points[sampler]) expect([made, agreed, apart.length]).toEqual([100, 70, 90]);
    expect(new Set(asked.filter((one) => one.sampler === sampler).map(({ steps }) => steps))).toEqual(
      new Set(sampler === 'ddim' ? [2, 3, ...counts] : counts),
    );
  }
});
