// Fields with a role, a name and a state: one of several, how much, on or off. Settings and twin are made of them.
import { useId, type ReactNode } from 'react';

interface Named {
  readonly label: string;
  readonly hint?: string | undefined;
}

export interface Option {
  readonly value: string;
  readonly label: string;
  /** Language of the label where it is another than the page's. */
  readonly lang?: string;
}

export function Options(props: Named & { options: readonly Option[]; value: string; onChange: (value: string) => void }) {
  const id = useId();
  return (
    <fieldset className="field" role="radiogroup" aria-labelledby={`${id}-l`} aria-describedby={props.hint ? `${id}-h` : undefined}>
      <legend id={`${id}-l`}>{props.label}</legend>
      <Hint id={`${id}-h`}>{props.hint}</Hint>
      <div className="pills">
        {props.options.map(({ value, label, lang }) => (
          <label className="pill" key={value}>
            <input type="radio" name={id} value={value} checked={props.value === value} onChange={() => props.onChange(value)} />
            <span lang={lang}>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export interface Range {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

export function Slide(props: Named & Range & { value: number; spoken: string; onChange: (value: number) => void }) {
  const id = useId();
  return (
    <div className="field">
      <div className="field-row">
        <label htmlFor={id}>{props.label}</label>
        {/* The slider speaks for itself. */}
        <output htmlFor={id} aria-live="off">
          {props.spoken}
        </output>
      </div>
      <Hint id={`${id}-h`}>{props.hint}</Hint>
      <input
        id={id}
        type="range"
        min={props.from}
        max={props.to}
        step={props.step}
        value={props.value}
        aria-valuetext={props.spoken}
        aria-describedby={props.hint ? `${id}-h` : undefined}
        onChange={(event) => props.onChange(event.target.valueAsNumber)}
      />
    </div>
  );
}

export function Switch(props: Named & { on: boolean; onChange: (on: boolean) => void }) {
  const id = useId();
  return (
    <div className="field">
      <button
        type="button"
        className="switch"
        role="switch"
        aria-checked={props.on}
        aria-describedby={props.hint ? `${id}-h` : undefined}
        onClick={() => props.onChange(!props.on)}
      >
        <span>{props.label}</span>
        <span className="track" aria-hidden="true" />
      </button>
      <Hint id={`${id}-h`}>{props.hint}</Hint>
    </div>
  );
}

export function Hint({ id, children }: { id?: string; children: ReactNode }) {
  return children ? (
    <p className="hint" id={id}>
      {children}
    </p>
  ) : null;
}
