// The twin: the open room in words and plain controls, in the order of its stops. It drives the same store as the 3-D room.
import { useEffect, useRef, type ReactNode } from 'react';
import type { Room, Stop } from '../../museum/contract';
import { useRoomWords, useWords } from '../../text';
import { choose, useVisit } from '../../visit';
import { addressOf } from '../address';
import { ControlView } from './ControlView';
import { wordsOf } from './words';

/** `children`: what stands above the first stop. */
export function Twin({ room, children }: { room: Room; children?: ReactNode }) {
  const words = wordsOf(useRoomWords(room.name));
  const visit = useVisit((v) => v.visit);
  const title = words('title');
  // The address that the page opened with moves no focus.
  const opened = useRef(useVisit.getState().jump).current;
  useArrival(room.name);
  return (
    <article className="hued" aria-labelledby="twin-title" style={{ '--hue': room.hue } as React.CSSProperties}>
      <h2 id="twin-title" tabIndex={-1}>
        {title}
      </h2>
      <p className="promise">{words('promise')}</p>
      {children}
      {room.stops.map((stop) => (
        <StopView key={`${visit} ${stop.name}`} room={room} stop={stop} opened={opened} />
      ))}
    </article>
  );
}

/** Where the twin is the whole page, a new room begins at its heading. */
function useArrival(room: string) {
  const from = useRef(room);
  useEffect(() => {
    if (from.current === room) return;
    from.current = room;
    const { pictures, stop } = useVisit.getState();
    if (pictures || stop) return;
    scrollTo(0, 0);
    document.getElementById('twin-title')?.focus({ preventScroll: true });
  }, [room]);
}

/** On a small screen the words lie over the place that they lead to: they make room for it. */
const uncover = () => {
  if (matchMedia('(max-width: 700px)').matches) choose({ twin: false });
};

function StopView({ room, stop, opened }: { room: Room; stop: Stop; opened: number }) {
  const museum = useWords();
  const words = wordsOf(useRoomWords(room.name));
  const pictures = useVisit((v) => v.pictures);
  const here = useVisit((v) => v.stop === stop.name);
  const section = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const jump = useVisit((v) => (v.stop === stop.name ? v.jump : 0));
  // Opened beside the picture, the words begin where the visitor stands.
  const twin = useVisit((v) => v.twin);
  useEffect(() => {
    if (!jump || (pictures && !twin)) return;
    section.current?.scrollIntoView({ block: 'start' });
    // Where the words are all there is, whoever asked for this place goes on from here.
    if (!pictures && jump !== opened) heading.current?.focus({ preventScroll: true });
  }, [jump, pictures, opened, twin]);
  const title = words.maybe(`stops.${stop.name}.title`) ?? words('title');
  const text = words.maybe(`stops.${stop.name}.text`);
  const names = Object.entries(room.controls.list).filter(([, control]) => control.stop === stop.name);
  if (!text && names.length === 0) return null;
  const id = `twin-${stop.name}`;
  return (
    <section ref={section} className="stop" aria-labelledby={id} aria-current={here ? 'location' : undefined}>
      <div className="stop-head">
        <h3 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h3>
        {pictures && (
          <a
            className="quiet"
            href={addressOf(room.name, stop.name)}
            onClick={uncover}
            aria-label={museum('twin.goThere', { stop: title })}
          >
            ↗
          </a>
        )}
      </div>
      {text?.split('\n\n').map((part) => (
        <p key={part}>{part}</p>
      ))}
      {names.map(([name, control]) => (
        <ControlView key={name} controls={room.controls} name={name} control={control} />
      ))}
    </section>
  );
}
