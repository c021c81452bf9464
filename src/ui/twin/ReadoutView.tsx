// A sentence that the room says about itself: shown at once, spoken when it has settled, so that a running count does not talk without end.
import { useEffect, useRef, useState } from 'react';
import { useVisit } from '../../visit';

/** Spoken after so long a rest, and while it does not rest once in a longer time; ms. */
const [rest, longest] = [900, 6000];

/** `text` once it has rested; while it keeps changing, now and then. The last one always arrives. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  const spoken = useRef(0);
  useEffect(() => {
    const now = performance.now();
    const timer = setTimeout(
      () => {
        spoken.current = performance.now();
        setSettled(text);
      },
      Math.min(rest, Math.max(0, (spoken.current || now) + longest - now)),
    );
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

export function ReadoutView({ label, text }: { label: string | undefined; text: string }) {
  const language = useVisit((v) => v.language);
  const level = useVisit((v) => v.level);
  return (
    <div className="readout">
      {label && text && <span className="readout-label">{label}</span>}
      <p aria-hidden="true">{text}</p>
      {/* A new one in new words: what was said before is not said again. */}
      <Spoken key={`${language} ${level}`} text={text} />
    </div>
  );
}

function Spoken({ text }: { text: string }) {
  return (
    <p role="status" aria-live="polite" className="unseen">
      {useSettled(text)}
    </p>
  );
}
