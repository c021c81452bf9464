// Measures the parts one after the other and names what comes of them.
import type { Forwards } from './forwards';
import type { Found, Options, PartName } from './parts';

/** What measures: a page in Chromium, or Node with Dawn. */
export interface Bench {
  readonly name: string;
  /** Whether ONNX Runtime takes part there. */
  readonly peer: boolean;
  measure<Part extends PartName>(part: Part, options: Options<Part>): Promise<Found<Part>>;
  /** How long the page's main thread is held for one sampling step, ms, by the engine's code and by everything; absent where there is no page. */
  held?(steps: number): Promise<{ handling: number; all: number }>;
  close(): Promise<void>;
}

export const partNames = ['exactness', 'webgpu', 'wasm', 'points', 'training', 'page'] as const;

const round = (value: number | null, digits = 2) => (value === null ? null : Number(value.toPrecision(digits + 1)));

export interface Plan {
  readonly only: readonly string[];
  /** Pictures in one forward. */
  readonly counts: readonly number[];
  /** Rounds of a comparison at most, and about how long one may last, s. */
  readonly rounds: number;
  readonly seconds: number;
}

export interface Measured {
  readonly result: Record<string, number | string | null>;
  readonly detail: Record<string, unknown>;
}

export async function measureAll(bench: Bench, { only, counts, rounds, seconds }: Plan): Promise<Measured> {
  const result: Record<string, number | string | null> = {};
  const detail: Record<string, unknown> = {};
  let gpuErrors: string[] = [];
  const wants = (part: (typeof partNames)[number]) => {
    if (only.includes(part)) console.error(`${part} ...`);
    return only.includes(part);
  };

  if (wants('exactness')) {
    const found = await bench.measure('kernelError', { counts: [1, 4, 16] });
    result.kernel_error = found.error;
    gpuErrors = [...gpuErrors, ...found.gpuErrors];
  }
  for (const backend of ['webgpu', 'wasm'] as const) {
    if (!wants(backend)) continue;
    const all: Record<string, Forwards> = {};
    for (const count of counts) {
      const found = await bench.measure('forwards', {
        backend,
        count,
        rounds: backend === 'wasm' ? 4 * rounds : rounds,
        seconds,
        peer: bench.peer,
      });
      const name = backend === 'webgpu' ? `forward_b${count}` : `wasm_b${count}`;
      result[`${name}_vs_stock`] = round(found.vsStock);
      result[`${name}_vs_ort`] = round(found.vsOrt);
      if (backend === 'webgpu' && count === 1) {
        result.dispatches = found.dispatches.own ?? null;
        result.dispatches_stock = found.dispatches.stock ?? null;
        result.adapter = found.adapter;
      }
      const times = Object.entries(found.milliseconds).map(([who, ms]) => `${who} ${ms.toFixed(1)} ms`);
      console.error(
        `  ${name}: ${times.join(', ')}; ${found.vsStock.toFixed(2)} x stock, ${found.vsOrt?.toFixed(2) ?? '-'} x ort (${found.ort ?? 'none'})`,
      );
      gpuErrors = [...gpuErrors, ...found.gpuErrors];
      all[`b${count}`] = found;
    }
    detail[backend] = all;
  }
  if (wants('points'))
    for (const backend of ['webgpu', 'wasm'] as const) {
      const found = await bench.measure('points', { backend, counts: [10_000, 100_000, 262_144], rounds, seconds: seconds / 4 });
      const prefix = backend === 'webgpu' ? 'points' : 'wasm_points';
      for (const [count, { vsStock }] of Object.entries(found.counts)) result[`${prefix}_${count}_vs_stock`] = round(vsStock);
      gpuErrors = [...gpuErrors, ...found.gpuErrors];
      detail[prefix] = found.counts;
    }
  if (wants('training')) {
    const found = await bench.measure('training', { batch: 16, rounds, seconds });
    result.train_vs_stock = round(found?.vsStock ?? null);
    gpuErrors = [...gpuErrors, ...(found?.gpuErrors ?? [])];
    if (found) console.error(`  own ${found.own.toFixed(0)} ms, stock ${found.stock.toFixed(0)} ms, ${found.vsStock.toFixed(2)} x stock`);
    detail.training = found;
  }
  if (bench.held && wants('page')) {
    const { handling, all } = await bench.held(100);
    result.main_thread_ms_per_step = round(handling);
    detail.page = { main_thread_ms_per_step_of_everything: round(all) };
  }
  result.gpu_errors = gpuErrors.length;
  if (gpuErrors.length > 0) detail.gpu_errors = [...new Set(gpuErrors)].slice(0, 10);
  return { result, detail };
}
