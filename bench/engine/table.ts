// What the bench found, for people.
import type { Forwards } from './forwards';

/** What the engine is held to; without a number behind it a figure is only told. */
const goals: Record<string, readonly ['least' | 'most', number]> = {
  forward_b1_vs_stock: ['least', 3],
  forward_b16_vs_stock: ['least', 1.5],
  forward_b1_vs_ort: ['least', 1.5],
  forward_b16_vs_ort: ['least', 1.2],
  wasm_b1_vs_ort: ['least', 1],
  train_vs_stock: ['least', 2],
  dispatches: ['most', 110],
  kernel_error: ['most', 1e-5],
  gpu_errors: ['most', 0],
  main_thread_ms_per_step: ['most', 1],
};

/** The figures that are not what the engine is held to. */
export const missed = (found: Record<string, unknown>): string[] =>
  Object.entries(goals).flatMap(([name, [side, limit]]) => {
    const value = found[name];
    return typeof value === 'number' && (side === 'least' ? value < limit : value > limit) ? [name] : [];
  });

export function table(found: Record<string, unknown>): string {
  const lines: string[] = [];
  const misses = missed(found);
  const { webgpu, wasm } = (found.detail ?? {}) as Record<string, Record<string, Forwards> | undefined>;
  for (const [backend, batches] of Object.entries({ webgpu, wasm }))
    for (const [batch, { milliseconds, ort }] of Object.entries(batches ?? {})) {
      const times = Object.entries(milliseconds).map(([name, ms]) => `${name} ${ms.toFixed(1).padStart(9)} ms`);
      lines.push(`${`${backend} ${batch}`.padEnd(12)} ${times.join('   ')}${ort ? `   (${ort})` : ''}`);
    }
  for (const [name, value] of Object.entries(found)) {
    if (typeof value === 'object' && value !== null) continue;
    const [side, limit] = goals[name] ?? [];
    const goal = limit === undefined ? '' : `   at ${String(side)} ${limit}${misses.includes(name) ? '   MISSED' : ''}`;
    lines.push(`${name.padEnd(26)} ${String(value).padStart(12)}${goal}`);
  }
  return lines.join('\n');
}
