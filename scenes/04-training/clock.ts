// What a training has cost and will cost: epochs done, examples a second, time left, and an estimate of energy.
import type { BackendName, TrainStep } from '../../src/engine';

/** Watts that we assume a device draws for computing: a common graphics card, or one busy core with its memory. Assumed, not measured. */
export const watts: Readonly<Record<BackendName, number>> = { webgpu: 60, wasm: 15, cpu: 15 };

/** Steps over which the present speed is told. */
const window = 12;
/** Weight of what was before in the mean time of a step, by which the time left is told: one slow step is no news. */
const memory = 1 - 1 / 150;

export class Clock {
  epoch = 0;
  step = 0;
  /** Seconds of training so far, without pauses. */
  seconds = 0;
  /** From which step on the set has had which size. */
  private readonly parts: { readonly step: number; readonly epoch: number; size: number }[];
  /** Mean milliseconds of a step, and of how many steps. */
  private pace = 0;
  private paced = 0;
  private recent: { readonly examples: number; readonly milliseconds: number }[] = [];

  constructor(
    size: number,
    private readonly batch: number,
  ) {
    this.parts = [{ step: 0, epoch: 0, size }];
  }

  get size(): number {
    return this.parts.at(-1)!.size;
  }

  epochOf(step: number): number {
    const part = this.parts.findLast((one) => one.step <= step) ?? this.parts[0]!;
    return part.epoch + ((step - part.step) * this.batch) / part.size;
  }

  /** A step was told; where some were missed between two looks they took as long as this one. */
  tick({ step, milliseconds }: Pick<TrainStep, 'step' | 'milliseconds'>): void {
    const steps = Math.max(1, step - this.step);
    this.step = step;
    this.epoch = this.epochOf(step);
    this.seconds += (steps * milliseconds) / 1000;
    // The first step makes the kernels ready, which says nothing of the others.
    if (step <= 1) return;
    this.recent = [...this.recent, { examples: this.batch, milliseconds }].slice(-window);
    this.paced += steps;
    this.pace = milliseconds + Math.max(0, Math.min(memory ** steps, 1 - steps / this.paced)) * (this.pace - milliseconds);
  }

  /** The set has grown: an epoch is longer from now on. */
  grow(count: number): void {
    this.parts.push({ step: this.step, epoch: this.epoch, size: this.size + count });
  }

  /** Examples a second over the last steps; undefined before two steps were measured. */
  get speed(): number | undefined {
    if (this.recent.length < 2) return undefined;
    const sum = (of: 'examples' | 'milliseconds') => this.recent.reduce((total, one) => total + one[of], 0);
    return (1000 * sum('examples')) / sum('milliseconds');
  }

  /** Seconds of computing until an epoch is done; undefined before anything was measured. */
  left(goal: number): number | undefined {
    const steps = (Math.max(0, goal - this.epoch) * this.size) / this.batch;
    return this.speed === undefined ? undefined : (steps * this.pace) / 1000;
  }

  /** Watt-hours so far, by the watts that are assumed. */
  energy(backend: BackendName): number {
    return (watts[backend] * this.seconds) / 3600;
  }
}
