// The closed form x_t = sqrt(abar) x_0 + sqrt(1 - abar) eps, and how far two pictures are apart.

/** x_t at DDPM's scaling, from a clean picture and its noise. */
export function mixed(clean: Float32Array, noise: Float32Array, abar: number): Float32Array {
  const [signal, rest] = [Math.sqrt(abar), Math.sqrt(1 - abar)];
  return clean.map((value, i) => signal * value + rest * noise[i]!);
}

/** Mean difference of two pictures in [-1, 1] as a share of the whole range: 0 is the same, 1 is black against white. */
export function apart(one: Float32Array, two: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += Math.abs(one[i]! - two[i]!);
  return sum / (2 * one.length);
}

/** How much of `clean` is in `noisy`: the factor that fits best. */
export function signalIn(noisy: Float32Array, clean: Float32Array): number {
  let [dot, norm] = [0, 0];
  for (let i = 0; i < clean.length; i++) {
    dot += noisy[i]! * clean[i]!;
    norm += clean[i]! * clean[i]!;
  }
  return norm === 0 ? 0 : dot / norm;
}

/** Standard deviation of what is left of `noisy` after `signal` times `clean` is taken away. */
export function noiseIn(noisy: Float32Array, clean: Float32Array, signal: number): number {
  let sum = 0;
  for (let i = 0; i < clean.length; i++) sum += (noisy[i]! - signal * clean[i]!) ** 2;
  return Math.sqrt(sum / clean.length);
}

/** For words: rounded to so many decimals. */
export const rounded = (value: number, decimals: number) => Number(value.toFixed(decimals));
export const percent = (share: number, decimals = 0) => rounded(100 * share, decimals);
