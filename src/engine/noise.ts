// Seeded noise: counter-based random bits and normals that are equal, bit for bit, on every device.
// Only operations that IEEE 754 rounds in one way are used (+ - * / and sqrt): logarithms of JavaScript engines differ in their last bits.

/** Philox4x32-10 (Salmon et al. 2011): four random words from a counter of four words and a key of two. */
export function philox(
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
): [number, number, number, number] {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const [high0, low0] = [high(0xd2511f53, c0), Math.imul(0xd2511f53, c0)];
    const [high1, low1] = [high(0xcd9e8d57, c2), Math.imul(0xcd9e8d57, c2)];
    [c0, c1, c2, c3] = [high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0];
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  return [c0 >>> 0, c1 >>> 0, c2 >>> 0, c3 >>> 0];
}

/** Upper 32 bits of the product of two words, from products of halves that a double holds exactly. */
function high(a: number, b: number): number {
  const [aHigh, aLow, bHigh, bLow] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const cross = aLow * bHigh + (middle % 0x10000);
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(cross / 0x10000)) | 0;
}

/** -ln p for 0 < p < 1: p is doubled up to [0.7, 1.4), where 2 atanh((p - 1) / (p + 1)) converges fast. */
function minusLogarithm(p: number): number {
  let doublings = 0;
  while (p < Math.SQRT1_2) {
    p *= 2;
    doublings++;
  }
  const s = (p - 1) / (p + 1);
  let sum = 0;
  for (let power = 21; power >= 1; power -= 2) sum = sum * s * s + 1 / power;
  return doublings * Math.LN2 - 2 * s * sum;
}

const polynomial = (coefficients: readonly number[], x: number) => coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);

// Highest power first. Wichura 1988, AS 241 (PPND16); its third region begins at p < 1.4e-11, below the least p here (2^-33).
export const middle = {
  over: [
    2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457, 13731.693765509461125,
    1971.5909503065514427, 133.14166789178437745, 3.387132872796366608,
  ],
  under: [
    5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867, 5394.1960214247511077, 687.1870074920579083,
    42.313330701600911252, 1,
  ],
};
export const tail = {
  over: [
    7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258, 3.64784832476320460504,
    5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734,
  ],
  under: [
    1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459, 0.68976733498510000455,
    1.6763848301838038494, 2.05319162663775882187, 1,
  ],
};

/** The normal number below which a share p of all normal numbers lies. */
export function quantile(p: number): number {
  const q = p - 0.5;
  if (q >= -0.425 && q <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(middle.over, r)) / polynomial(middle.under, r);
  }
  const r = Math.sqrt(minusLogarithm(q < 0 ? p : 1 - p)) - 1.6;
  const size = polynomial(tail.over, r) / polynomial(tail.under, r);
  return q < 0 ? -size : size;
}

/** Fills `found` from `from` (a multiple of 4) to `to` or its end. */
function fill(found: Float32Array, seed: number, stream: number, from = 0, to = found.length): void {
  const key = [seed | 0, stream | 0] as const;
  const end = to < found.length ? to : found.length;
  for (let at = from; at < end; at += 4) {
    const words = philox([at / 4, 0, 0, 0], key);
    for (let word = 0; word < 4 && at + word < end; word++) found[at + word] = quantile((words[word]! + 0.5) / 4294967296);
  }
}

/** `count` unit normals. One seed has 2^32 independent streams; a longer draw begins with the same numbers as a shorter one. */
export function normals(seed: number, stream: number, count: number): Float32Array {
  const found = new Float32Array(count);
  fill(found, seed, stream);
  return found;
}

/** `count` numbers spread evenly over 0 to 1, both excluded. */
export function uniforms(seed: number, stream: number, count: number): Float64Array {
  const found = new Float64Array(count);
  for (let at = 0; at < count; at += 4)
    found.set(philox([at / 4, 0, 0, 1], [seed | 0, stream | 0]).slice(0, count - at).map((word) => (word + 0.5) / 4294967296), at); // prettier-ignore
  return found;
}

/** Numbers drawn between two breaths: some ten milliseconds, on a slow device some hundred. */
const breath = 1 << 16;

/** The same numbers as `normals`; a long draw awaits `breathe` in between. */
export async function drawNormals(seed: number, stream: number, count: number, breathe: () => Promise<void>): Promise<Float32Array> {
  const found = new Float32Array(count);
  for (let from = 0; from < count; from += breath) {
    if (from > 0) await breathe();
    fill(found, seed, stream, from, from + breath);
  }
  return found;
}
