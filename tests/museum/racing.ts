// The racing hall for tests of its own: an engine for the file, the hall as new before each test, and what a test opened closed after it.
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { sampling } from '../../scenes/05-sampling/controls';
import { lanes } from '../../scenes/05-sampling/lanes';
import type { Engine, Job, Pixels, SampleRequest, SamplerStep } from '../../src/engine';
import { local } from '../engine/link';

export const values = () => sampling.useValues.getState();

/** Resolves when `holds` does. */
export async function until(what: string, holds: () => boolean, seconds = 50): Promise<void> {
  for (const end = Date.now() + seconds * 1000; !holds();) {
    if (Date.now() > end) {
      const { raceSays, proof, equalSays, plan, qualitySays } = values();
      throw new Error(`${what}: ${JSON.stringify([raceSays, proof, equalSays, plan, qualitySays])}`);
    }
    await new Promise((next) => setTimeout(next, 20));
  }
}

/** What stands open in the hall, and the engine that it computes with. */
export interface Hall {
  engine: Engine;
  close: () => void;
}

/** To be called once at the top of a test file; every lane takes three steps. */
export function racing(): Hall {
  const hall = { close: () => {} } as Hall;
  beforeAll(() => void (hall.engine = local().engine));
  afterAll(() => hall.engine.close());
  beforeEach(() => {
    sampling.reset();
    for (const lane of lanes) sampling.set(`${lane}Steps`, 3);
  });
  afterEach(() => {
    hall.close();
    hall.close = () => {};
  });
  return hall;
}

/** Runs that are over before anyone looks: a first of its batch takes 100 ms more, then every evaluation of a picture `each`. */
export const quick = (each: number) => {
  const known = new Set<number>();
  return (request: SampleRequest): Job<SamplerStep, Pixels> => {
    const { steps, count = 1 } = request;
    const computing = steps * count * each + (known.has(count) ? 0 : 100);
    known.add(count);
    const image = { values: new Float32Array(count * 32 * 32), shape: [count, 32, 32, 1] };
    const latest = { index: steps - 1, steps, level: 1, next: 0, time: 0, noisy: image, clean: image, milliseconds: 0 };
    return { latest: { ...latest, computing, evaluations: steps }, result: Promise.resolve(image), cancel: () => {} };
  };
};

/** A judge that reads what every list of digits asks for. */
export const right = ({ shape }: Pixels) =>
  Promise.resolve(Array.from({ length: shape[0]! }, (_, i) => ({ label: String(i % 10), confidence: 1, probabilities: [] })));
