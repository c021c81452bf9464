// The floor plan on the left: where one is, and the way to any room.
import { useEffect, useState, type CSSProperties } from 'react';
import type { FoundRoom } from '../museum/rooms';
import { useRoomWords, useWords } from '../text';
import { goTo, useVisit } from '../visit';
import { Icon } from './Icon';
import { Ring } from './Ring';
import { NextStop } from './Route';
import { useGesture } from './useGesture';

export function Plan({ rooms }: { rooms: readonly FoundRoom[] }) {
  const words = useWords();
  const here = useVisit((v) => v.room);
  const title = useRoomWords(here)('title');
  const [isOpen, setOpen] = useState(false);
  const tap = useGesture();
  const jump = useVisit((v) => v.jump);
  // Whoever has jumped wants to see where to.
  useEffect(() => setOpen(false), [jump]);
  return (
    <header className={`plan panel${isOpen ? ' open' : ''}`}>
      <h1 onClick={tap}>{words('museum.name')}</h1>
      <button
        type="button"
        className="plan-toggle"
        aria-expanded={isOpen}
        aria-controls="plan"
        aria-label={words(isOpen ? 'plan.close' : 'plan.open', { room: title })}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name={isOpen ? 'close' : 'plan'} />
        <span aria-hidden="true">{title}</span>
      </button>
      <nav id="plan" className="plan-body" aria-label={words('plan.title')}>
        <Ring rooms={rooms} label={words('plan.drawing', { room: title })} />
        <NextStop />
        <ol>
          {rooms.map((room) => (
            <RoomButton key={room.name} room={room} isHere={room.name === here} />
          ))}
        </ol>
      </nav>
    </header>
  );
}

function RoomButton({ room, isHere }: { room: FoundRoom; isHere: boolean }) {
  const title = useRoomWords(room.name)('title');
  return (
    <li className="hued" style={{ '--hue': room.hue } as CSSProperties}>
      <button type="button" className="room" aria-current={isHere ? 'location' : undefined} onClick={() => goTo(room.name)}>
        <span className="room-number">{room.number}</span>
        <span>{title}</span>
      </button>
    </li>
  );
}
