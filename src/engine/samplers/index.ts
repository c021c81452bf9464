// The catalogue of samplers: pure functions of a denoiser, noise and levels. No tensors, no models.
import { ddim } from './ddim';
import { ddpm } from './ddpm';
import { dpmpp2m } from './dpmpp2m';
import { euler } from './euler';
import { heun } from './heun';

/** The best guess of the clean picture, x0-hat, from noisy = clean + level * noise. */
export type Denoise = (noisy: Float32Array, level: number) => Promise<Float32Array>;

export interface Run {
  readonly denoise: Denoise;
  /** Where to start, scaled to the first level: pure noise is levels[0] * unit normals. */
  readonly noisy: Float32Array;
  /** Falling levels, the last is 0; or rising ones above 0, from a picture to its noise, for those that draw nothing anew. */
  readonly levels: readonly number[];
  /** 0 to 1: how much of the noise is drawn anew in each step (DDIM). */
  readonly eta?: number;
  /** Unit normals for step `index`, as many as there are values. Asked only where fresh noise is needed. */
  readonly fresh: (index: number) => Float32Array | Promise<Float32Array>;
}

export interface Step {
  readonly index: number;
  /** Level before and after the step. */
  readonly level: number;
  readonly next: number;
  /** clean + next * noise, after the step. */
  readonly noisy: Float32Array;
  /** x0-hat, as guessed at `level`. */
  readonly clean: Float32Array;
}

/** Yields every step; returns the last noisy picture, which at level 0 is the result. */
export type Sampler = (run: Run) => AsyncGenerator<Step, Float32Array, void>;

/** Samplers that draw part of the noise anew, by eta. */
export const takingEta: ReadonlySet<string> = new Set(['ddim']);

/** Samplers that draw no noise anew (DDIM at eta = 0): they follow one path, which can be walked in both directions. */
export const deterministic: ReadonlySet<string> = new Set(['ddim', 'euler', 'heun', 'dpmpp2m']);

export const samplers = { ddpm, ddim, euler, heun, dpmpp2m } satisfies Record<string, Sampler>;
