// The data of a training on the host: all items one after the other, and their classes; it may grow while the training runs.
import type { TrainingData } from './types';

export class Data {
  private values = new Float32Array(0);
  private classOf: number[] = [];

  constructor(
    /** Numbers in an item. */
    readonly size: number,
    private readonly classes: readonly string[],
    first: TrainingData,
  ) {
    this.add(first);
  }

  get count(): number {
    return this.classOf.length;
  }
  get clean(): Float32Array {
    return this.values;
  }
  get labels(): readonly number[] {
    return this.classOf;
  }

  add({ images: { values }, labels }: TrainingData): void {
    const grown = new Float32Array(this.values.length + values.length);
    grown.set(this.values);
    grown.set(values instanceof Uint8Array ? Float32Array.from(values, (byte) => byte / 127.5 - 1) : values, this.values.length);
    this.values = grown;
    this.classOf = [...this.classOf, ...labels.map((label) => this.classes.indexOf(label))];
  }
}
