// A room's controls as at first, whenever the visitor has asked for a new start; walking out and in again keeps them.
import type { Controls } from '../controls';

const seen = new Map<string, number>();

/** To be called before a room's story opens, with the visit that counts the new starts. */
export function freshFor({ room, reset }: Pick<Controls, 'room' | 'reset'>, visit: number): void {
  if ((seen.get(room) ?? 0) !== visit) reset();
  seen.set(room, visit);
}
