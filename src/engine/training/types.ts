// What crosses the door for training: requests, steps, checkpoints, and the training itself.
import type { Job, ModelName, Pixels, ScheduleChoice } from '..';

/** Imported models that are kept: a museum that runs all day would fill up with those of its visitors. */
export const importsMost = 8;

/** Pictures as bytes, 0 to 255 for -1 to 1; shape [count, height, width, channels]. */
export interface Bytes {
  readonly values: Uint8Array;
  readonly shape: readonly number[];
}

/** Pictures in [-1, 1] or as bytes, or points [count, 3] of about unit variance; the class of each. */
export interface TrainingData {
  readonly images: Pixels | Bytes;
  readonly labels: readonly string[];
}

export interface TrainRequest {
  /** It is found again by this name; one is given where it is left out. Letters, digits and hyphens, 40 at most. */
  readonly name?: string;
  /** A network that denoises, and its config as in the manifests of the shipped models; `classes` of it is filled in. */
  readonly network: { readonly kind: 'unet' | 'cloud'; readonly config: Readonly<Record<string, number | readonly number[]>> };
  readonly classes: readonly string[];
  readonly data: TrainingData;
  /** A model of the same network and classes, be it shipped, trained or imported: it is trained on. A new network where left out. */
  readonly startFrom?: ModelName;
  /** Levels are drawn at even times of this schedule. */
  readonly schedule: ScheduleChoice;
  /** Learning rate of Adam, above 0, at most 1. */
  readonly rate: number;
  /** 32-bit seed of first weights, examples, levels and noise. */
  readonly seed: number;
  /** Examples in a step, 1 to 8192, of 8,388,608 numbers in all at most; 32 when left out. */
  readonly batch?: number;
  /** The training ends by itself after so many steps; it goes on until `finish` when left out. */
  readonly steps?: number;
  /** 'cosine': the rate falls to 0 at `steps`. 'none' when left out. */
  readonly decay?: 'none' | 'cosine';
  /** Steps over which the rate rises from 0; 50 when left out. */
  readonly warmup?: number;
  /** Share of examples whose class is not told, so that guidance has its other half; 0.1 where the network knows no class, else 0. */
  readonly dropout?: number;
  /** Share of the moving average of the weights that stays at each step, 0 to 1 (it grows towards this at first); 0.999. */
  readonly average?: number;
  /** Gradients of a larger norm are cut to this; 1. */
  readonly clip?: number;
  /**
   * No piece of a step computes longer than this, ms, where one example does not; the size of the pieces follows what is measured.
   * Left out: pieces of `piece` examples, and a run repeats bit for bit on one backend.
   */
  readonly budget?: number;
  /** Examples computed at once where no budget is given; 32 pictures or 1024 points when left out. */
  readonly piece?: number;
  /** Steps between two checkpoints; 100. */
  readonly every?: number;
  /** The room that asks; while it is not attended, all other jobs go first. */
  readonly room?: string;
  /** Stands still from the start, until `resume` or `step`; false. */
  readonly paused?: boolean;
}

/** A training's state after a step. */
export interface TrainStep {
  /** Steps done, and examples seen in them. */
  readonly step: number;
  readonly examples: number;
  /** Mean squared error of v over the step's examples. */
  readonly loss: number;
  /** The same by noise: log-SNR from -10 (noise) to 10 (clean) in five equal bands; undefined where the step had no example. */
  readonly bands: readonly (number | undefined)[];
  /** The learning rate of this step. */
  readonly rate: number;
  /** Norm of the gradient before it was cut. */
  readonly norm: number;
  /** Time of this step, computing and waiting for others' turns, and its longest piece, ms; examples in a piece. */
  readonly milliseconds: number;
  readonly longest: number;
  readonly piece: number;
  /** Memory ran out, so the pieces are smaller than was asked for. */
  readonly reduced: boolean;
  /** Numbers ran out of range once: it goes on from the last checkpoint at half the rate. */
  readonly halved: boolean;
}

/** What a training was at a step: `model` (moving average of the weights) and `raw` (the weights) are names for `sample`. */
export interface CheckpointEntry {
  readonly step: number;
  readonly examples: number;
  readonly model: ModelName;
  readonly raw: ModelName;
}

/** Belongs to the engine: it goes on when the room that started it closes. `result` is the name of its last checkpoint's model. */
export interface Training extends Job<TrainStep, ModelName> {
  readonly name: string;
  readonly isPaused: boolean;
  pause(): void;
  resume(): void;
  /** One step of a paused training. */
  step(): void;
  /** Ends it after the present step, as if its steps were done. `cancel` ends it and forgets its checkpoints. */
  finish(): void;
  /** Throws EngineError `bad-request` for what is out of range. */
  set(change: { readonly rate?: number; readonly budget?: number }): void;
  /**
   * Oldest first; the first is the untrained network. Twelve stay, or fewer of a large network (64 MiB, on the page and in the worker
   * alike); where more come, those closest to others are given up.
   */
  checkpoints(): readonly CheckpointEntry[];
  /** Gives it more to learn from. Rejects with EngineError `bad-request` where that does not fit. */
  add(data: TrainingData): Promise<void>;
}

/** All of a training at a step, on the host: enough to go on from, bit for bit. */
export interface Checkpoint {
  readonly step: number;
  readonly examples: number;
  /** [4, p]: weights, first and second moments, moving average. */
  readonly state: Float32Array;
  /** Whether the rate was halved for lost numbers before. */
  readonly halved: boolean;
}

/** What the two models of a training at a step are made of, on the host. */
export interface Snapshot {
  readonly step: number;
  readonly examples: number;
  /** [2, p]: weights, and their moving average. */
  readonly weights: Float32Array;
}

/** What may change of a running training. */
export type Change =
  | { readonly kind: 'pause' | 'resume' | 'step' | 'finish' | 'forget' }
  | { readonly kind: 'set'; readonly rate?: number; readonly budget?: number }
  | { readonly kind: 'add'; readonly data: TrainingData };

/** A training as the page asks for it, and asks a new worker again. */
export interface TrainAsk {
  readonly name: string;
  readonly request: TrainRequest;
  readonly from?: Checkpoint;
  /** The checkpoints before that one which are models, oldest first. */
  readonly earlier?: readonly Snapshot[];
  readonly paused: boolean;
  /** It is to end as it stands. */
  readonly finished: boolean;
}
