// Which variant of each kernel computes on this card. Which is faster no specification tells: it is measured.

/** Each invocation alone with its registers, a workgroup around a tile of shared memory, or one whose lanes share each sum. */
export type Convolving = 'registers' | 'tiled' | 'split';

export interface Variants {
  /** For few numbers, as of one picture, and for many. */
  readonly convolveFew: Convolving;
  readonly convolveMany: Convolving;
  /** Invocations that share a picture's group of channels. */
  readonly normalise: 1 | 64;
  /** Whether a filter's gradient is made in as many parts as there are pictures, or in one. */
  readonly parts: 'one' | 'many';
}

/** So many numbers that come out are few. */
export const few = 16_384;

/** What software adapters want, and a start for the others. */
export const plain: Variants = { convolveFew: 'registers', convolveMany: 'registers', normalise: 1, parts: 'one' };

let present = plain;

export const variants = (): Variants => present;

export function setVariants(chosen: Variants): void {
  present = chosen;
}

/** All that there is to choose from; what stands first is taken where the times are alike, being the least work for a wide card. */
export const choices: { readonly [Name in keyof Variants]: readonly Variants[Name][] } = {
  convolveFew: ['split', 'tiled', 'registers'],
  convolveMany: ['tiled', 'split', 'registers'],
  normalise: [64, 1],
  parts: ['many', 'one'],
};

/** Whether a value of unknown origin names a variant of each kernel. */
export const areVariants = (value: unknown): value is Variants =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(choices).every(([name, known]) => (known as readonly unknown[]).includes((value as Record<string, unknown>)[name]));
