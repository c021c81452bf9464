// What page and worker say to each other. Numbers, strings and Float32Arrays only.
import type { DeviceReport, EngineErrorCode, ModelName, NetworkPlan, Pixels, SampleRequest, SamplerStep, Verdict } from '.';
import type { Change, Checkpoint, CheckpointEntry, TrainAsk, TrainStep } from './training/types';

export type BackendWish = 'webgpu' | 'wasm' | 'cpu' | 'measured';

export interface Start {
  readonly kind: 'start';
  /** Address of the folder that holds a folder for each model. */
  readonly weights: string;
  /** Addresses of the two wasm files. */
  readonly wasm: { readonly plain: string; readonly simd: string };
  readonly backend: BackendWish;
  /** May be broken on purpose: tests and development. */
  readonly breakable: boolean;
  /** Takes the place of a worker that died, and knows nothing of what that was asked. */
  readonly follows?: boolean;
}

/** Ids of messages that are no job: a worker's start, and all others. */
export const startId = 0;
export const noId = -1;

export type Ask = { readonly id: number } & (
  | Start
  | { readonly kind: 'load'; readonly model: ModelName }
  | { readonly kind: 'sample'; readonly request: SampleRequest }
  | { readonly kind: 'noise'; readonly image: Pixels; readonly level: number; readonly seed: number }
  | { readonly kind: 'classify'; readonly images: Pixels }
  | { readonly kind: 'plan'; readonly model: ModelName }
  | { readonly kind: 'peek'; readonly model: ModelName; readonly layer: string }
  | ({ readonly kind: 'train' } & TrainAsk)
  | { readonly kind: 'steer'; readonly training: string; readonly change: Change }
  | { readonly kind: 'export'; readonly model: ModelName }
  | { readonly kind: 'import'; readonly bytes: Uint8Array }
  | { readonly kind: 'memory' }
  | { readonly kind: 'cancel'; readonly job: number }
  | { readonly kind: 'attend'; readonly room: string }
  | { readonly kind: 'ping' }
  | { readonly kind: 'fault'; readonly what: FaultName }
);

/** What may be broken on purpose; the last two in every training. */
export type FaultName = 'device' | 'worker' | 'hang' | 'memory' | 'numbers';

export interface Memory {
  readonly tensors: number;
  readonly bytes: number;
}

export type Answer = Pixels | Verdict[] | Memory | NetworkPlan | ModelName | Uint8Array | undefined;

export type Tell =
  /** The worker's script has loaded: from now on it answers. Said again while it computes for long, and hears nothing. */
  | { readonly kind: 'here' }
  | { readonly kind: 'loaded'; readonly id: number; readonly share: number }
  | { readonly kind: 'step'; readonly id: number; readonly step: SamplerStep }
  | { readonly kind: 'trained'; readonly id: number; readonly step: TrainStep }
  /** A training has come so far: enough to go on from in another worker, and the checkpoints that are models now. */
  | {
      readonly kind: 'checkpoint';
      readonly id: number;
      readonly training: string;
      readonly checkpoint: Checkpoint;
      readonly entries: readonly CheckpointEntry[];
    }
  | { readonly kind: 'done'; readonly id: number; readonly result: Answer }
  | { readonly kind: 'failed'; readonly id: number; readonly code: EngineErrorCode; readonly detail: string }
  | { readonly kind: 'report'; readonly report: DeviceReport }
  | { readonly kind: 'lost' }
  /** The worker can compute nothing more that is right: another is to take its place. */
  | { readonly kind: 'spoiled'; readonly detail: string };
