// A curve drawn by hand, as eight sliders: the share of signal left at equal parts of the way.
import { useId } from 'react';
import { useNumber, useWords } from '../../text';
import { Hint, Slide } from '../fields';

export const handles = 8;
/** Index in a curve of `length` points that a handle holds. */
export const indexOf = (handle: number, length: number) => Math.round((handle * (length - 1)) / (handles - 1));

/** The curve after one handle was moved: straight between handles, and never rising, for noise only grows. */
export function withHandle(shares: readonly number[], handle: number, share: number): number[] {
  const held = Array.from({ length: handles }, (_, i) => shares[indexOf(i, shares.length)] ?? 0);
  const kept = held.map((old, i) => (i === handle ? share : i < handle ? Math.max(old, share) : Math.min(old, share)));
  return shares.map((_, i) => {
    const place = (i * (handles - 1)) / (shares.length - 1);
    const left = Math.min(handles - 2, Math.floor(place));
    const [a, b] = [kept[left]!, kept[left + 1]!];
    return a + (b - a) * (place - left);
  });
}

interface Props {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly shares: readonly number[];
  readonly onChange: (shares: readonly number[]) => void;
}

export function CurveView({ label, hint, shares, onChange }: Props) {
  const words = useWords();
  const number = useNumber();
  const id = useId();
  const points = shares.map((share, i) => `${((i / (shares.length - 1)) * 100).toFixed(2)},${((1 - share) * 40).toFixed(2)}`);
  return (
    <fieldset className="field curve" aria-labelledby={id}>
      <legend id={id}>{label}</legend>
      <Hint>{hint}</Hint>
      <svg viewBox="-2 -2 104 44" aria-hidden="true">
        <polyline points={points.join(' ')} />
      </svg>
      {Array.from({ length: handles }, (_, handle) => {
        const share = shares[indexOf(handle, shares.length)] ?? 0;
        return (
          <Slide
            key={handle}
            label={words('twin.curvePoint', { time: number((100 * handle) / (handles - 1)) })}
            from={0.001}
            to={0.999}
            step={0.001}
            value={share}
            spoken={words('twin.percent', { value: number(share * 100, 1) })}
            onChange={(next) => onChange(withHandle(shares, handle, next))}
          />
        );
      })}
    </fieldset>
  );
}
