// The address mirrors the visit: a new room is a new entry of the back button, a new stop replaces it.
import type { Room } from '../museum/contract';
import { choose, goTo, readAddress, useVisit } from '../visit';

export const addressOf = (room: string, stop = '') => `#/${room}${stop ? `/${stop}` : ''}`;

/** Room and stop of an address if both are there; 'unknown' otherwise; undefined for the bare address. */
export function placeAt(hash: string, rooms: readonly Room[]): { room: string; stop: string } | 'unknown' | undefined {
  const asked = readAddress(hash);
  if (!asked) return undefined;
  const room = rooms.find(({ name }) => name === asked.room);
  const known = room && (asked.stop === '' || room.stops.some(({ name }) => name === asked.stop));
  return known ? asked : 'unknown';
}

/** Follows the address once. */
function follow(rooms: readonly Room[]) {
  const place = placeAt(location.hash, rooms);
  const lobby = rooms[0]?.name ?? '';
  if (place === 'unknown') {
    goTo(lobby);
    choose({ lost: true });
  } else {
    const { room, stop } = place ?? { room: lobby, stop: '' };
    const visit = useVisit.getState();
    if (visit.room !== room || visit.stop !== stop || visit.lost) goTo(room, stop);
  }
}

/** Keeps address and visit together from now on; returns the function that stops it. */
export function mirrorAddress(rooms: readonly Room[]): () => void {
  const isHere = () => location.hash === addressOf(useVisit.getState().room, useVisit.getState().stop);
  const replace = () => history.replaceState(null, '', addressOf(useVisit.getState().room, useVisit.getState().stop));
  const arrive = () => {
    follow(rooms);
    if (!isHere()) replace();
  };
  arrive();
  const stop = useVisit.subscribe((now, before) => {
    if (isHere()) return;
    if (now.room !== before.room) history.pushState(null, '', addressOf(now.room, now.stop));
    else if (now.stop !== before.stop) replace();
  });
  addEventListener('popstate', arrive);
  return () => {
    stop();
    removeEventListener('popstate', arrive);
  };
}
