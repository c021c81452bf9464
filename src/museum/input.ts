// What hands ask of the visitor's feet and head: keys, drags and the joystick, gathered here and spent in each frame.

export const input = {
  /** Keys held, by `KeyboardEvent.code`. */
  held: new Set<string>(),
  /** Joystick, each -1 to 1: right and forward. */
  stick: { x: 0, y: 0 },
  /** Radians to turn since the last frame: to the left, and up. */
  turn: 0,
  tilt: 0,
};

const axis = (plus: readonly string[], minus: readonly string[]) =>
  (plus.some((key) => input.held.has(key)) ? 1 : 0) - (minus.some((key) => input.held.has(key)) ? 1 : 0);

/** Steps asked for: right and forward, length at most 1, and the turn by keys (-1 to 1). */
export function wish(): { right: number; forward: number; turn: number; fast: boolean } {
  const right = axis(['KeyD'], ['KeyA']) + input.stick.x;
  const forward = axis(['KeyW', 'ArrowUp'], ['KeyS', 'ArrowDown']) + input.stick.y;
  const length = Math.max(1, Math.hypot(right, forward));
  return {
    right: right / length,
    forward: forward / length,
    turn: axis(['KeyQ', 'ArrowLeft'], ['KeyE', 'ArrowRight']),
    fast: input.held.has('ShiftLeft') || input.held.has('ShiftRight'),
  };
}

const writes = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.closest('input, textarea, select, [contenteditable], [role=slider], [role=radiogroup], [role=grid], .twin, .sheet, dialog') !==
    null;

/** Listens to keys and to drags on the picture; returns the function that stops it. */
export function listen(picture: HTMLElement, isGripped: () => boolean): () => void {
  let dragged: { id: number; x: number; y: number } | undefined;
  const down = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return;
    input.held.add(event.code);
    if (event.code.startsWith('Arrow') && (event.target === document.body || event.target === picture)) event.preventDefault();
  };
  const up = (event: KeyboardEvent) => input.held.delete(event.code);
  const rest = () => {
    input.held.clear();
    input.stick.x = input.stick.y = 0;
  };
  const press = (event: PointerEvent) => (dragged = { id: event.pointerId, x: event.clientX, y: event.clientY });
  const move = (event: PointerEvent) => {
    if (dragged?.id !== event.pointerId || isGripped()) return;
    const pace = event.pointerType === 'touch' ? 0.006 : 0.0042;
    input.turn += (event.clientX - dragged.x) * pace;
    input.tilt += (event.clientY - dragged.y) * pace;
    dragged = { id: event.pointerId, x: event.clientX, y: event.clientY };
  };
  const lift = () => (dragged = undefined);
  const stop = new AbortController();
  const { signal } = stop;
  addEventListener('keydown', down, { signal });
  addEventListener('keyup', up, { signal });
  addEventListener('blur', rest, { signal });
  picture.addEventListener('pointerdown', press, { signal });
  addEventListener('pointermove', move, { signal });
  addEventListener('pointerup', lift, { signal });
  addEventListener('pointercancel', lift, { signal });
  return () => {
    stop.abort();
    rest();
  };
}
