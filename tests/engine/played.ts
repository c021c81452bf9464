// Workers that are only played, as the page sees them: what they were asked, and what they say and do.
import { createEngine } from '../../src/engine/client';
import type { Engine, SampleRequest, TrainRequest } from '../../src/engine';
import type { Ends } from '../../src/engine/link';
import type { Ask, Tell } from '../../src/engine/protocol';

export interface Played extends Ends {
  readonly asked: Ask[];
}

export interface Stage {
  readonly engine: Engine;
  /** All workers so far, and the last of them. */
  readonly workers: readonly Played[];
  present(): Played;
}

/** An engine whose workers are played; `before` is called when one is to be made, and may throw. */
export function played({ waits, before }: { readonly waits?: readonly number[] | undefined; readonly before?: () => void } = {}): Stage {
  const workers: Played[] = [];
  const engine = createEngine({
    wasm: { plain: '', simd: '' },
    ...(waits && { waits }),
    link: ({ hear, broke }) => {
      before?.();
      const asked: Ask[] = [];
      workers.push({ asked, hear, broke });
      return { post: (ask) => void asked.push(structuredClone(ask)), close: () => undefined };
    },
  });
  return { engine, workers, present: () => workers[workers.length - 1]! };
}

/** A training of one point. */
export const points: TrainRequest = {
  ...{ name: 'twice', network: { kind: 'cloud', config: {} }, classes: ['one'], schedule: 'cosine', rate: 1e-3, seed: 1 },
  data: { images: { values: new Float32Array(3), shape: [1, 3] }, labels: ['one'] },
};

export const digit: SampleRequest = { model: 'digits', sampler: 'ddim', schedule: 'cosine', steps: 4, seed: 7, prompt: '3' };
export const samplesOf = ({ asked }: Played) => asked.filter((ask) => ask.kind === 'sample');
export const codeOf = (job: { result: Promise<unknown> }) => job.result.then(String, (why: { code: string }) => why.code);
/** The worker ends the run of that seed. */
export const answer = (worker: Played, seed: number) => {
  const { id } = samplesOf(worker).find(({ request }) => request.seed === seed)!;
  worker.hear({ kind: 'done', id, result: { values: new Float32Array(1), shape: [1] } });
};
/** What every worker says first. */
export const here: Tell = { kind: 'here' };
