// The loss as a line that grows: running means of all steps told so far, thinned where they become many.
import type { TrainStep } from '../../src/engine';

export const bandCount = 5;

export interface Point {
  readonly epoch: number;
  /** Running means: over all noise, and by bands from the noisiest to the cleanest; undefined where nothing was seen yet. */
  readonly loss: number;
  readonly bands: readonly (number | undefined)[];
}

/** Points that are kept; twice as many are thinned to these. */
const most = 200;
/** Weight of what was before in a running mean, once there is enough of it. */
const memory = 0.94;

export class History {
  points: Point[] = [];
  private stride = 1;
  private steps = 0;
  private seen: number[] = new Array<number>(bandCount + 1).fill(0);
  /** How many values the means of a point were made of. */
  private readonly counts = new WeakMap<Point, readonly number[]>();
  private means: (number | undefined)[] = new Array<number | undefined>(bandCount + 1).fill(undefined);

  add({ loss, bands }: Pick<TrainStep, 'loss' | 'bands'>, epoch: number): void {
    [loss, ...bands].forEach((value, at) => {
      if (value === undefined) return;
      const count = ++this.seen[at]!;
      const keep = Math.min(memory, (count - 1) / count);
      this.means[at] = value + keep * ((this.means[at] ?? value) - value);
    });
    const point = { epoch, loss: this.means[0]!, bands: this.means.slice(1) };
    this.counts.set(point, [...this.seen]);
    // The last point is always the present one.
    if (this.steps++ % this.stride === 0 || this.points.length === 0) this.points.push(point);
    else this.points[this.points.length - 1] = point;
    if (this.points.length < 2 * most) return;
    // What was at first stays the first; and the last is the present one.
    this.points = this.points.filter((_, at) => at === 0 || at % 2 === 1);
    this.stride *= 2;
  }

  /** A device was lost: what came after this epoch will be learned again, and is in no mean any more. */
  back(epoch: number): void {
    this.points = this.points.filter((point) => point.epoch <= epoch + 1e-6);
    const last = this.latest;
    this.means = last ? [last.loss, ...last.bands] : [];
    this.seen = [...((last && this.counts.get(last)) ?? new Array<number>(bandCount + 1).fill(0))];
    // The point that is left stays: the next is another.
    this.steps = 0;
  }

  get latest(): Point | undefined {
    return this.points.at(-1);
  }

  /** The running mean as it stood at an epoch. */
  at(epoch: number): Point | undefined {
    return this.points.findLast((point) => point.epoch <= epoch + 1e-6) ?? this.points[0];
  }
}

/** A line for a chart: shares of `highest` at equal steps from 0 to the last epoch, and the share of the axis to which it has grown. */
export function lineOf(
  points: readonly Point[],
  value: (point: Point) => number | undefined,
  { highest, last }: { readonly highest: number; readonly last: number },
): { shares: number[]; until: number } {
  const known = points.filter((point) => value(point) !== undefined);
  const end = known.at(-1)?.epoch ?? 0;
  const count = Math.min(known.length, 160);
  let at = 0;
  const shares = Array.from({ length: count }, (_, i) => {
    const epoch = count < 2 ? end : known[0]!.epoch + ((end - known[0]!.epoch) * i) / (count - 1);
    while (at + 1 < known.length && known[at + 1]!.epoch <= epoch + 1e-9) at++;
    return Math.min(1, value(known[at]!)! / highest);
  });
  return { shares, until: Math.min(1, end / last) };
}
