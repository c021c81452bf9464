// What an experiment on the bench may use, and what it gives back.
import type { Engine, Pixels, SampleRequest } from '../../../src/engine';
import type { Finding } from '../../../src/kit/beliefs';

export interface Tools {
  readonly engine: Engine;
  /** The clean picture that the visitor chose. */
  readonly image: Float32Array;
  /** New for each press. */
  readonly seed: number;
  /** Whether the visitor has left, or asked for something else: what is found then is shown to nobody. */
  isOver(): boolean;
  /** A run of the digit model that ends when the visitor leaves. */
  sample(request: Omit<SampleRequest, 'model' | 'sampler' | 'room'>): Promise<Pixels>;
}

/** One experiment for each belief: all it says is computed when it is asked. */
export type Experiment = (tools: Tools) => Promise<Finding>;
