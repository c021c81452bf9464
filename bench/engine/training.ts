// One training step of the digit network, with our kernels and with stock tfjs.
import type { Site } from './site';

/** Not measured yet: the engine does not train so far. */
export const training = (
  _site: Site,
  _options: { batch: number; rounds: number; seconds: number },
): Promise<{ vsStock: number; gpuErrors: readonly string[] } | null> => Promise.resolve(null);
