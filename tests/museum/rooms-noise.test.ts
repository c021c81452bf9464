// The lever's journey, the drawing pad and the figures of the hall of noise, against what is known exactly.
import { describe, expect, test } from 'vitest';
import { latentAbarEnd, summed } from '../../scenes/02-noise/beliefs/pure';
import { between } from '../../scenes/02-noise/beliefs/lookup';
import { walked } from '../../scenes/02-noise/beliefs/stepwise';
import { abarOf, levelOf, scheduleOf, timeAt } from '../../src/engine';
import { apart, mixed, noiseIn, signalIn } from '../../scenes/02-noise/closed';
import { foretold, outcomeOf } from '../../scenes/02-noise/compare';
import { centred, side } from '../../scenes/02-noise/drawn';
import { atRest, cameBack, frameAt, moved, turned } from '../../scenes/02-noise/journey';
import { abarAt, evenAt, graphOf, isUsable } from '../../scenes/02-noise/schedule';
import { normals } from '../../src/engine/noise';

const pulledTo = (...places: number[]) => places.reduce(moved, atRest);

describe('the journey of the lever', () => {
  test('out by the closed form: the furthest place is remembered', () => {
    expect(pulledTo(0.2, 0.5)).toMatchObject({ t: 0.5, furthest: 0.5, way: 'forward', trip: 0 });
  });
  test('a trembling hand does not turn round', () => {
    expect(pulledTo(0.5, 0.495)).toMatchObject({ way: 'forward', trip: 0, furthest: 0.5 });
  });
  test('coming back starts one run of the model, and scrubbing starts no other', () => {
    expect(pulledTo(0.5, 0.4, 0.2, 0.45, 0.1)).toMatchObject({ t: 0.1, way: 'back', trip: 1, furthest: 0.5 });
  });
  test('beyond the turning point it goes forward again', () => {
    expect(pulledTo(0.5, 0.2, 0.7)).toMatchObject({ t: 0.7, way: 'forward', furthest: 0.7 });
  });
  test('who leaves 0 again sets out anew', () => {
    expect(pulledTo(0.5, 0, 0.1)).toMatchObject({ t: 0.1, way: 'forward', furthest: 0.1 });
    expect(pulledTo(0.5, 0, 0.1, 0.02)).toMatchObject({ way: 'back', trip: 2, furthest: 0.1 });
  });
  test('with next to no noise there is nothing to bring back', () => {
    expect(pulledTo(0.02, 0)).toMatchObject({ t: 0, way: 'forward', trip: 0 });
    expect(turned(pulledTo(0.02)).way).toBe('forward');
    expect(turned(pulledTo(0.2))).toMatchObject({ way: 'back', trip: 1 });
  });
  test('a lever that comes back by itself never overtakes the model, and reaches 0', () => {
    expect(cameBack(0.5, 0.1, 0.49)).toBeCloseTo(0.49);
    expect(cameBack(0.5, 0.1, 0)).toBeLessThan(0.5);
    expect(cameBack(0.001, 1, 0)).toBe(0);
  });
  test('the frame shown is the nearest recorded one, or the last where the run has not come that far', () => {
    const frames = [{ t: 0.8 }, { t: 0.6 }, { t: 0.4 }];
    expect(frameAt(frames, 0.65)?.t).toBe(0.6);
    expect(frameAt(frames, 0.1)?.t).toBe(0.4);
    expect(frameAt([], 0.1)).toBeUndefined();
  });
});

describe('a drawing', () => {
  const pad = (draw: (row: number, column: number) => boolean) =>
    Float32Array.from({ length: 28 * 28 }, (_, i) => (draw(Math.floor(i / 28), i % 28) ? 1 : 0));
  const centreOf = (image: Float32Array) => {
    const ink = image.map((value) => (value + 1) / 2);
    const mass = ink.reduce((sum, share) => sum + share, 0);
    return [0, 1].map((axis) => ink.reduce((sum, share, i) => sum + share * (axis ? i % side : Math.floor(i / side)), 0) / mass);
  };
  test('is centred by mass wherever it was drawn, at the size of the digits the model knows', () => {
    const image = centred(
      pad((row, column) => row < 10 && column < 3),
      28,
    );
    expect(image).toHaveLength(side * side);
    for (const place of centreOf(image!)) expect(place).toBeCloseTo(15.5, 0);
    const rows = Array.from({ length: side }, (_, row) => image!.subarray(row * side, (row + 1) * side).some((value) => value > 0));
    expect(rows.filter(Boolean).length).toBeGreaterThanOrEqual(18);
    expect(rows.filter(Boolean).length).toBeLessThanOrEqual(21);
  });
  test('keeps to [-1, 1], on paper at -1', () => {
    const image = centred(
      pad((row, column) => Math.abs(row - column) < 2),
      28,
    )!;
    expect(Math.min(...image)).toBe(-1);
    expect(Math.max(...image)).toBeLessThanOrEqual(1);
    expect(Math.max(...image)).toBeGreaterThan(0.9);
    expect(image[0]).toBe(-1);
  });
  test('that is empty, or only a dot, is none', () => {
    expect(centred(null, 28)).toBeUndefined();
    expect(centred(new Float32Array(28 * 28), 28)).toBeUndefined();
    expect(
      centred(
        pad((row, column) => row === 5 && column === 5),
        28,
      ),
    ).toBeUndefined();
  });
});

