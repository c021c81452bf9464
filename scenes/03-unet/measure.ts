// Counts what parts of a network are worth: ten digits a round, whole and cut from the same noise, read by an independent judge.
import { EngineError, type Ablation, type Engine, type ModelName, type Pixels } from '../../src/engine';
import { forwardTime } from '../../src/kit/pace';
import { watch } from '../../src/kit/watch';
import { digits, unet } from './controls';
import { apart } from './picture';

/** Few steps are enough: the whole network's digits are read as asked for with ten as with fifty. */
export const steps = 10;
const [fewest, most] = [1, 5];

/** Rounds of ten digits that this device makes of so many networks in about so long, ms. */
export function roundsFor(engine: Engine, ways: number, within = 20_000): number {
  const one = forwardTime(engine.report());
  if (one === undefined) return fewest;
  return Math.min(most, Math.max(fewest, Math.floor(within / (one * steps * digits.length * ways))));
}

export interface Way {
  /** Digits that the judge read as the ones asked for. */
  readonly agree: number;
  /** Mean difference to the whole network's pictures, as a share of the range. */
  readonly apart: number;
  /** The first round's pictures. */
  readonly pictures: Pixels;
}

export interface Measured {
  readonly count: number;
  readonly ways: readonly Way[];
}

/** A network whose own digits are mostly not read as asked for: by it no cut can be judged. */
export const isWeak = ({ count, ways }: Measured): boolean => ways[0]!.agree < count / 2;

interface Asked {
  readonly model: ModelName;
  /** The first is what the others are held against: the whole network. */
  readonly ways: readonly (readonly Ablation[])[];
  readonly rounds: number;
  readonly seed: number;
  /** The visitor has left, or asked for something else. */
  readonly isOver: () => boolean;
  /** Hears of each job, to end it. */
  readonly running: (stop: () => void) => void;
  readonly progress?: (so: Measured) => void;
}

/** Rejects with `cancelled` when it is over before its end. */
export async function measure(engine: Engine, { model, ways, rounds, seed, isOver, running, progress }: Asked): Promise<Measured> {
  let measured: Measured = { count: 0, ways: [] };
  const make = (ablate: readonly Ablation[], round: number) =>
    new Promise<Pixels>((resolve, reject) => {
      if (isOver()) return reject(new EngineError('cancelled', 'nobody waits for this count'));
      const job = engine.sample({
        ...{ model, sampler: 'ddim', schedule: 'cosine', steps, seed: seed + round, count: digits.length, prompt: digits, room: unet.room },
        ...(ablate.length > 0 ? { ablate } : {}),
      });
      running(watch(job, { done: resolve, fail: (code) => reject(new EngineError(code, 'while counting')) }));
    });
  for (let round = 0; round < rounds; round++) {
    const made: Way[] = [];
    for (const ablate of ways) {
      const pictures = await make(ablate, round);
      const verdicts = await engine.classify(pictures);
      const agree = verdicts.filter(({ label }, at) => label === digits[at]).length;
      made.push({ agree, apart: apart(pictures.values, (made[0]?.pictures ?? pictures).values), pictures });
    }
    if (isOver()) throw new EngineError('cancelled', 'nobody waits for this count');
    measured = { count: measured.count + digits.length, ways: made.map((now, at) => joined(measured.ways[at], now, round)) };
    progress?.(measured);
  }
  return measured;
}

const joined = (so: Way | undefined, now: Way, rounds: number): Way =>
  so ? { agree: so.agree + now.agree, apart: (so.apart * rounds + now.apart) / (rounds + 1), pictures: so.pictures } : now;
