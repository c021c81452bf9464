// The visitor's route: its stops, the next one, and what was reached on foot.
import { useEffect, useMemo } from 'react';
import { toRoom } from '../museum/ring';
import { ring } from '../museum/plan';
import { nameOf, nextOf, routeFor } from '../museum/route';
import { rooms } from '../museum/rooms';
import { reach, useVisit } from '../visit';

/** Metres to a stop at which it counts as reached, and milliseconds between two looks. */
const [near, pause] = [1.3, 500];

export function useRoute() {
  const minutes = useVisit((v) => v.route);
  const reached = useVisit((v) => v.reached);
  const route = useMemo(() => routeFor(minutes, rooms), [minutes]);
  return { route, next: nextOf(route, reached) };
}

/** Notices stops that the visitor walks to; mounted once. */
export function useFootsteps(): void {
  const minutes = useVisit((v) => v.route);
  const pictures = useVisit((v) => v.pictures);
  useEffect(() => {
    if (!pictures || minutes === 0) return;
    let isOpen = true;
    let timer: ReturnType<typeof setInterval> | undefined;
    const route = routeFor(minutes, rooms);
    void import('../museum/visitor').then(({ visitor }) => {
      if (!isOpen) return;
      timer = setInterval(() => {
        for (const station of route) {
          const place = ring.places.find(({ name }) => name === station.room);
          const [x, z] = place ? toRoom(place, [visitor.at.x, visitor.at.z]) : [Infinity, 0];
          if (Math.hypot(x - station.at[0], z - station.at[1]) < near) reach(nameOf(station));
        }
      }, pause);
    });
    return () => {
      isOpen = false;
      clearInterval(timer);
    };
  }, [minutes, pictures]);
}
