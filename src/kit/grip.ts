// Who holds a lever, a slider or a pen now: as long as somebody does, dragging does not turn the visitor's head.
const held = new Set<number>();

export const grip = {
  hold: (pointer: number) => void held.add(pointer),
  release: (pointer: number) => void held.delete(pointer),
  isHeld: () => held.size > 0,
};

// A pointer may be lifted anywhere, also outside the picture.
if (typeof addEventListener === 'function') {
  const lift = (event: PointerEvent) => setTimeout(() => held.delete(event.pointerId));
  addEventListener('pointerup', lift);
  addEventListener('pointercancel', lift);
}
