// A schedule drawn by a visitor: abar at equal steps of time, made usable or refused with a word.
import { EngineError } from '../errors';
import { levelOf, type Schedule } from './abar';

/** Nothing drawn may be purer or noisier than this: sigma stays within 0.003 and 316. */
const [LEAST, MOST] = [1e-5, 1 - 1e-5];

const refuse = (why: string): never => {
  throw new EngineError('bad-request', `the drawn schedule ${why}`);
};

/** Noise can only grow: where the hand went up, the curve stays at the lowest place it has reached. */
export function drawn(curve: readonly number[]): Schedule {
  if (!Array.isArray(curve)) refuse('is not a list of numbers');
  if (curve.length < 2 || curve.length > 4096) refuse(`has ${curve.length} points; 2 to 4096 are needed`);
  let lowest = MOST;
  const abars = curve.map((abar: unknown, index) => {
    if (typeof abar !== 'number' || !Number.isFinite(abar)) return refuse(`holds no number at point ${index}`);
    if (abar < 0 || abar > 1) return refuse(`leaves 0 to 1 at point ${index}: ${abar}`);
    lowest = Math.min(lowest, Math.max(LEAST, abar));
    return lowest;
  });
  const [first, last] = [abars[0]!, abars[abars.length - 1]!];
  if (first - last < 0.01) refuse('never falls: it adds no noise');
  return (t) => {
    const place = Math.min(1, Math.max(0, t)) * (abars.length - 1);
    const before = Math.min(abars.length - 2, Math.floor(place));
    const share = place - before;
    return levelOf(abars[before]! * (1 - share) + abars[before + 1]! * share);
  };
}
