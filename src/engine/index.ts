// The only door of the engine: its types and createEngine. Numbers, strings, bytes and Float32Arrays cross it, never a tensor.

import type { samplers } from './samplers';
import type { schedules } from './schedules';
import type { Training, TrainRequest } from './training/types';

/**
 * Values with a shape. Pictures: [count, height, width, channels], range [-1, 1] (ink is +1 for digits).
 * Point clouds: [count, 3], about unit variance.
 */
export interface Pixels {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

export type ModelName = string;
/** The files of samplers/ and schedules/ are the catalogues. */
export type SamplerName = keyof typeof samplers;
export type ScheduleName = keyof typeof schedules;
/** A named schedule, or abar (the share of signal) drawn by hand at equal steps from t = 0 to t = 1, each in (0, 1). */
export type ScheduleChoice = ScheduleName | { readonly drawn: readonly number[] };

/** A running job. The page reads `latest` in its frame; `result` rejects with an EngineError. */
export interface Job<Step, Result> {
  readonly latest: Step | undefined;
  readonly result: Promise<Result>;
  cancel(): void;
}

/** Share of the weights that has arrived, 0 to 1. */
export interface Progress {
  readonly loaded: number;
}

export interface SamplerStep {
  /** 0-based index of this step of `steps`. */
  readonly index: number;
  readonly steps: number;
  /** Level (sigma: noise over signal, Karras et al. 2022) before and after the step; it falls, or rises where a run is inverted. */
  readonly level: number;
  readonly next: number;
  /** Time t after the step, in [0, 1] of the schedule: `next` is its level there, cut at the levels the model knows; 0 where a run is at its picture. */
  readonly time: number;
  /** x_t after the step, at DDPM's scaling (unit variance): x / sqrt(1 + level^2). */
  readonly noisy: Pixels;
  /** The network's guess of the clean picture, x0-hat. */
  readonly clean: Pixels;
  /** What the parts in `watch` put out for the first item, in the first forward of the step (towards the prompt, where guided). */
  readonly activations?: Readonly<Record<string, Pixels>>;
  /** Time from the last step to this one, ms: computing, and waiting for other jobs' turns. */
  readonly milliseconds: number;
  /** What this run's own evaluations have taken since its start, ms, without waiting for others; a page that missed a step has it all the same. */
  readonly computing: number;
  /** How often the run has asked for the clean picture: one forward of the network each, two where guided. */
  readonly evaluations: number;
}

/** A part of a network left out: by the name of a layer, block or connection in its plan (`skip1`, `bottleneck`, `time` ...). */
export interface Ablation {
  readonly layer: string;
  /** Zeros in the place of its output; or its output held at what it was when the run first computed it. */
  readonly how: 'zero' | 'freeze';
}

export interface SampleRequest {
  readonly model: ModelName;
  readonly sampler: SamplerName;
  readonly schedule: ScheduleChoice;
  readonly steps: number;
  /** 32-bit seed; the same seed is the same noise on every device. */
  readonly seed: number;
  /** Pictures (or points) to make; 1 when left out. */
  readonly count?: number;
  /** A class of the model's manifest (one for all, or one for each), or nothing: unconditioned. */
  readonly prompt?: string | readonly string[];
  /** Guidance scale s: eps(null) + s (eps(c) - eps(null)), -100 to 100; 1, or nothing, is none and costs one evaluation, as 0 does. */
  readonly guidance?: number;
  /** The same by the weight w of Ho and Salimans 2022, (1 + w) eps(c) - w eps(null): s = 1 + w. Not beside `guidance`. */
  readonly guidanceWeight?: number;
  /** A class (one for all, or one for each) to steer away from, in the place of the null class. Needs a prompt. */
  readonly negative?: string | readonly string[];
  /** DDIM's eta, 0 to 1; 0 when left out. */
  readonly eta?: number;
  /** Starts from this picture noised to `level` by the closed form, instead of from pure noise. `noisy: true`: it is x_t already. */
  readonly start?: { readonly image: Pixels; readonly level: number; readonly noisy?: boolean };
  /**
   * The other way, for a sampler that draws nothing anew: from the clean picture `start.image` up to its noise at `start.level`. The
   * result is x_t there, and with the same `start.level`, steps and prompt a run that starts from it (`noisy: true`) leads back.
   */
  readonly invert?: boolean;
  /** Computes with these parts left out; of each step, also those of guidance. */
  readonly ablate?: readonly Ablation[];
  /** Layers whose activations come with each step: up to 64 KiB of each, channels last, the first channels where all were too many. */
  readonly watch?: readonly string[];
  /** The room that asks; jobs of the attended room go first. */
  readonly room?: string;
}

/** A layer of a network, or a block of them. */
export interface PlanLayer {
  readonly name: string;
  /** The block that it is a part of, and the parts that it has itself, in the order of computing. */
  readonly block?: string;
  readonly parts: readonly string[];
  /** Of its output for one item, channels last. */
  readonly shape: readonly number[];
  /** Of it with all its parts; trained numbers. */
  readonly parameters: number;
  /** Of it with all its parts, for one item: two for each multiply-add of convolutions and matrix products; the rest is not counted. */
  readonly operations: number;
  /** What it is computed of: layers, and connections by their names. Nothing, where it is computed of the level or the class. */
  readonly from: readonly string[];
}

/** Between two layers or blocks that stand side by side: at the top, or within one block. */
export interface PlanConnection {
  readonly from: string;
  readonly to: string;
  /** Skip connections (`skip1`, from encoder1 to decoder1) and signals (`time`) have names. */
  readonly name?: string;
}

/** What a network is made of, as its own forward tells. */
export interface NetworkPlan {
  readonly model: ModelName;
  /** From `input` to `output`, in the order of computing; a block stands before its parts. */
  readonly layers: readonly PlanLayer[];
  readonly connections: readonly PlanConnection[];
  readonly parameters: number;
  readonly operations: number;
}

export interface Verdict {
  readonly label: string;
  /** Probability of `label`, 0 to 1. */
  readonly confidence: number;
  readonly probabilities: readonly number[];
}

export type BackendName = 'webgpu' | 'wasm' | 'cpu';

/** What the engine found out about this device, and why it computes where it does. */
export interface DeviceReport {
  /** Undefined until the first backend stands. */
  readonly backend: BackendName | undefined;
  /** Why this backend: a key of the museum's texts under `engine.reason`. */
  readonly reason: 'starting' | 'only' | 'faster' | 'slower' | 'software' | 'untested' | 'wrong' | 'absent' | 'lost' | 'failed';
  readonly adapter?: { readonly vendor: string; readonly architecture: string; readonly description: string; readonly software: boolean };
  /** Which variant of each of our WebGPU kernels computes here; `measured` in this visit, or remembered from an earlier one. */
  readonly kernels?: Readonly<Record<string, string | number | boolean>>;
  /** Self-test per backend: largest relative error against the golden, and the time of one forward, ms. */
  readonly trials: readonly {
    readonly backend: BackendName;
    readonly error: number;
    readonly passed: boolean;
    readonly milliseconds: number;
  }[];
  /** Devices lost and workers restarted since the start. */
  readonly losses: number;
  readonly restarts: number;
  /** Memory ran out: no more than so many items are computed at once. */
  readonly reduced?: number;
  /** Errors that WebGPU reported but tfjs did not throw. */
  readonly gpuErrors: number;
}

export type { Bytes, CheckpointEntry, Training, TrainingData, TrainRequest, TrainStep } from './training/types';
export { EngineError, type EngineErrorCode } from './errors';

export interface Engine {
  load(model: ModelName): Job<Progress, void>;
  /** x_t at DDPM's scaling from a clean picture by the closed form: (image + level * eps) / sqrt(1 + level^2). */
  noise(request: { image: Pixels; level: number; seed: number }): Promise<Pixels>;
  sample(request: SampleRequest): Job<SamplerStep, Pixels>;
  /** Starts a training, which goes on whatever room closes; its checkpoints are models that `sample` takes. */
  train(request: TrainRequest): Training;
  /** A training by its name, running or ended, until it is cancelled. */
  training(name: string): Training | undefined;
  /** A model that denoises, shipped, trained or imported, as one safetensors file (F32) with its manifest and self-test. */
  exportModel(model: ModelName): Promise<Uint8Array>;
  /**
   * A model from such a file, under a name made of its contents. Rejects with EngineError `weights-...` where anything is wrong with it.
   * The eight that were imported last are kept; one from before is unknown until its file comes again.
   */
  importModel(bytes: Uint8Array): Promise<ModelName>;
  classify(images: Pixels): Promise<Verdict[]>;
  /** The layers of a model, computed from its network. */
  plan(model: ModelName): Promise<NetworkPlan>;
  /**
   * What a layer of the model puts out for the first item in the next forward of a running job; where none runs, for what the model was
   * last asked. [h, w, c] of a picture, up to 64 KiB: the first channels where all were too many. Rejects with `bad-request` for a layer
   * that the plan does not name, and after a lost worker until the model is asked again.
   */
  peek(model: ModelName, layer: string): Promise<Pixels>;
  report(): DeviceReport;
  /** Calls back at once and on every change of the report; returns the function that stops it. */
  onReport(tell: (report: DeviceReport) => void): () => void;
  memory(): Promise<{ tensors: number; bytes: number }>;
  /** Tells of each lost device or worker after it has been replaced; returns the function that stops it. */
  onLost(tell: (what: 'device' | 'worker') => void): () => void;
  /** The jobs of this room go first from now on. */
  attend(room: string): void;
  /** For tests and the fault buttons: breaks something on purpose. Refused in a release build. */
  fault(what: 'device' | 'worker' | 'hang' | 'memory' | 'numbers'): void;
  close(): void;
}

/** The fingerprint of some bytes, 64 hexadecimal digits; also where the browser has none of its own. */
export const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => (await import('./sha256')).sha256(bytes);
/** Levels of a schedule as the engine uses them: level(t) is sigma, t in [0, 1]. Pure; also used for graphs and sound. */
export { schedules, scheduleOf, levelsOf, timeAt, abarOf, levelOf, ddpmBeta } from './schedules';
/** What starts an engine, in a file of its own: a page can stand before it has come. */
export const loadEngine = () => import('./client');
