// No readout claims more than is so: a bare 0, 1 or 100 stands only where it is exact, at every place of the lever and on every schedule.
import { afterEach, describe, expect, test } from 'vitest';
import { dreamEnd } from '../../scenes/01-welcome/expectation';
import { saidOf } from '../../scenes/02-noise/chart';
import { noise } from '../../scenes/02-noise/controls';
import { heardAt } from '../../scenes/02-noise/listen';
import { abarAt, schedulePicked } from '../../scenes/02-noise/schedule';
import { saidForward, sharesAt } from '../../scenes/02-noise/show';
import type { ScheduleChoice } from '../../src/engine';
import { bounded, say, type Fill } from '../../src/text';
import { boundIn, factorOf, percentOf } from '../../src/text/amounts';
import { read } from '../sources';

type Tree = { [key: string]: string | Tree };
const load = (path: string) => JSON.parse(read(path)) as Tree;
const curves = {
  steep: [1, 0.5, 0],
  shallow: [1, 0.999, 0.98],
  late: Array.from({ length: 15 }, (_, i) => (i < 14 ? 0.999 : 0.001)),
};
const schedules: [string, ScheduleChoice][] = [
  ...(['linear', 'cosine', 'sigmoid'] as const).map((name): [string, ScheduleChoice] => [name, name]),
  ...Object.entries(curves).map(([name, drawn]): [string, ScheduleChoice] => [`drawn ${name}`, { drawn }]),
];
const places = Array.from({ length: 201 }, (_, i) => i / 200);

/** Every sentence of both languages and all levels that stands for this key. */
function sentences(key: string, fill: Fill): string[] {
  return (['en', 'de'] as const).flatMap((language) => {
    const [room, museum] = [load(`scenes/02-noise/text/${language}.json`), load(`src/text/${language}.json`)];
    return (['child', 'adult', 'expert'] as const).map((level) =>
      say(room, `said.${key}`, level, bounded(museum as never, fill, language), language),
    );
  });
}
/** Numbers that claim to be nothing, all or one. */
const absolute = /(?<![\d.,−-])(0|100)(?![\d.,]) (%|Prozent|percent|of 100|von 100)/;

describe('amounts', () => {
  test('are bounds near their ends, and exact only where they are exact', () => {
    expect([0, 1e-9, 0.0005, 0.0123, 0.5, 0.949, 0.9994, 1 - 1e-9, 1].map(percentOf)).toEqual([
      0, '<0.1', '<0.1', 1.2, 50, 94.9, '>99.9', '>99.9', 100,
    ]); // prettier-ignore
    expect([0, 1e-8, 4.9e-5, 0.0064, 0.98765, 0.99999, 1].map(factorOf)).toEqual([0, '<0.000001', 4.9e-5, 0.0064, 0.988, '>0.999', 1]);
    for (const share of places.slice(1, -1)) expect([0, 100]).not.toContain(percentOf(share));
  });
  test('are said in words', () => {
    expect(boundIn('>99.9')).toEqual({ side: 'over', value: 99.9 });
    expect(boundIn('7')).toBeUndefined();
    const museum = load('src/text/de.json');
    expect(say({ x: '{n} %' } as never, 'x', 'adult', bounded(museum as never, { n: '>99.9' }, 'de'), 'de')).toBe('mehr als 99,9 %');
  });
});

describe.each(schedules)('on the schedule %s', (_, schedule) => {
  test.each(places)('nothing at the lever claims too much at %f', (t) => {
    const abar = abarAt(schedule, t);
    const { signal, noise: loud, percent } = sharesAt(abar);
    if (abar < 1) {
      expect(percent).not.toBe(0);
      expect([0, 1]).not.toContain(signal);
      expect([0, 1]).not.toContain(loud);
    }
    if (abar > 0) expect(percent).not.toBe(100);
    const said = saidForward(t, abar);
    expect(said.key === 'ready').toBe(abar === 1);
    if (said.key === 'farOut') expect(abar).toBeLessThan(0.01);
    if (t !== 0 && t !== 1) return;
    const heard = heardAt(abar);
    const told = [
      ...sentences(said.key, said.with),
      ...sentences('noisyPicture', said.with),
      ...sentences('guessPicture', said.with),
      ...sentences('back', { ...said.with, from: 50 }),
      ...sentences(heard.key, heard.with),
    ];
    for (const text of told) {
      expect(text).not.toMatch(/[{}]|NaN|Infinity|∞/);
      if (abar < 1) expect(text).not.toMatch(absolute);
    }
  });
  test('nothing on the wall of schedules does', () => {
    const { graph, half, end } = saidOf(schedule);
    for (const { key, with: fill } of [graph, half, end])
      for (const text of sentences(key, fill)) {
        expect(text).not.toMatch(/[{}]|NaN|Infinity|∞/);
        expect(text).not.toMatch(absolute);
      }
    expect(end.with.picked).not.toBe(0);
  });
});

describe('what else is said', () => {
  afterEach(() => noise.reset());
  test('a judge is never wholly sure', () => {
    expect(dreamEnd({ label: '3', confidence: 0.99999, probabilities: [] }, 1).with?.['sure']).toBe('>99.9');
  });
  test('a curve that is none leaves the cosine in force, and says so', () => {
    noise.set('schedule', 'drawn');
    noise.set('curve', [0.5, 0.5, 0.5]);
    const { graph } = saidOf(schedulePicked(), true);
    expect(graph.key).toBe('curveFlat');
    for (const text of sentences(graph.key, graph.with)) expect(text).not.toMatch(/[{}]/);
  });
});

test('words for adults use none of the formulas', () => {
  const formula = /x_t|x_T|x̂|x_0|ᾱ|ε|σ|-fold|-fach|[Dd]ecibel|[Dd]ezibel|\bdB\b/;
  const found: string[] = [];
  const walk = (tree: Tree, at: string) => {
    for (const [key, below] of Object.entries(tree)) {
      if (key === 'expert') continue;
      if (typeof below === 'object') walk(below, `${at}.${key}`);
      else if (formula.test(below)) found.push(`${at}.${key}: ${below}`);
    }
  };
  for (const room of ['01-welcome', '02-noise'])
    for (const language of ['en', 'de']) walk(load(`scenes/${room}/text/${language}.json`), room);
  expect(found).toEqual([]);
});
