// The Frechet distance of two sets of features, as training/frechet.py takes it.

export interface Moments {
  readonly mean: Float64Array;
  /** [d, d] */
  readonly covariance: Float64Array;
}

/** Weighted mean and covariance of rows; equal weights give the divisor n - 1. */
export function moments(rows: Float32Array, width: number, weights?: readonly number[]): Moments {
  const count = rows.length / width;
  const weight = weights ?? Array<number>(count).fill(1);
  const total = weight.reduce((sum, value) => sum + value, 0);
  const squares = weight.reduce((sum, value) => sum + value * value, 0);
  const mean = new Float64Array(width);
  for (let row = 0; row < count; row++) for (let at = 0; at < width; at++) mean[at]! += (weight[row]! / total) * rows[row * width + at]!;
  const covariance = new Float64Array(width * width);
  const centred = new Float64Array(width);
  for (let row = 0; row < count; row++) {
    const share = weight[row]! / (total - squares / total);
    for (let at = 0; at < width; at++) centred[at] = rows[row * width + at]! - mean[at]!;
    for (let a = 0; a < width; a++) {
      const scaled = share * centred[a]!;
      for (let b = 0; b < width; b++) covariance[a * width + b]! += scaled * centred[b]!;
    }
  }
  return { mean, covariance };
}

function product(a: ArrayLike<number>, b: ArrayLike<number>, size: number): Float64Array {
  const found = new Float64Array(size * size);
  for (let row = 0; row < size; row++)
    for (let inner = 0; inner < size; inner++) {
      const scale = a[row * size + inner]!;
      for (let column = 0; column < size; column++) found[row * size + column]! += scale * b[inner * size + column]!;
    }
  return found;
}

/** Eigenvalues of a symmetric matrix: Jacobi's rotations until nothing is left beside the diagonal. */
export function eigenvalues(matrix: Float64Array, size: number): number[] {
  const a = matrix.slice();
  const norm = a.reduce((sum, value) => sum + value * value, 0);
  const beside = () => a.reduce((sum, value, at) => (at % (size + 1) ? sum + value * value : sum), 0);
  for (let sweep = 0; sweep < 60 && beside() > 1e-24 * norm; sweep++) {
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, size, p, q);
  }
  return Array.from({ length: size }, (_, at) => a[at * (size + 1)]!);
}

function rotate(a: Float64Array, size: number, p: number, q: number): void {
  const apq = a[p * size + q]!;
  if (apq === 0) return;
  const theta = (a[q * size + q]! - a[p * size + p]!) / (2 * apq);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  for (let at = 0; at < size; at++) {
    const [left, right] = [a[at * size + p]!, a[at * size + q]!];
    a[at * size + p] = cosine * left - sine * right;
    a[at * size + q] = sine * left + cosine * right;
  }
  for (let at = 0; at < size; at++) {
    const [upper, lower] = [a[p * size + at]!, a[q * size + at]!];
    a[p * size + at] = cosine * upper - sine * lower;
    a[q * size + at] = sine * upper + cosine * lower;
  }
}

/** |m - m'|^2 + tr C + tr C' - 2 tr (R C R)^(1/2), where R is the square root of the real covariance C'. */
export function frechet({ mean, covariance }: Moments, realMean: ArrayLike<number>, realRoot: ArrayLike<number>): number {
  const size = mean.length;
  const between = eigenvalues(product(product(realRoot, covariance, size), realRoot, size), size);
  let distance = 0;
  for (let at = 0; at < size; at++)
    distance += (mean[at]! - realMean[at]!) ** 2 + covariance[at * (size + 1)]! - 2 * Math.sqrt(Math.max(0, between[at]!));
  for (let at = 0; at < size * size; at++) distance += realRoot[at]! ** 2;
  return distance;
}
