// The route for the time that a visitor has: which stops, in their order, and which is next.
import type { Room, Stop } from './contract';

export interface Station {
  readonly room: string;
  readonly stop: string;
  readonly at: Stop['at'];
}

export const nameOf = ({ room, stop }: Pick<Station, 'room' | 'stop'>) => `${room}/${stop}`;

/** The stops that fit into so many minutes; the doors are passed anyway. None for 0 minutes. */
export const routeFor = (minutes: number, rooms: readonly Room[]): Station[] =>
  rooms.flatMap(({ name, stops }) =>
    stops
      .slice(1)
      .filter(({ route = 60 }) => route <= minutes)
      .map(({ name: stop, at }) => ({ room: name, stop, at })),
  );

/** The first stop after the furthest one that was reached; undefined at the end. */
export function nextOf(route: readonly Station[], reached: readonly string[]): Station | undefined {
  return route[route.findLastIndex((station) => reached.includes(nameOf(station))) + 1];
}
