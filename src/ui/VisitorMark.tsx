// The visitor on the floor plan: follows them in the frame, and says nothing of it to React.
import { useEffect, useRef } from 'react';

export function VisitorMark() {
  const mark = useRef<SVGGElement>(null);
  useEffect(() => {
    let frame = 0;
    let open = true;
    // The building comes later than the plan; with it comes where the visitor stands.
    void import('../museum/visitor').then(({ visitor }) => {
      const follow = () => {
        if (!open) return;
        const { at, yaw } = visitor;
        const turn = (-yaw * 180) / Math.PI;
        mark.current?.setAttribute('transform', `translate(${at.x.toFixed(2)} ${at.z.toFixed(2)}) rotate(${turn.toFixed(1)})`);
        frame = requestAnimationFrame(follow);
      };
      follow();
    });
    return () => {
      open = false;
      cancelAnimationFrame(frame);
    };
  }, []);
  return (
    <g ref={mark} className="ring-visitor">
      <path d="M0 -1.9 L1.3 1.5 L0 0.8 L-1.3 1.5 Z" />
    </g>
  );
}
