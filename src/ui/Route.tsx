// The chosen route as a list of its stops, the next one marked; and the one press that leads there.
import type { MouseEvent } from 'react';
import { rooms } from '../museum/rooms';
import { nameOf, type Station } from '../museum/route';
import { useRoomWords, useWords } from '../text';
import { goTo } from '../visit';
import { addressOf } from './address';
import { useRoute } from './useRoute';

/** All stops, for the words. */
export function Route() {
  const words = useWords();
  const { route, next } = useRoute();
  if (route.length === 0) return null;
  return (
    <nav className="route" aria-label={words('plan.route')}>
      <h3>{words('plan.route')}</h3>
      <ol>
        {route.map((station) => (
          <Stop key={nameOf(station)} station={station} isNext={station === next} />
        ))}
      </ol>
    </nav>
  );
}

function useTitle({ room, stop }: Station): string {
  const words = useRoomWords(room);
  return `${rooms.find(({ name }) => name === room)?.number ?? ''} · ${words(`stops.${stop}.title`)}`;
}

function Stop({ station, isNext }: { station: Station; isNext: boolean }) {
  const words = useWords();
  const title = useTitle(station);
  const go = (event: MouseEvent) => {
    // The address follows the jump; the link itself would jump again.
    event.preventDefault();
    goTo(station.room, station.stop);
  };
  return (
    <li>
      <a href={addressOf(station.room, station.stop)} aria-current={isNext ? 'step' : undefined} onClick={go}>
        {isNext ? words('plan.next', { stop: title }) : title}
      </a>
    </li>
  );
}

/** The next stop alone, for the floor plan. */
export function NextStop() {
  const words = useWords();
  const { route, next } = useRoute();
  if (route.length === 0) return null;
  return next ? (
    <ol className="route next-stop">
      <Stop station={next} isNext />
    </ol>
  ) : (
    <p className="route next-stop">{words('plan.done')}</p>
  );
}
