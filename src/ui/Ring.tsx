// The ring as a drawing, and the visitor in it.
import type { FoundRoom } from '../museum/rooms';

export function Ring({ rooms, label }: { rooms: readonly FoundRoom[]; label: string }) {
  return <svg viewBox="-10 -10 20 20" role="img" aria-label={label} data-rooms={rooms.length} />;
}
