// The rooms that exist: found by their folders, in the order of their numbers.
import type { Room } from './contract';

export interface FoundRoom extends Room {
  /** Its place on the ring, from the folder's name. */
  readonly number: number;
}

const found = import.meta.glob<Room>('/scenes/[0-9]*/room.ts', { eager: true, import: 'default' });

export const rooms: readonly FoundRoom[] = Object.entries(found)
  .map(([path, room]) => ({ ...room, number: Number(/scenes\/(\d+)/.exec(path)?.[1]) }))
  .sort((a, b) => a.number - b.number);
