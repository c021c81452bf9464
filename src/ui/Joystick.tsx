// The round stick for walking on a touch screen; keyboards and screen readers have better ways.
import { useRef, useState, type PointerEvent } from 'react';
import { input } from '../museum/input';

export function Joystick() {
  const base = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState({ x: 0, y: 0 });
  const put = (x: number, y: number) => {
    const length = Math.max(1, Math.hypot(x, y));
    const next = { x: x / length, y: y / length };
    input.stick.x = next.x;
    input.stick.y = -next.y;
    setAt(next);
  };
  const follow = (event: PointerEvent) => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    else if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = base.current!.getBoundingClientRect();
    put(((event.clientX - box.left) / box.width) * 2 - 1, ((event.clientY - box.top) / box.height) * 2 - 1);
  };
  const rest = () => put(0, 0);
  return (
    <div
      ref={base}
      className="joystick"
      aria-hidden="true"
      onPointerDown={follow}
      onPointerMove={follow}
      onPointerUp={rest}
      onPointerCancel={rest}
      onLostPointerCapture={rest}
    >
      <div style={{ transform: `translate(${at.x * 60}%, ${at.y * 60}%)` }} />
    </div>
  );
}
