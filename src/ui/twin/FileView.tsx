// A file of the visitor's own device, chosen by the browser's own field.
import { useId } from 'react';
import { Hint } from '../fields';

interface Props {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly accept: string;
  readonly onChoose: (file: File) => void;
}

export function FileView({ label, hint, accept, onChoose }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Hint id={`${id}-h`}>{hint}</Hint>
      <input
        id={id}
        type="file"
        accept={accept}
        aria-describedby={hint ? `${id}-h` : undefined}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onChoose(file);
          // The same file may be chosen again.
          event.target.value = '';
        }}
      />
    </div>
  );
}
