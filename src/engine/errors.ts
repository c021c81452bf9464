// The one kind of failure that leaves the engine. Apart from the door, so that the worker and the schedules need not load the door.

export type EngineErrorCode =
  | 'weights-missing'
  | 'weights-truncated'
  | 'weights-header'
  | 'weights-shape'
  | 'weights-dtype'
  | 'weights-range'
  | 'weights-hash'
  | 'unknown-model'
  | 'bad-request'
  | 'device-lost'
  | 'worker-lost'
  | 'no-backend'
  | 'cancelled'
  | 'out-of-memory'
  | 'numbers'
  | 'unexpected';

/** Every failure that leaves the engine. `code` is a key of the texts under `engine.error`; `detail` is for logs, in English. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  constructor(
    readonly code: EngineErrorCode,
    readonly detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}
