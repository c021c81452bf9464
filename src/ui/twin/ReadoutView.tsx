// A sentence that the room says about itself; spoken when it has settled, so that a running count does not talk without end.
import { useEffect, useRef, useState } from 'react';

const pause = 900;

/** `text`, but at most once in `pause` milliseconds; the last one always arrives. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  const last = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, last.current + pause - performance.now());
    const timer = setTimeout(() => {
      last.current = performance.now();
      setSettled(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

export function ReadoutView({ label, text }: { label: string | undefined; text: string }) {
  const settled = useSettled(text);
  return (
    <div className="readout">
      {label && settled && <span className="readout-label">{label}</span>}
      <p role="status" aria-live="polite">
        {settled}
      </p>
    </div>
  );
}
