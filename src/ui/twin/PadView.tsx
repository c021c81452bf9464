// A drawing pad for keyboard, mouse and finger: arrows move the pen, Space inks.
import { useEffect, useId, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useWords } from '../../text';
import { Hint } from '../fields';
import { paint } from '../paint';
import { inkedCells, moved, strokeOn, type Cell } from './pen';
import { penOf } from '../../kit/pen';

interface Props {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly size: number;
  readonly ink: Float32Array | null;
  readonly onChange: (ink: Float32Array | null) => void;
}

const scale = 8;

export function PadView({ label, hint, size, ink, onChange }: Props) {
  const words = useWords();
  const id = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<Cell | undefined>(undefined);
  const [pen, setPen] = useState<Cell>({ row: size >> 1, column: size >> 1 });
  const [isFocused, setFocused] = useState(false);
  const count = ink ? inkedCells(ink) : 0;

  useEffect(() => {
    const context = canvas.current && penOf(canvas.current);
    if (!context) return;
    const values = ink ? Float32Array.from(ink, (v) => v * 2 - 1) : new Float32Array(size * size).fill(-1);
    const small = document.createElement('canvas');
    paint(small, { values, height: size, width: size });
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, size * scale, size * scale);
    if (!isFocused) return;
    context.lineWidth = 2;
    context.strokeStyle = '#a0640a';
    context.strokeRect(pen.column * scale - 1, pen.row * scale - 1, scale + 2, scale + 2);
  }, [ink, size, pen, isFocused]);

  const draw = (from: Cell, to: Cell, rub = false) => onChange(strokeOn(ink, size, from, to, rub));

  const onKeyDown = (event: KeyboardEvent) => {
    const next = moved(pen, event.key, size);
    if (next) {
      if (event.shiftKey) draw(pen, next);
      setPen(next);
    } else if (event.key === ' ' || event.key === 'Enter') draw(pen, pen);
    else if (event.key === 'Delete' || event.key === 'Backspace') draw(pen, pen, true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const cellAt = (event: PointerEvent<HTMLCanvasElement>): Cell => {
    const box = event.currentTarget.getBoundingClientRect();
    const within = (share: number) => Math.min(size - 1, Math.max(0, Math.floor(share * size)));
    return { row: within((event.clientY - box.top) / box.height), column: within((event.clientX - box.left) / box.width) };
  };
  const onPointer = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    else if (!last.current) return;
    const cell = cellAt(event);
    draw(last.current ?? cell, cell);
    last.current = cell;
    setPen(cell);
  };
  const onLift = () => (last.current = undefined);

  const isInked = (ink?.[pen.row * size + pen.column] ?? 0) > 0.5;
  const where = words('twin.padWhere', {
    row: pen.row + 1,
    column: pen.column + 1,
    ink: words(isInked ? 'twin.inked' : 'twin.blank'),
    count,
    all: size * size,
  });
  return (
    <div className="field pad">
      <p id={`${id}-l`} className="field-name">
        {label}
      </p>
      <Hint>{hint}</Hint>
      <p id={`${id}-h`} className="hint">
        {words('twin.padHelp')}
      </p>
      <div
        className="pad-area"
        role="application"
        tabIndex={0}
        aria-labelledby={`${id}-l`}
        aria-describedby={`${id}-h`}
        aria-roledescription={words('twin.pad')}
        onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
      >
        <canvas
          ref={canvas}
          width={size * scale}
          height={size * scale}
          aria-hidden="true"
          onPointerDown={onPointer}
          onPointerMove={onPointer}
          onPointerUp={onLift}
          onPointerCancel={onLift}
        />
      </div>
      <p className="hint" role="status" aria-live="polite">
        {count === 0 && !isFocused ? words('twin.empty') : where}
      </p>
      <button type="button" className="pushed quiet" onClick={() => onChange(null)} disabled={!ink}>
        {words('twin.clear')}
      </button>
    </div>
  );
}
