// "Skips are an optional speed-up": digits without each bridge, beside the same digits with both.
import { ablating } from '../ablate';
import { isWeak } from '../measure';
import { rowsOf } from './rows';
import type { Experiment } from './tools';

export const spare: Experiment = async ({ layout, count }) => {
  const found = await count([[], ablating(layout, ['bridge1']), ablating(layout, ['bridge2'])]);
  const [whole, upper, lower] = found.ways.map(({ agree }) => agree) as [number, number, number];
  const fill = { count: found.count, whole, upper, lower };
  // Needed: without it most digits are lost. Spared: most are still as asked for.
  const isNeeded = (agree: number) => agree < whole / 2;
  const shows = isNeeded(upper) && !isNeeded(lower) ? 'spareOne' : isNeeded(upper) || isNeeded(lower) ? 'spare' : 'spareOdd';
  return { said: { key: isWeak(found) ? 'finding.weak' : `finding.${shows}`, with: fill }, result: rowsOf(found, fill) };
};
