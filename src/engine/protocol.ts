// What page and worker say to each other. Numbers, strings and Float32Arrays only.
import type { DeviceReport, EngineErrorCode, ModelName, NetworkPlan, Pixels, SampleRequest, SamplerStep, Verdict } from '.';

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
  | { readonly kind: 'memory' }
  | { readonly kind: 'cancel'; readonly job: number }
  | { readonly kind: 'attend'; readonly room: string }
  | { readonly kind: 'ping' }
  | { readonly kind: 'fault'; readonly what: 'device' | 'worker' | 'hang' }
);

export interface Memory {
  readonly tensors: number;
  readonly bytes: number;
}

export type Tell =
  /** The worker's script has loaded: from now on it answers. */
  | { readonly kind: 'here' }
  | { readonly kind: 'loaded'; readonly id: number; readonly share: number }
  | { readonly kind: 'step'; readonly id: number; readonly step: SamplerStep }
  | { readonly kind: 'done'; readonly id: number; readonly result: Pixels | Verdict[] | Memory | NetworkPlan | undefined }
  | { readonly kind: 'failed'; readonly id: number; readonly code: EngineErrorCode; readonly detail: string }
  | { readonly kind: 'report'; readonly report: DeviceReport }
  | { readonly kind: 'lost' };
