// What a step learns from: which pictures, at which levels, with which noise. Drawn from the seed and the number of the step alone.
import { normals, uniforms } from '../noise';
import type { Schedule } from '../schedules';

/** |log-SNR| that a network ever sees: sigma from e^-5 to e^5. */
export const furthest = 10;

/** n examples, one after the other. */
export interface Examples {
  readonly count: number;
  /** x_t at unit variance, and what the network shall say to it: v = alpha eps - sigma clean. */
  readonly noisy: Float32Array;
  readonly target: Float32Array;
  readonly logSnr: readonly number[];
  readonly labels: readonly number[];
}

export interface Draw {
  readonly seed: number;
  /** 0-based number of the step. */
  readonly step: number;
  readonly batch: number;
  /** Pictures that there are, and numbers in each. */
  readonly count: number;
  readonly size: number;
  readonly schedule: Schedule;
  /** Share of examples whose class is not told, 0 to 1. */
  readonly dropout: number;
}

/** What is drawn for a step before any noise: rows of the data, log-SNRs, and whose class is told. */
export interface Plan {
  readonly rows: readonly number[];
  readonly logSnr: readonly number[];
  readonly isTold: readonly boolean[];
}

/** Times are stratified: one in each of `batch` equal shares of [0, 1], in random order, so that every step sees all levels. */
export function planOf({ seed, step, batch, count, schedule, dropout }: Draw): Plan {
  const drawn = uniforms(seed, step, 4 * batch);
  const [places, within, rows, told] = [0, 1, 2, 3].map((part) => Array.from(drawn.subarray(part * batch, (part + 1) * batch))) as [
    number[],
    number[],
    number[],
    number[],
  ];
  const order = places.map((_, at) => at).sort((a, b) => places[a]! - places[b]! || a - b);
  return {
    rows: rows.map((share) => Math.floor(share * count)),
    logSnr: order.map((stratum, at) => {
      const logSnr = -2 * Math.log(schedule((stratum + within[at]!) / batch));
      return Math.min(furthest, Math.max(-furthest, logSnr));
    }),
    isTold: told.map((share) => share >= dropout),
  };
}

/** `from` to `to` of the step's examples; `clean` holds all data, `labels` the class of each, `nothing` stands for none. */
export function examplesOf(
  { seed, step, batch, size }: Draw,
  { rows, logSnr, isTold }: Plan,
  data: { readonly clean: Float32Array; readonly labels: ArrayLike<number>; readonly nothing: number | undefined },
  noise: Float32Array = normals(seed, step, batch * size),
  from = 0,
  to = batch,
): Examples {
  const count = to - from;
  const [noisy, target] = [new Float32Array(count * size), new Float32Array(count * size)];
  for (let item = 0; item < count; item++) {
    const row = rows[from + item]!;
    // alpha^2 = sigmoid(log-SNR): x = alpha clean + sigma eps.
    const alpha = Math.sqrt(1 / (1 + Math.exp(-logSnr[from + item]!)));
    const sigma = Math.sqrt(1 / (1 + Math.exp(logSnr[from + item]!)));
    for (let at = 0; at < size; at++) {
      const clean = data.clean[row * size + at]!;
      const eps = noise[(from + item) * size + at]!;
      noisy[item * size + at] = alpha * clean + sigma * eps;
      target[item * size + at] = alpha * eps - sigma * clean;
    }
  }
  const labels = rows.slice(from, to).map((row, item) => (isTold[from + item] ? data.labels[row]! : (data.nothing ?? data.labels[row]!)));
  return { count, noisy, target, logSnr: logSnr.slice(from, to), labels };
}
