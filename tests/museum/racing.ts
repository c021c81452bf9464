// The racing hall for tests of its own: an engine for the file, the hall as new before each test, and what a test opened closed after it.
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { lanes, sampling } from '../../scenes/05-sampling/controls';
import type { Engine } from '../../src/engine';
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
