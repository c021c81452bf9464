// A room's controls as the operator's panel wants them; pictures, drawings and curves belong to the visitor.
import { button } from 'leva';
import type { Schema } from 'leva/plugin';
import type { Controls } from '../../controls';
import { decimalsOf } from '../../kit/panel/amount';
import type { RoomWords } from '../twin/words';

interface Context {
  readonly fromPanel: boolean;
}

/** The panel's entries for one room; the panel writes only what a hand changed in it. */
export function schemaOf(controls: Controls, words: RoomWords): Schema {
  const values = controls.useValues.getState();
  const entries = Object.entries(controls.list).map(([name, control]) => {
    const label = words.maybe(`controls.${name}.label`) ?? name;
    const value = values[name];
    const onChange = (next: unknown, _path: string, context: Context) => context.fromPanel && controls.set(name, next as never);
    switch (control.kind) {
      case 'slider':
        return [name, { label, value, min: control.from, max: control.to, step: control.step, pad: decimalsOf(control.step), onChange }];
      case 'choice': {
        const option = (key: string) => [words.maybe(`controls.${name}.options.${key}`) ?? key, key];
        const unanswered = control.start === '' ? [['–', '']] : [];
        return [name, { label, value, options: Object.fromEntries([...unanswered, ...control.options.map(option)]), onChange }];
      }
      case 'toggle':
        return [name, { label, value, onChange }];
      case 'press':
        return [label, button(() => controls.press(name))];
      default:
        return undefined;
    }
  });
  return Object.fromEntries(entries.filter((entry) => entry !== undefined)) as Schema;
}

/** Names that the panel shows a value of. */
export const shownIn = (controls: Controls) =>
  Object.entries(controls.list).flatMap(([name, { kind }]) => (['slider', 'choice', 'toggle'].includes(kind) ? [name] : []));
