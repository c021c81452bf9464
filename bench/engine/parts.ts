// The parts of the bench that run where the engine runs: each takes options and gives what it measured.
import { forwards } from './forwards';

export interface PartOptions {
  readonly backend: 'webgpu' | 'wasm';
  readonly counts: readonly number[];
  readonly rounds: number;
}
export type Say = (line: string) => void;

export const parts = { forwards } satisfies Record<string, (options: PartOptions, say: Say) => Promise<unknown>>;
export type PartName = keyof typeof parts;
