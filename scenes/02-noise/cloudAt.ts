// Where the points of the cloud belong for the lever's place, and how far from their places that is.
import { frameAt } from './journey';
import { live } from './live';
import { mixed } from './closed';
import { percentOf } from '../../src/text/amounts';

/** Points [n, 3] at the lever; undefined until the model has made them. */
export function cloudAt(): Float32Array | undefined {
  const { clean, noise } = live.cloud;
  if (clean.length === 0) return undefined;
  if (live.way === 'back') {
    const frame = frameAt(live.cloudBack, live.t);
    if (frame) return frame.noisy;
  }
  return mixed(clean, noise, live.abar);
}

/** An emblem has about unit variance: nearly all of it lies within two standard deviations of its middle. */
const diameter = 4;

/** What is said of the cloud: the mean distance of its points from their places, as a share of the emblem's diameter. */
export function cloudSaid(points: Float32Array, clean: Float32Array) {
  const count = clean.length / 3;
  let sum = 0;
  for (let i = 0; i < points.length; i += 3)
    sum += Math.hypot(points[i]! - clean[i]!, points[i + 1]! - clean[i + 1]!, points[i + 2]! - clean[i + 2]!);
  const far = sum / count / diameter;
  return { key: far < 0.001 ? 'cloudSays' : 'cloudNoisy', with: { count, far: percentOf(far) } };
}
