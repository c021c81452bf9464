// What a touch on a part of a panel does to its control.
import type { Controls } from '../../controls';
import { touch } from '../../audio';
import { chooseFile } from '../chooser';
import { strokeOn, withPoint, type Spot } from './pencil';
import type { Part } from './layout';

/** Parts that follow the pointer while it is down. */
export const isDragged = ({ control: { kind }, option }: Part) =>
  kind === 'slider' || kind === 'curve' || (kind === 'drawing' && option === undefined);

export function clickPart(controls: Controls, { name, control, option }: Part): void {
  const value = controls.useValues.getState()[name];
  if (control.kind === 'press') controls.press(name);
  else if (control.kind === 'file') chooseFile(control, (chosen) => controls.set(name, chosen));
  else if (control.kind === 'toggle') controls.set(name, !value);
  else if (control.kind === 'choice' && option !== undefined) controls.set(name, option);
  else if (control.kind === 'drawing' && option === 'clear') controls.set(name, null);
  else return;
  touch(control.kind === 'choice' || control.kind === 'toggle' ? control.kind : 'press');
}

/** A drag at a place of the part, 0 to 1 from its top left corner; `from` is the place before. */
export function dragPart(controls: Controls, { name, control }: Part, at: Spot, from: Spot): void {
  const value = controls.useValues.getState()[name];
  if (control.kind === 'slider') controls.set(name, control.from + (control.to - control.from) * at.x);
  else if (control.kind === 'curve') controls.set(name, withPoint(withPoint(value as readonly number[], from), at));
  else if (control.kind === 'drawing') controls.set(name, strokeOn(value as Float32Array | null, control.size, from, at));
}
