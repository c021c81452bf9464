// "It compresses like a zip": how many numbers the deepest place holds, and what is left when they alone must do.
import { percentOf } from '../../../src/text/amounts';
import { ablating } from '../ablate';
import { isWeak } from '../measure';
import { rowsOf } from './rows';
import type { Experiment } from './tools';

export const zip: Experiment = async ({ layout, count }) => {
  const numbersOf = (role: string) => layout.stations.find((one) => one.role === role)!.shape.reduce((product, side) => product * side, 1);
  const [picture, bottom] = [numbersOf('input'), numbersOf('bottom')];
  const found = await count([[], ablating(layout, ['bridge1', 'bridge2'])]);
  const [whole, alone] = found.ways;
  const times = Number((bottom / picture).toPrecision(2));
  const fill = { picture, bottom, times, count: found.count, whole: whole!.agree, alone: alone!.agree, apart: percentOf(alone!.apart) };
  const shows = alone!.agree > found.count / 2 ? 'zipOdd' : bottom < picture ? 'zipFewer' : 'zip';
  return { said: { key: isWeak(found) ? 'finding.weak' : `finding.${shows}`, with: fill }, result: rowsOf(found, fill) };
};
