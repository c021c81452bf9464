// The first ten digits of each network of an experiment, a row for each.
import type { Said, Shown } from '../../../src/controls';
import type { Measured } from '../measure';
import { sheet, shown } from '../picture';

export function rowsOf({ ways }: Measured, fill: Said['with'] & object): Shown {
  const said: Said = { key: ways.length === 2 ? 'rows2' : 'rows3', with: fill };
  const rows = ways.map(({ pictures }) => Array.from({ length: pictures.shape[0]! }, (_, at) => shown(pictures, said, at)));
  return sheet(rows, said);
}
