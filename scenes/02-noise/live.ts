// What changes in each frame, for the exhibits to read: pictures, the cloud, the lever's level.
import type { Recorded } from './journey';

/** One object for the whole room; the story writes it, exhibits read it in their frame. */
export const live = {
  /** Where the lever stands, and the level there. */
  t: 0,
  level: 0,
  /** Share of signal at the lever. */
  abar: 1,
  /** Which way the pictures come: noised by the closed form, or denoised by the model. */
  way: 'forward' as 'forward' | 'back',
  /** Counts up with each change of what follows. */
  version: 0,
  /** [n, 3]: points of the room's emblem as the cloud model made them, and the noise that is mixed in; empty before they are there. */
  cloud: { clean: new Float32Array(), noise: new Float32Array() } as { readonly clean: Float32Array; readonly noise: Float32Array },
  /** Frames of the cloud on its way back, from the furthest level to 0; empty while the closed form holds. */
  cloudBack: [] as readonly Recorded[],
  /** abar at equal steps of t for each schedule that the graph shows. */
  graph: {
    linear: [] as readonly number[],
    cosine: [] as readonly number[],
    sigmoid: [] as readonly number[],
    drawn: [] as readonly number[],
  },
};
