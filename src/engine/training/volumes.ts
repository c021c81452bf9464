// The checkpoints of a training as models: a few of them stay, each under a name for its averaged and one for its raw weights.
import type { Manifest } from '../manifest';
import type { Volume } from '../library';
import { furthest } from './examples';
import { valuesOf, type Place } from './parameters';
import type { CheckpointEntry, Snapshot } from './types';

/** Checkpoints of one training that stay, and bytes that they may take here; the page holds as much again. Three stay at any size. */
const [most, bytes] = [12, 1 << 26];

export const modelOf = (training: string, step: number) => `training:${training}@${step}`;
export const rawOf = (training: string, step: number) => `${modelOf(training, step)}/raw`;

export interface Described {
  readonly network: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly classes: readonly string[];
  readonly places: readonly Place[];
  readonly schedule: string;
}

export class Volumes {
  private kept: Snapshot[] = [];
  private readonly volumes = new Map<string, Volume>();

  constructor(
    private readonly training: string,
    private readonly described: Described,
    private readonly dropped: (volume: Volume) => void,
  ) {}

  find(model: string): Volume | undefined {
    return this.volumes.get(model);
  }

  entries(): CheckpointEntry[] {
    const { training } = this;
    return this.kept.map(({ step, examples }) => ({ step, examples, model: modelOf(training, step), raw: rawOf(training, step) }));
  }

  add(snapshot: Snapshot): void {
    // After a loss a step is reached again.
    for (const again of this.kept.filter(({ step }) => step >= snapshot.step)) this.remove(again);
    this.kept.push(snapshot);
    const { weights, step } = snapshot;
    const count = weights.length / 2;
    this.put(rawOf(this.training, step), snapshot, weights.subarray(0, count));
    this.put(modelOf(this.training, step), snapshot, weights.subarray(count));
    const limit = Math.max(3, Math.min(most, Math.floor(bytes / weights.byteLength)));
    while (this.kept.length > limit) this.remove(this.densest());
  }

  private put(model: string, { step, examples }: Snapshot, vector: Float32Array): void {
    const { network, config, classes, places, schedule } = this.described;
    const values = valuesOf(places, vector);
    const entry = (file: string) => ({ file, bytes: 0, sha256: '0'.repeat(64) });
    const manifest: Manifest = {
      model,
      network,
      config,
      prediction: 'v',
      sigmaMin: Math.exp(-furthest / 2),
      sigmaMax: Math.exp(furthest / 2),
      classes,
      weights: entry('weights.safetensors'),
      selftest: entry('selftest.safetensors'),
      tensors: Object.fromEntries(Object.entries(values).map(([name, { shape }]) => [name, { shape, dtype: 'F32' }])),
      limit: vector.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-6),
      figures: { step, examples, schedule },
    };
    this.volumes.set(model, { manifest, values });
  }

  /** The one, apart from the first and the last, whose neighbours are closest to each other. */
  private densest(): Snapshot {
    const gap = (at: number) => this.kept[at + 1]!.step - this.kept[at - 1]!.step;
    const inner = this.kept.slice(1, -1).map((_, at) => at + 1);
    return this.kept[inner.reduce((best, at) => (gap(at) < gap(best) ? at : best))]!;
  }

  private remove(snapshot: Snapshot): void {
    this.kept = this.kept.filter((one) => one !== snapshot);
    for (const model of [modelOf(this.training, snapshot.step), rawOf(this.training, snapshot.step)]) {
      const volume = this.volumes.get(model);
      this.volumes.delete(model);
      if (volume) this.dropped(volume);
    }
  }

  clear(): void {
    for (const snapshot of [...this.kept]) this.remove(snapshot);
  }
}
