// How far numbers are from what they should be.

/** Largest difference relative to the largest expected value, or as it is where a network that knows nothing yet says 0; infinite where anything is no number, or there are more or fewer. */
export function apart(found: Float32Array, expected: Float32Array): number {
  if (found.length !== expected.length) return Infinity;
  let [difference, largest] = [0, 0];
  for (let at = 0; at < expected.length; at++) {
    if (!Number.isFinite(found[at])) return Infinity;
    difference = Math.max(difference, Math.abs(found[at]! - expected[at]!));
    largest = Math.max(largest, Math.abs(expected[at]!));
  }
  return difference / (largest || 1);
}
