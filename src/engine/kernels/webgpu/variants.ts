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

export function setVariants(chosen: Variants): void {
  present = chosen;
}

/** All that there is to choose from. */
export const choices: { readonly [Name in keyof Variants]: readonly Variants[Name][] } = {
  convolve: ['registers', 'tiled'],
  normalise: [1, 64],
  parts: ['one', 'many'],
};

/** Whether a value of unknown origin names a variant of each kernel. */
export const areVariants = (value: unknown): value is Variants =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(choices).every(([name, known]) => (known as readonly unknown[]).includes((value as Record<string, unknown>)[name]));
