// The points of the chart of quality, and what can be read from them.
import type { Said } from '../../src/controls';
import { percentOf } from '../../src/text/amounts';
import { counts } from './controls';

/** What was measured of one sampler at one number of steps. */
export interface Point {
  readonly steps: number;
  /** Pictures made, and how many of them the judge read as the digit that was asked for. */
  readonly made: number;
  readonly agreed: number;
  /** Of own computing for a picture. */
  readonly seconds: number;
  /** How far pictures of one digit are apart, as shares of the whole range: each from the first of its digit. */
  readonly apart: readonly number[];
}

/** Milliseconds that the whole measurement may take. */
const within = 75_000;
const least = 2;
export const most = 100;
/** Pictures in one job at most. */
export const batch = 10;

/** Digits that are asked for in turn: where pictures are few, fewer, so that there are two of one to compare. */
export const kindsOf = (pictures: number): number => Math.min(10, Math.ceil(pictures / 2));

/** Evaluations that one picture of each point costs, for both samplers. */
const each = 2 * counts.reduce((sum, steps) => sum + steps, 0);

/** Pictures a point, and the seconds that all will take, from the milliseconds of one evaluation for one picture. */
export function planOf(milliseconds: number): { pictures: number; seconds: number } {
  const fits = Math.floor(within / (each * Math.max(0.01, milliseconds)));
  const pictures = Math.min(most, Math.max(least, fits > batch ? Math.floor(fits / batch) * batch : fits));
  return { pictures, seconds: Math.max(1, Math.round((pictures * each * milliseconds) / 1000)) };
}

export const share = ({ agreed, made }: Point): number => (made ? agreed / made : 0);

/** Adds a batch to a list of points. */
export function withBatch(points: readonly Point[], more: Point): readonly Point[] {
  const { steps, made, agreed, seconds } = more;
  const known = points.find((point) => point.steps === steps);
  if (!known) return [...points, more];
  const sum = known.made + made;
  const both: Point = {
    steps,
    made: sum,
    agreed: known.agreed + agreed,
    seconds: (known.seconds * known.made + seconds * made) / sum,
    apart: [...known.apart, ...more.apart],
  };
  return points.map((point) => (point === known ? both : point));
}

/** The judge's readings differ by this much by chance alone. */
const chance = 0.05;

/** With fewer pictures a point a single reading is more than `chance`, and nothing can be told. */
export const telling = 1 / chance;

/**
 * The fewest steps at which the judge agrees as often as at the most that were measured, within `chance`; undefined with one point,
 * or with fewer than `telling` pictures in any.
 */
export function enough(points: readonly Point[]): number | undefined {
  const last = points.at(-1);
  if (!last || points.length < 2 || points.some(({ made }) => made < telling)) return undefined;
  return points.find((point) => share(point) >= share(last) - chance)?.steps;
}

/** How much two pictures of one digit differ with the fewest steps and with the most, for a sentence: what the judge does not see. */
export function variety(points: readonly Point[]) {
  const mean = ({ apart }: Point) => apart.reduce((sum, one) => sum + one, 0) / apart.length;
  const [fewest, most] = [points[0], points.at(-1)].map((point) => (point?.apart.length ? percentOf(mean(point)) : '–'));
  return { fewest: fewest!, most: most! };
}

/** All points of a sampler in a sentence; what is not yet measured is a dash. */
export function pointsSaid(points: readonly Point[]): Said | null {
  if (!points.length) return null;
  const fill: Record<string, string | number> = {};
  for (const steps of counts) {
    const point = points.find((one) => one.steps === steps);
    fill[`agreed${steps}`] = point?.agreed ?? '–';
    fill[`made${steps}`] = point?.made ?? '–';
    fill[`seconds${steps}`] = point ? Number(point.seconds.toPrecision(2)) : '–';
  }
  return { key: 'points', with: fill };
}
