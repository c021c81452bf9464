// Live activations: what parts of a network put out for the first item of a forward, read back in small.
import { slice, type Tensor } from '@tensorflow/tfjs-core';
import type { Pixels } from '.';
import type { Keep, Probe } from './forward';
import type { Branch } from './model';

/** Numbers of one activation that are read back at most: 64 KiB. */
const most = 1 << 14;

/** Has the first item of a part's output read back: channels last, the first of them where all were too many. */
function keepFirst(value: Tensor, keep: Keep, take: (pixels: Pixels) => void): void {
  const shape = value.shape.slice(1);
  const channels = shape.pop() ?? 1;
  const places = shape.reduce((product, side) => product * side, 1);
  const kept = [...shape, Math.min(channels, Math.max(1, Math.floor(most / places)))];
  const first = slice(value, value.shape.map(() => 0), [1, ...kept]); // prettier-ignore
  keep(first, (values) => take({ values, shape: kept }));
}

/** Hears one part of every forward that begins with the first item. */
export const hearing =
  (layer: string, take: (pixels: Pixels) => void): Probe =>
  (from, keep) =>
    from > 0
      ? undefined
      : (part, value) => {
          if (part === layer) keepFirst(value, keep, take);
          return undefined;
        };

/** Collects the activations of a step: those of its first evaluation, and of guidance's branches those towards the prompt. */
export class Collected {
  private found = new Map<string, { readonly branch: Branch; readonly pixels: Pixels }>();

  constructor(private readonly layers: readonly string[]) {}

  readonly probe =
    (branch: Branch): Probe =>
    (from, keep) => {
      const wanted = new Set(from > 0 ? [] : this.layers.filter((layer) => this.isBetter(layer, branch)));
      if (wanted.size === 0) return undefined;
      return (part, value) => {
        if (wanted.has(part)) keepFirst(value, keep, (pixels) => this.found.set(part, { branch, pixels }));
        return undefined;
      };
    };

  private isBetter(layer: string, branch: Branch): boolean {
    const found = this.found.get(layer);
    return !found || (found.branch === 'away' && branch === 'toward');
  }

  /** What the step has brought; the next one begins anew. */
  take(): Readonly<Record<string, Pixels>> {
    const taken = Object.fromEntries([...this.found].map(([layer, { pixels }]) => [layer, pixels]));
    this.found = new Map();
    return taken;
  }
}
