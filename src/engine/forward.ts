// One forward on the present backend, read back, with what those who listened in have kept of it.
import { tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Player } from './kernels';
import type { Watch } from './networks';
import { placed, type Given } from './networks/question';

/** Has a tensor of the forward read back beside its outputs. */
export type Keep = (value: Tensor, take: (values: Float32Array) => void) => void;

/** Listens in on forwards: the watch of the one that computes the `count` items from `from` on, or nothing where it need not hear that one. */
export type Probe = (from: number, keep: Keep, count: number) => Watch | undefined;

/** The items of a batch that one forward computes. */
export interface Items {
  readonly from: number;
  readonly count: number;
}

/** Numbers in, and what is computed of the tensors made of them. */
export interface Work {
  readonly given: readonly Given[];
  run(inputs: readonly Tensor[], watch?: Watch): readonly Tensor[];
}

export interface Around {
  readonly probe: Probe | undefined;
  /** Where one is given, there is one output. */
  readonly player: Player | undefined;
  /** Throws where the numbers that were read are worth nothing. */
  check(): void;
}

/** The outputs of `run` as numbers. Frees all that was computed, whatever comes of it. */
export async function forward({ given, run }: Work, { from, count }: Items, { probe, player, check }: Around): Promise<Float32Array[]> {
  const heard: Tensor[] = [];
  const takes: ((values: Float32Array) => void)[] = [];
  const keep: Keep = (value, take) => {
    heard.push(value);
    takes.push(take);
  };
  const watch = probe?.(from, keep, count);
  // Where nobody listens, the tensors between do not matter.
  const played = watch ? undefined : await player?.play(given, (inputs) => run(inputs)[0]!);
  if (played) {
    check();
    return [played];
  }
  const { outputs, kept } = tidy(() => ({ outputs: [...run(given.map(placed), watch)], kept: heard }));
  const all = [...outputs, ...kept];
  const values = await Promise.all(all.map((value) => value.data<'float32'>())).finally(() => all.forEach((value) => value.dispose()));
  check();
  takes.forEach((take, at) => take(values[outputs.length + at]!.slice()));
  return values.slice(0, outputs.length);
}

/** All of them, one after the other: each hears what the ones before it have put in a part's place. */
export function together(...probes: readonly (Probe | undefined)[]): Probe {
  return (from, keep, count) => {
    const watches = probes.flatMap((probe) => probe?.(from, keep, count) ?? []);
    if (watches.length === 0) return undefined;
    return (part, value) => {
      const now = watches.reduce((before, watch) => watch(part, before) ?? before, value);
      return now === value ? undefined : now;
    };
  };
}
