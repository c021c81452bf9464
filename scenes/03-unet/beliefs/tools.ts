// What an experiment about a belief may use, and what it gives back.
import type { Ablation } from '../../../src/engine';
import type { Layout } from '../layout';
import type { Measured } from '../measure';
import type { Finding } from '../../../src/kit/beliefs';

export interface Tools {
  readonly layout: Layout;
  /** Counts digits of these networks, the whole one first; ends when the visitor leaves. */
  count(ways: readonly (readonly Ablation[])[]): Promise<Measured>;
}

/** One experiment for each belief: all it says is counted when it is asked. */
export type Experiment = (tools: Tools) => Promise<Finding>;
