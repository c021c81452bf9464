// Shapes for the cloud that learns in seconds: points on curves and bodies, computed, of mean 0 and unit variance.
import type { TrainingData } from '../../src/engine';
import type { Shape } from './names';

type Point = readonly [x: number, y: number, z: number];
/** A place on the shape for three shares from 0 to 1. */
const places: Record<Shape, (a: number, b: number, c: number) => Point> = {
  /** The well-known heart curve of sines and cosines, filled towards its middle, with a little depth. */
  heart(a, b, c) {
    const t = 2 * Math.PI * a;
    const out = 0.55 + 0.45 * Math.sqrt(b);
    const x = 16 * Math.sin(t) ** 3;
    const y = 13 * Math.cos(t) - 5 * Math.cos(2 * t) - 2 * Math.cos(3 * t) - Math.cos(4 * t);
    return [x * out, y * out, (c - 0.5) * 9];
  },
  /** A trefoil, as a tube. */
  knot(a, b, c) {
    const t = 2 * Math.PI * a;
    const [round, out] = [2 * Math.PI * b, 0.32 * Math.sqrt(c)];
    const r = 2 + Math.cos(3 * t) + out * Math.cos(round);
    return [r * Math.cos(2 * t), r * Math.sin(2 * t), Math.sin(3 * t) * 1.1 + out * Math.sin(round)];
  },
  /** A galaxy of two arms. */
  spiral(a, b, c) {
    const arm = a < 0.5 ? 0 : Math.PI;
    const along = (2 * a) % 1;
    const angle = arm + 4.2 * along;
    const out = 0.35 + 2.2 * along;
    const loose = 0.3 * (1 - 0.5 * along);
    return [out * Math.cos(angle) + loose * (b - 0.5), out * Math.sin(angle) + loose * (c - 0.5), 0.35 * (b + c - 1)];
  },
};

/** Evenly spread numbers from 0 to 1 in three directions (Roberts's R3 sequence): the same points in every visit. */
const golden = 1.2207440846;
const share = (at: number, axis: number) => (0.5 + at / golden ** (axis + 1)) % 1;

/** `count` points [count, 3] of a shape. */
export function pointsOf(shape: Shape, count: number): Float32Array {
  const points = Array.from({ length: count }, (_, at) => places[shape](share(at, 0), share(at, 1), share(at, 2)));
  const mean = [0, 1, 2].map((axis) => points.reduce((sum, point) => sum + point[axis]!, 0) / count);
  const square = points.reduce((sum, point) => sum + point.reduce((part, value, axis) => part + (value - mean[axis]!) ** 2, 0), 0);
  const scale = 1 / Math.sqrt(square / (3 * count));
  return Float32Array.from(points.flatMap((point) => point.map((value, axis) => (value - mean[axis]!) * scale)));
}

export const cloudData = (shape: Shape, count: number): TrainingData => ({
  images: { values: pointsOf(shape, count), shape: [count, 3] },
  labels: Array<string>(count).fill(shape),
});