describe('the figures', () => {
  test('half-way in time is not half-way in noise; the end is almost, not exactly, noise', () => {
    expect(abarAt('linear', 0.5)).toBeCloseTo(0.079, 3);
    expect(abarAt('cosine', 0.5)).toBeCloseTo(0.494, 3);
    expect(Math.sqrt(abarAt('linear', 1))).toBeCloseTo(0.0064, 4);
    expect(Math.sqrt(latentAbarEnd())).toBeCloseTo(0.068, 3);
  });
  test('the lever and the level find each other', () => {
    for (const name of ['linear', 'cosine', 'sigmoid'] as const)
      for (const t of [0.1, 0.5, 0.9]) expect(timeAt(scheduleOf(name), scheduleOf(name)(t))).toBeCloseTo(t, 4);
    expect(abarOf(levelOf(0.3))).toBeCloseTo(0.3, 12);
  });
  test('where picture and noise are equally loud', () => {
    const even = evenAt(graphOf('cosine', 1001))!;
    expect(abarAt('cosine', even)).toBeCloseTo(0.5, 4);
    expect(evenAt([0.9, 0.8])).toBeUndefined();
  });
  test('a curve that never falls is refused, a falling one is not', () => {
    expect(isUsable(Array.from({ length: 15 }, () => 0.5))).toBe(false);
    expect(isUsable([0.9, 0.5, 0.1])).toBe(true);
  });
});

describe('the arithmetic of the experiments', () => {
  const clean = Float32Array.from({ length: 1024 }, (_, i) => (i % 7 < 2 ? 1 : -1));
  test('the closed form holds signal and noise in their shares', () => {
    const noisy = mixed(clean, normals(3, 0, 1024), 0.25);
    expect(signalIn(noisy, clean)).toBeCloseTo(0.5, 1);
    expect(noiseIn(noisy, clean, 0.5)).toBeCloseTo(Math.sqrt(0.75), 1);
    expect(mixed(clean, normals(3, 0, 1024), 1)).toEqual(clean);
  });
  test('five hundred small steps end where one jump does', () => {
    const slow = walked(clean, normals(4, 0, 500 * 1024), 500);
    expect(slow.abar).toBeCloseTo(abarAt('linear', 0.5), 6);
    expect(signalIn(slow.noisy, clean)).toBeCloseTo(Math.sqrt(slow.abar), 1);
    expect(noiseIn(slow.noisy, clean, Math.sqrt(slow.abar))).toBeCloseTo(Math.sqrt(1 - slow.abar), 1);
  });
  test('the mean of many keeps the signal and loses the noise', () => {
    const mean = summed(clean, normals(5, 0, 256 * 1024), 0.01).map((value) => value / 256);
    expect(signalIn(mean, clean)).toBeCloseTo(0.1, 1);
    expect(noiseIn(mean, clean, 0.1)).toBeLessThan(0.1);
  });
  test('between two noises the loudness stays', () => {
    const mean = between(normals(1, 0, 4096), normals(2, 0, 4096), 0.4);
    expect(Math.sqrt(mean.reduce((sum, value) => sum + value * value, 0) / 4096)).toBeCloseTo(1, 1);
    expect(between(clean, normals(2, 0, 1024), 0)).toEqual(clean);
  });
  test('distance of pictures: none to itself, whole to its negative', () => {
    expect(apart(clean, clean)).toBe(0);
    expect(
      apart(
        clean,
        clean.map((value) => -value),
      ),
    ).toBe(1);
  });
});

describe('what came back', () => {
  const verdict = (label: string, confidence = 0.99) => ({ label, confidence, probabilities: [] });
  test('is told by distance and by the judge', () => {
    expect(outcomeOf(0.01, verdict('3'), verdict('3'))).toBe('same');
    expect(outcomeOf(0.2, verdict('3'), verdict('3'))).toBe('relative');
    expect(outcomeOf(0.01, verdict('3'), verdict('5'))).toBe('other');
    expect(outcomeOf(0.2, verdict('3'), verdict('5', 0.3))).toBe('unclear');
    expect(outcomeOf(0.2, undefined, undefined)).toBe('unjudged');
  });
  test('is held against what the visitor expected', () => {
    expect(foretold('same', 'same')).toBe(true);
    expect(foretold('same', 'other')).toBe(false);
    expect(foretold('other', 'other')).toBe(true);
    expect(foretold('noise', 'unclear')).toBe(true);
    expect(foretold('', 'same')).toBeUndefined();
  });
});
