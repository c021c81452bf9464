// What an experiment about a belief may use, and what it gives back.
import type { Said, Shown } from '../../../src/controls';
import type { Ablation } from '../../../src/engine';
import type { Layout } from '../layout';
import type { Measured } from '../measure';

export interface Tools {
  readonly layout: Layout;
  /** Counts digits of these networks, the whole one first; ends when the visitor leaves. */
  count(ways: readonly (readonly Ablation[])[]): Promise<Measured>;
}

export interface Finding {
  readonly said: Said;
  readonly result: Shown;
}

/** One experiment for each belief: all it says is counted when it is asked. */
export type Experiment = (tools: Tools) => Promise<Finding>;
