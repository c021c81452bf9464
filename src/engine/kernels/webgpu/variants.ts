// Which variant of each kernel computes on this card. Which is faster no specification tells: it is measured.

export interface Variants {
  /** Each invocation alone with its registers, or a workgroup around a tile of shared memory. */
  readonly convolve: 'registers' | 'tiled';
  /** Invocations that share a picture's group of channels. */
  readonly normalise: 1 | 64;
  /** Whether a filter's gradient is made in as many parts as there are pictures, or in one. */
  readonly parts: 'one' | 'many';
}

/** What software adapters want, and a start for the others. */
export const plain: Variants = { convolve: 'registers', normalise: 1, parts: 'one' };

let present = plain;

export const variants = (): Variants => present;

export function useVariants(chosen: Variants): void {
  present = chosen;
}
