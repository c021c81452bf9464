// One training's numbers on the present backend: its state as one tensor, and a step of it. What the backend loses comes back from the host.
import { add, getBackend, reshape, slice, square, sum, tensor, tidy, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { EngineError } from '../errors';
import { adam } from '../kernels/adam';
import type { Breathe } from '../model';
import { drawNormals } from '../noise';
import { WrongOutput } from '../selftest';
import type { Data } from './data';
import { examplesOf, furthest, planOf, type Draw, type Plan } from './examples';
import { lossOf, type Learning } from './loss';
import { isMemory } from '../memory';
import { countOf, weightsOf } from './parameters';
import type { Pieces } from './pieces';
import type { Checkpoint } from './types';

/** Adam's constants: a shorter memory of squares than the paper's 0.999 suits runs of some thousand steps. */
const [beta1, beta2, epsilon] = [0.9, 0.99, 1e-8];
/** Bands of log-SNR in which the loss is told. */
export const bandCount = 5;

export interface Settings extends Learning, Pick<Draw, 'seed' | 'batch' | 'schedule' | 'dropout'> {
  readonly data: Data;
  readonly pieces: Pieces;
  readonly average: number;
  readonly clip: number;
  readonly nothing: number | undefined;
  /** Whether memory ran out without a word since this was last asked. */
  readonly ranShort: () => boolean;
}

export interface Outcome {
  readonly loss: number;
  readonly bands: readonly (number | undefined)[];
  readonly norm: number;
  /** The longest piece, ms, and examples in most pieces. */
  readonly longest: number;
  readonly piece: number;
}

/** To whoever sees to another device; `error` is relative. */
const wrongGradient = (error: number) =>
  new WrongOutput('the gradient of a training', { backend: 'webgpu', error, passed: false, milliseconds: Infinity });

/** The weights, their gradient or the loss left the range of numbers. */
export class LostNumbers extends EngineError {
  constructor(step: number) {
    super('numbers', `the training lost its numbers in step ${step}`);
  }
}

export class Learner {
  private state: Tensor2D | undefined;
  /** All that a step under way holds on the device. */
  private readonly held = new Set<Tensor>();
  /** Counts the devices: what was begun on an old one must not touch the new. */
  private era = 0;
  /** What goes wrong next, on purpose. */
  spoiled: 'memory' | 'numbers' | undefined;
  step: number;
  examples: number;

  constructor(
    private readonly settings: Settings,
    /** Where to go on from when the device is lost. */
    public checkpoint: Checkpoint,
  ) {
    ({ step: this.step, examples: this.examples } = checkpoint);
  }

  /** Forgets all that is on the device; the next step begins at the checkpoint. */
  drop(): void {
    this.era++;
    for (const one of [...this.held, ...(this.state ? [this.state] : [])]) discard(one);
    this.held.clear();
    this.state = undefined;
    ({ step: this.step, examples: this.examples } = this.checkpoint);
  }

  private restored(): Tensor2D {
    const { state } = this.checkpoint;
    return (this.state = tensor(state, [4, state.length / 4]));
  }

  private hold<T extends Tensor>(one: T): T {
    this.held.add(one);
    return one;
  }
  private free(...all: readonly (Tensor | undefined)[]): void {
    for (const one of all) if (one && this.held.delete(one)) discard(one);
  }

  /**
   * One step of gradient descent at this rate, of smaller pieces from then on where memory runs out over it; may be begun again on
   * another device. Rejects with LostNumbers, `out-of-memory`, and what `breathe` does.
   */
  async advance(rateAt: (step: number) => number, breathe: Breathe): Promise<Outcome> {
    for (;;) {
      // Another part of this training may have been broken off on this same device.
      this.free(...this.held);
      const era = ++this.era;
      try {
        return await this.attempt(era, rateAt, breathe);
      } catch (why) {
        if (!isMemory(why) || this.era !== era) throw why;
        this.free(...this.held);
        if (!this.settings.pieces.shrink()) throw new EngineError('out-of-memory', `one example does not fit: ${String(why)}`);
      }
    }
  }

  private async attempt(era: number, rateAt: (step: number) => number, breathe: Breathe): Promise<Outcome> {
    const guarded = async <T>(part: Promise<T>): Promise<T> => {
      const found = await part;
      if (this.era !== era) throw new EngineError('device-lost', 'this step was begun anew');
      return found;
    };
    const before = this.state ?? this.restored();
    const spoiled = this.spoiled === 'numbers' ? NaN : 1;
    const { settings, step } = this;
    const { data, batch, places, clip, average } = settings;
    const draw: Draw = { ...settings, step, count: data.count, size: data.size };
    const plan = planOf(draw);
    const noise = await guarded(drawNormals(draw.seed, step, batch * data.size, breathe));
    const weights = tidy(() => weightsOf(places, reshape(slice(before, [0, 0], [1, countOf(places)]), [-1]))).map((one) => this.hold(one));
    const { losses, gradient, squares, longest, piece } = await this.gradient(draw, plan, noise, weights, breathe, guarded);
    this.free(...weights);
    const loss = (losses.reduce((total, one) => total + one, 0) / batch) * spoiled;
    this.spoiled = undefined;
    const norm = Math.sqrt(squares);
    // The gradients of some graphics cards are all zeros: a training would stand still without a word.
    const isNone = squares === 0 && loss > 0;
    if (getBackend() === 'webgpu' && (isNone || (step === 0 && !Number.isFinite(squares)))) throw wrongGradient(isNone ? 1 : Infinity);
    if (isNone || !Number.isFinite(loss) || !Number.isFinite(norm)) throw new LostNumbers(step + 1);
    const t = step + 1;
    const adapted = adam(before, gradient, {
      rate: rateAt(step),
      beta1,
      beta2,
      epsilon,
      correction1: 1 - beta1 ** t,
      correction2: 1 - beta2 ** t,
      // A long memory of the first steps would be one of noise.
      keep: Math.min(average, (1 + t) / (10 + t)),
      scale: Math.min(1, clip / norm),
    });
    const next = this.hold(adapted);
    // The old state goes when the new one is known to be there: a device says afterwards that it lacked the memory for it.
    await guarded(this.read(this.hold(slice(next, [0, 0], [1, 1]))));
    this.held.delete(next);
    this.free(gradient);
    discard(before);
    this.state = next;
    this.step = t;
    this.examples += batch;
    return { loss, bands: bandsOf(losses, plan.logSnr), norm, longest, piece };
  }

  /** The gradient of the whole batch, piece by piece, and the sum of its squares. */
  private async gradient(
    draw: Draw,
    plan: Plan,
    noise: Float32Array,
    weights: readonly Tensor[],
    breathe: Breathe,
    guarded: <T>(part: Promise<T>) => Promise<T>,
  ): Promise<{ losses: Float32Array; gradient: Tensor1D; squares: number; longest: number; piece: number }> {
    const { batch, pieces, data, nothing } = this.settings;
    const losses = new Float32Array(batch);
    let total: Tensor1D | undefined;
    let [longest, squares] = [0, 0];
    const piece = pieces.present;
    for (let from = 0; from < batch; ) {
      if (from > 0) await guarded(breathe());
      const to = Math.min(batch, from + pieces.present);
      const began = performance.now();
      if (this.spoiled === 'memory') throw this.noMemory();
      const examples = examplesOf(draw, plan, { clean: data.clean, labels: data.labels, nothing }, noise, from, to);
      const found = lossOf(this.settings, weights, examples, batch);
      this.hold(found.losses);
      this.hold(found.gradient);
      const sofar = total;
      const sums = (total = sofar ? this.hold(add<Tensor1D>(sofar, found.gradient)) : found.gradient);
      if (sofar) this.free(sofar, found.gradient);
      // Read together: each waiting for a device costs the same.
      const squared = to === batch ? this.hold(tidy(() => sum(square(sums)))) : undefined;
      const [mine, norm] = await guarded(Promise.all([this.read(found.losses), squared && this.read(squared)]));
      losses.set(mine, from);
      squares = norm?.[0] ?? 0;
      const milliseconds = performance.now() - began;
      longest = Math.max(longest, milliseconds);
      pieces.took(to - from, milliseconds);
      from = to;
    }
    return { losses, gradient: total!, squares, longest, piece };
  }

  /** The numbers of a tensor that is held until then. */
  private async read(one: Tensor): Promise<Float32Array> {
    const values = ((await one.data().finally(() => this.free(one))) as Float32Array).slice();
    if (this.settings.ranShort()) throw new RangeError('out of memory, as the device says afterwards');
    return values;
  }

  private noMemory(): RangeError {
    this.spoiled = undefined;
    return new RangeError('no memory, on purpose');
  }

  /** The state as numbers. Rejects with LostNumbers where it holds others, with a RangeError where memory runs out over them. */
  async save(halved: boolean): Promise<Checkpoint> {
    const { era, step, examples } = this;
    if (!this.state) return this.checkpoint;
    const state = (await this.state.data()) as Float32Array;
    if (this.era !== era) throw new EngineError('device-lost', 'while a checkpoint was read');
    if (this.settings.ranShort()) throw new RangeError('out of memory over a checkpoint, as the device says afterwards');
    if (!state.every(Number.isFinite)) throw new LostNumbers(step);
    return (this.checkpoint = { step, examples, state: state.slice(), halved });
  }
}

function discard(one: Tensor): void {
  try {
    one.dispose();
  } catch {
    // The device that held it is gone.
  }
}

/** Mean loss by log-SNR, from the noisiest to the cleanest. */
function bandsOf(losses: Float32Array, logSnr: readonly number[]): (number | undefined)[] {
  const [sums, counts] = [new Array<number>(bandCount).fill(0), new Array<number>(bandCount).fill(0)];
  logSnr.forEach((one, at) => {
    const band = Math.min(bandCount - 1, Math.floor(((one + furthest) / (2 * furthest)) * bandCount));
    sums[band]! += losses[at]!;
    counts[band]!++;
  });
  return sums.map((total, band) => (counts[band] ? total / counts[band] : undefined));
}
