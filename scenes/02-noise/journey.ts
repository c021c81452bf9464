// The lever's journey as plain data: forward by the closed form, back by the model, scrubbing what is recorded.

export interface Journey {
  readonly t: number;
  /** Furthest t of this journey; the way back starts there. */
  readonly furthest: number;
  readonly way: 'forward' | 'back';
  /** Counts the ways back: each is one run of the sampler. */
  readonly trip: number;
}

export const atRest: Journey = { t: 0, furthest: 0, way: 'forward', trip: 0 };

/** A trembling hand is not yet a way back. */
const slack = 0.0125;
/** Below this there is too little noise for a way back. */
export const leastNoise = 0.03;

/** The way back from the furthest point. */
export const turned = (journey: Journey): Journey =>
  journey.way === 'back' || journey.furthest < leastNoise ? journey : { ...journey, way: 'back', trip: journey.trip + 1 };

/** The journey after the lever was moved to t. */
export function moved(journey: Journey, t: number): Journey {
  const { furthest, way } = journey;
  if (way === 'back') {
    // Whoever leaves 0 again sets out anew, with the chosen picture.
    if (journey.t === 0 && t > 0) return { ...journey, t, furthest: t, way: 'forward' };
    return t > furthest ? { ...journey, t, furthest: t, way: 'forward' } : { ...journey, t };
  }
  if (t >= furthest) return { ...journey, t, furthest: t };
  if (t >= furthest - slack) return { ...journey, t };
  // With next to no noise the closed form holds both ways.
  return furthest < leastNoise ? { ...journey, t, furthest: t } : { ...turned(journey), t };
}

export interface Recorded {
  readonly t: number;
  readonly level: number;
  readonly noisy: Float32Array;
  readonly clean: Float32Array;
}

/** The recorded frame nearest to t; where the run has not come that far, the last one there is. Frames fall in t. */
export function frameAt<F extends { readonly t: number }>(frames: readonly F[], t: number): F | undefined {
  let best: F | undefined;
  for (const frame of frames) if (!best || Math.abs(frame.t - t) <= Math.abs(best.t - t)) best = frame;
  return best;
}

/** Where the lever stands `seconds` later when it comes back by itself: never ahead of what is recorded, and slow enough to watch. */
export const cameBack = (t: number, seconds: number, frontier: number, speed = 0.22) => Math.max(0, frontier, t - speed * seconds);
