// Where the points of the cloud are at the lever's place: by the closed form on the way out, by the recorded run on the way back.
import { live } from './live';

/** Writes x, y, z of each point to `into` (as long as `live.cloud.clean`); false while there is no cloud. */
export function cloudAt(into: Float32Array): boolean {
  const { clean, noise } = live.cloud;
  if (clean.length === 0 || into.length < clean.length) return false;
  if (live.way === 'back' && live.cloudBack.length > 1) between(into, live.t);
  else {
    const [signal, rest] = [Math.sqrt(live.abar), Math.sqrt(1 - live.abar)];
    for (let i = 0; i < clean.length; i++) into[i] = signal * clean[i]! + rest * noise[i]!;
  }
  return true;
}

/** On the straight line between the two recorded frames around t; where the run has not come that far, its last. */
function between(into: Float32Array, t: number): void {
  const frames = live.cloudBack;
  const at = frames.findIndex((frame) => frame.t <= t);
  const after = frames[at === -1 ? frames.length - 1 : at]!;
  const before = frames[Math.max(0, (at === -1 ? frames.length : at) - 1)]!;
  const share = at <= 0 || before.t === after.t ? 1 : (before.t - t) / (before.t - after.t);
  for (let i = 0; i < after.noisy.length; i++) into[i] = before.noisy[i]! + (after.noisy[i]! - before.noisy[i]!) * share;
}
