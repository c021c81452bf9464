// The lines of the loss as a small picture, for where there are no boards; what is drawn is said in numbers as well.
import type { Shown } from '../../src/controls';
import { about, epochsOf } from './amounts';
import { bandCount, lineOf, type Point } from './history';

/** As large as a picture in words is shown, so that no pixel of a line is lost. */
const [width, height] = [176, 132];
/** As on the boards: where nothing was learned the loss is about 1. */
const highest = 1.2;

interface Stroke {
  readonly value: (point: Point) => number | undefined;
  readonly thick: number;
  /** Pixels drawn, and pixels left out. */
  readonly dash: readonly [drawn: number, left: number];
}
const strokes: readonly Stroke[] = [
  { value: ({ loss }) => loss, thick: 3, dash: [1, 0] },
  { value: ({ bands }) => bands[0], thick: 2, dash: [2, 4] },
  { value: ({ bands }) => bands[bandCount - 1], thick: 2, dash: [9, 5] },
];

function trace(values: Float32Array, shares: readonly number[], until: number, { thick, dash: [drawn, left] }: Stroke): void {
  const end = Math.round(until * (width - 1));
  let before: number | undefined;
  for (let x = 0; x <= end && shares.length > 0; x++) {
    const share = shares[Math.round((x / Math.max(1, end)) * (shares.length - 1))]!;
    const y = Math.round((1 - share) * (height - thick));
    const [from, to] = [Math.min(y, before ?? y), Math.max(y, before ?? y) + thick];
    if (x % (drawn + left) < drawn) for (let row = from; row < to; row++) values[row * width + x] = 1;
    before = y;
  }
}

/** The line of all noise and those of the outer bands, and both bands in numbers: early, in the middle of the way, and now. */
export function plotOf(points: readonly Point[], goal: number, isRecording: boolean): Shown | null {
  const known = points.filter(({ bands }) => bands[0] !== undefined && bands[bandCount - 1] !== undefined);
  const last = known.at(-1);
  if (!last || known.length < 3) return null;
  const values = new Float32Array(width * height).fill(-1);
  for (let x = 0; x < width; x++) values[(height - 1) * width + x] = 0;
  for (const stroke of strokes) {
    const { shares, until } = lineOf(points, stroke.value, { highest, last: goal });
    trace(values, shares, until, stroke);
  }
  const told = [known[0]!, known.findLast(({ epoch }) => epoch <= last.epoch / 2) ?? known[0]!, last];
  const fill = Object.fromEntries(
    told.flatMap(({ epoch, bands }, at) => [
      [`epoch${at}`, epochsOf(epoch)],
      [`noisiest${at}`, about(bands[0]!)],
      [`cleanest${at}`, about(bands[bandCount - 1]!)],
    ]),
  );
  return {
    values,
    width,
    height,
    said: { key: isRecording ? 'plotRecorded' : 'plot', with: { ...fill, goal: Math.round(goal), highest } },
  };
}
