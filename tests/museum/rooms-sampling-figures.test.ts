// The figures of the racing hall: its clock, its podium, and the chart of quality against time.
import { describe, expect, test } from 'vitest';
import { advanced, isOver, progress, slowness, type Run } from '../../scenes/05-sampling/clock';
import { counts } from '../../scenes/05-sampling/controls';
import { lanes } from '../../scenes/05-sampling/lanes';
import { marksOf } from '../../scenes/05-sampling/plot';
import { bestOf, foretoldBest, foretoldFirst, ranked, rankSaid, type Result } from '../../scenes/05-sampling/podium';
import { enough, kindsOf, planOf, pointsSaid, variety, withBatch, type Point } from '../../scenes/05-sampling/points';
import { evaluationsOf } from '../../scenes/05-sampling/samplers';

describe('quality against time', () => {
  const point = (steps: number, agreed: number, made = 10, seconds = 0.1, apart: number[] = []): Point => ({
    steps,
    made,
    agreed,
    seconds,
    apart,
  });
  test('fewer pictures on a slow device, and how long it takes', () => {
    expect(planOf(0.2)).toEqual({ pictures: 100, seconds: 8 });
    expect(planOf(6)).toEqual({ pictures: 30, seconds: 69 });
    expect(planOf(90)).toEqual({ pictures: 2, seconds: 69 });
  });
  test('batches add up', () => {
    const both = withBatch(withBatch([], point(5, 9, 10, 0.1)), point(5, 5, 5, 0.4, [0.25]));
    expect(both).toEqual([{ steps: 5, made: 15, agreed: 14, seconds: (0.1 * 10 + 0.4 * 5) / 15, apart: [0.25] }]);
    expect(pointsSaid(both)?.with).toMatchObject({ agreed5: 14, made5: 15, seconds5: 0.2, agreed10: '–' });
    expect(pointsSaid([])).toBeNull();
  });
  test('the axis holds all points, between round marks', () => {
    expect(marksOf([0.03, 0.4])).toEqual([0.02, 0.05, 0.1, 0.2, 0.5]);
    expect(marksOf([0.1])).toEqual([0.05, 0.1, 0.2]);
    expect(marksOf([0.0004, 90])).toHaveLength(18);
  });
  test('enough is where the judge agrees as often as at the most', () => {
    expect(enough(counts.map((steps, i) => point(steps, [2, 5, 8, 10, 16, 20, 20, 20][i]!, 20)))).toBe(20);
    expect(enough(counts.map((steps) => point(steps, 19, 20)))).toBe(1);
    expect(enough([point(5, 19, 20)])).toBeUndefined();
  });
  test('how far pictures of one digit are apart is told of the fewest steps and of the most', () => {
    const points = [point(1, 20, 20, 0.1, [0.005, 0.007]), point(5, 20, 20, 0.5, [0.5]), point(100, 20, 20, 9, [0.1])];
    expect(variety(points)).toEqual({ fewest: 0.6, most: 10 });
    expect(variety([point(1, 2, 2)])).toEqual({ fewest: '–', most: '–' });
  });
  test('where pictures are few there are still two of one digit', () => {
    expect([2, 7, 10, 20, 100].map(kindsOf)).toEqual([1, 4, 5, 10, 10]);
  });
  test('a handful of pictures is too few to tell', () => {
    expect(enough(counts.map((steps) => point(steps, 2, 2)))).toBeUndefined();
    expect(enough(counts.map((steps) => point(steps, 19, 19)))).toBeUndefined();
  });
});

describe('the clock', () => {
  const image = new Float32Array(1);
  const run = (steps: number, times: readonly number[]): Run => ({
    steps,
    frames: times.map((at, i) => ({ at, done: i + 1, image })),
    isDone: times.length === steps,
  });
  test('a lane stands where its own computing has come to', () => {
    const lane = run(4, [10, 20, 30]);
    expect([0, 10, 25, 99].map((at) => progress(lane, at))).toEqual([0, 0.25, 0.5, 0.75]);
  });
  test('never runs ahead of a lane that still computes, and waits for nobody who is in', () => {
    const runs = [run(3, [10, 20, 30]), run(4, [10, 25])];
    expect(advanced(20, 1000, 1, runs)).toBe(25);
    expect(advanced(20, 4, 2, runs)).toBe(22);
    expect(isOver(40, runs)).toBe(false);
    expect(isOver(29, [runs[0]!])).toBe(false);
    expect(isOver(30, [runs[0]!])).toBe(true);
  });
  test('quick devices are shown slowly, slow ones as they are', () => {
    expect(slowness(100, 14_000)).toBe(140);
    expect(slowness(20_000, 14_000)).toBe(1);
  });
});

describe('the podium', () => {
  const verdict = (label: string, confidence: number) => ({
    label,
    confidence,
    probabilities: Array.from({ length: 10 }, (_, i) => (String(i) === label ? confidence : (1 - confidence) / 9)),
  });
  const result = (lane: Result['lane'], milliseconds: number, evaluations: number, label = '5', confidence = 0.9): Result => ({
    lane,
    milliseconds,
    steps: 5,
    evaluations,
    image: new Float32Array(1),
    verdict: verdict(label, confidence),
  });
  const results = [
    result('ddpm', 90, 50, '5', 0.99),
    result('ddim', 21, 10),
    result('euler', 20, 10, '3', 0.999),
    result('heun', 40, 19, '5', 0.3),
  ];
  test('goes by time; the best is the surest reading of the digit that was asked for', () => {
    expect(ranked(results).map(({ lane }) => lane)).toEqual(['euler', 'ddim', 'heun', 'ddpm']);
    expect(bestOf(results, '5')?.lane).toBe('ddpm');
    expect(bestOf(results, '7')).toBeUndefined();
  });
  test('says what the judge reads', () => {
    expect(results.map((one, i) => rankSaid(one, i + 1, '5').key)).toEqual(['rank.right', 'rank.right', 'rank.wrong', 'rank.unclear']);
    expect(rankSaid({ ...results[0]!, verdict: undefined }, 1, '5').key).toBe('rank.unjudged');
  });
  test('answers the visitor’s guesses', () => {
    expect(['', 'euler', 'ddim', 'ddpm'].map((picked) => foretoldFirst(picked, results).key)).toEqual([
      'first.none',
      'first.right',
      'first.close',
      'first.wrong',
    ]);
    // As many looks, or fewer, in a much longer time, is no matter of chance, and none of looks.
    const slow = [result('euler', 233, 10), result('ddim', 534, 10), result('dpmpp2m', 240, 9), result('heun', 240, 11)];
    expect(['ddim', 'dpmpp2m', 'heun'].map((picked) => foretoldFirst(picked, slow).key)).toEqual([
      'first.slower',
      'first.slower',
      'first.wrong',
    ]);
    expect(foretoldFirst('ddim', slow).with).toMatchObject({ milliseconds: 233, yours: 534 });
    expect(['', 'ddpm', 'ddim'].map((picked) => foretoldBest(picked, results, '5').key)).toEqual(['best.none', 'best.right', 'best.wrong']);
    expect(foretoldBest('ddim', results, '7').key).toBe('best.nobody');
  });
  test('Heun looks twice a step but in the last', () => {
    expect(lanes.map((lane) => evaluationsOf(lane, 8))).toEqual([8, 8, 8, 15, 8]);
  });
});
