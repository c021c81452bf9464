// Where the pulse of light is: it sets out with each step that is shown, and has run the path before the next.
import { useVisit } from '../../src/visit';
import { live } from './live';

/** The share of a step's stay that the pulse takes. */
const quick = 0.86;

/** From 0 at the input to 1 at the output; 1 where nothing moves, or motion is not wanted. */
export function pulseAt(now = performance.now()): number {
  if (!live.frame || useVisit.getState().motion === 'reduced') return 1;
  return Math.min(1, (now - live.since) / (live.stay * quick));
}
