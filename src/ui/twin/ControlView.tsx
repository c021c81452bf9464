// One control of a room as a DOM node with role, name and state.
import { lazy, Suspense } from 'react';
import type { Control, Controls, Shown } from '../../controls';
import { useNumber, useRoomWords } from '../../text';
import { Options, Slide, Switch } from '../fields';
import { readChosen } from '../../kit/chooser';
import { amountOf } from '../../kit/panel/amount';
import { FileView } from './FileView';
import { PictureView } from './PictureView';
import { ReadoutView } from './ReadoutView';
import { wordsOf } from './words';

export interface ControlProps {
  readonly controls: Controls;
  readonly name: string;
  readonly control: Control;
}

/** Time until a file that did not come is asked for again, ms. */
const pause = 10_000;
const fetched = <T,>(load: () => Promise<T>): Promise<T> =>
  load().catch(() => new Promise((wake) => setTimeout(wake, pause)).then(() => fetched(load)));
// Few stops have a pad or a curve: the shell stays small.
const PadView = lazy(async () => ({ default: (await fetched(() => import('./PadView'))).PadView }));
const CurveView = lazy(async () => ({ default: (await fetched(() => import('./CurveView'))).CurveView }));

export function ControlView({ controls, name, control }: ControlProps) {
  const isShown = controls.useValues((values) => control.when?.(values) ?? true);
  return isShown ? (
    <Suspense>
      <View controls={controls} name={name} control={control} />
    </Suspense>
  ) : null;
}

function View({ controls, name, control }: ControlProps) {
  const value = controls.useValues((values) => values[name]);
  const words = wordsOf(useRoomWords(controls.room));
  const number = useNumber();
  const label = words.maybe(`controls.${name}.label`) ?? name;
  const named = { label, hint: words.maybe(`controls.${name}.hint`) };
  const set = (next: unknown) => controls.set(name, next as never);
  switch (control.kind) {
    case 'slider': {
      const spoken = amountOf(control, value as number, (fill) => words.maybe(`controls.${name}.value`, fill), number);
      return (
        <Slide {...named} from={control.from} to={control.to} step={control.step} value={value as number} spoken={spoken} onChange={set} />
      );
    }
    case 'choice': {
      const options = control.options.map((option) => ({
        value: option,
        label: words.maybe(`controls.${name}.options.${option}`) ?? option,
      }));
      return <Options {...named} options={options} value={value as string} onChange={set} />;
    }
    case 'toggle':
      return <Switch {...named} on={value as boolean} onChange={set} />;
    case 'press':
      return (
        <div className="field">
          <button type="button" className="pushed" onClick={() => controls.press(name)} aria-describedby={undefined}>
            {label}
          </button>
          {named.hint && <p className="hint">{named.hint}</p>}
        </div>
      );
    case 'file':
      return <FileView {...named} accept={control.accept} onChoose={(file) => void readChosen(file, control.largest).then(set)} />;
    case 'drawing':
      return <PadView {...named} size={control.size} ink={value as Float32Array | null} onChange={set} />;
    case 'curve':
      return <CurveView {...named} shares={value as readonly number[]} onChange={set} />;
    case 'readout':
      return <ReadoutView label={words.maybe(`controls.${name}.label`)} text={value ? words.said(value as never) : ''} />;
    case 'picture': {
      const shown = value as Shown | null;
      return <PictureView label={label} shown={shown} said={shown ? words.said(shown.said) : ''} />;
    }
  }
}
