// "The picture sits in the bottleneck": what is lost without it, beside what is lost without the upper bridge.
import { percentOf } from '../../../src/text/amounts';
import { ablating } from '../ablate';
import { isWeak } from '../measure';
import { rowsOf } from './rows';
import type { Experiment } from './tools';

export const seat: Experiment = async ({ layout, count }) => {
  const found = await count([[], ablating(layout, ['middle']), ablating(layout, ['bridge1'])]);
  const [whole, middle, bridge] = found.ways;
  const fill = {
    count: found.count,
    whole: whole!.agree,
    middle: middle!.agree,
    bridge: bridge!.agree,
    middleApart: percentOf(middle!.apart),
    bridgeApart: percentOf(bridge!.apart),
  };
  const key = isWeak(found) ? 'finding.weak' : middle!.apart < bridge!.apart ? 'finding.seat' : 'finding.seatOdd';
  return { said: { key, with: fill }, result: rowsOf(found, fill) };
};
