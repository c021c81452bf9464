// One forward of the digit network, side by side: our kernels, stock tfjs, and ONNX Runtime in its fastest form.
import type { DeviceReport } from '../../src/engine';
import { known, type Competitor } from './competitor';
import { openOurs } from './ours';
import { checked } from './checking';
import { median, ratio, takeTurns } from './rounds';
import { countDispatches, type Site } from './site';
import { tune } from './tuning';

export interface ForwardOptions {
  readonly backend: 'webgpu' | 'wasm';
  /** Pictures in one forward. */
  readonly count: number;
  readonly rounds: number;
  /** Time, s, for the rounds, and for those among the best forms of ONNX Runtime. */
  readonly seconds: number;
  /** Whether ONNX Runtime takes part. */
  readonly peer: boolean;
}

export interface Forwards {
  readonly adapter: string;
  /** The variants of our kernels that took part. */
  readonly kernels: DeviceReport['kernels'] | null;
  readonly milliseconds: Readonly<Record<string, number>>;
  readonly vsStock: number;
  readonly vsOrt: number | null;
  /** ONNX Runtime's form that took part, and the time of every form that was tried, or why it was not. */
  readonly ort: string | null;
  readonly variants: Readonly<Record<string, number | string>>;
  /** Largest error against PyTorch. */
  readonly errors: Readonly<Record<string, number>>;
  /** Dispatches of one forward. */
  readonly dispatches: Readonly<Record<string, number>>;
  readonly rounds: readonly (readonly number[])[];
  readonly gpuErrors: readonly string[];
}

export async function forwards(site: Site, { backend, count, rounds, seconds, peer }: ForwardOptions): Promise<Forwards> {
  const { adapter, kernels = null } = await site.start(backend);
  const dispatched = backend === 'webgpu' ? countDispatches() : () => 0;
  const digits = await site.model('digits');
  // Our kernels first: what they leave unwritten must not be another's answer in a recycled buffer.
  const own = openOurs(digits, 'own');
  const errors: Record<string, number> = { own: (await checked(own, digits, count, backend)).error };
  const stock = openOurs(digits, 'stock');
  errors.stock = (await checked(stock, digits, count, backend)).error;
  const tuned = peer ? await tune(site, digits, { backend, count, seconds }) : undefined;
  if (tuned) errors.ort = tuned.error;

  const all: Competitor[] = [own, stock, ...(tuned ? [tuned.best] : [])];
  const [ours = [], theirs = [], peers] = await takeTurns(all, { count, size: 1024, rounds, seconds });
  const names = ['own', 'stock', 'ort'];
  const dispatches: Record<string, number> = {};
  const { question } = known(digits, count);
  for (const [at, { forward }] of all.entries()) {
    const before = dispatched();
    await forward(question);
    dispatches[names[at]!] = dispatched() - before;
  }
  const times = [ours, theirs, ...(peers ? [peers] : [])];
  for (const competitor of all) await competitor.close();
  return {
    adapter,
    kernels,
    milliseconds: Object.fromEntries(times.map((each, at) => [names[at]!, median(each)])),
    vsStock: ratio(ours, theirs),
    vsOrt: peers ? ratio(ours, peers) : null,
    ort: tuned?.name ?? null,
    variants: tuned?.variants ?? {},
    errors,
    dispatches,
    rounds: times,
    gpuErrors: [...site.errors()],
  };
}
