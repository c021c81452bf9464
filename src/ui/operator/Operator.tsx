// The operator's panel: how the museum is, the visit, and every room's controls, in leva, from the same data as the rooms themselves.
import { Leva, useControls } from 'leva';
import { useEffect } from 'react';
import { rooms, type FoundRoom } from '../../museum/rooms';
import { useLoaded, useRoomWords, useWords } from '../../text';
import { wordsOf } from '../twin/words';
import { schemaOf, shownIn } from './schema';
import { State } from './State';
import { VisitPanel } from './VisitPanel';

/** Letters that can be read from a step away, and room for sentences. */
const theme = {
  colors: { highlight1: '#c3c8d6', highlight2: '#e3e6ee', highlight3: '#ffffff' },
  fontSizes: { root: '12px' },
  sizes: { controlWidth: '195px' },
};

/** Leva takes a dot in a folder's name for a folder within it. */
const folderName = (name: string) => name.replaceAll('.', '');

export default function Operator() {
  const words = useWords();
  return (
    <aside className="operator" aria-label={words('operator.title')}>
      <Leva fill theme={theme} titleBar={{ title: words('operator.title'), filter: true, drag: false }} oneLineLabels={false} />
      <State />
      <VisitPanel />
      {rooms.map((room) => (
        <RoomPanel key={room.name} room={room} />
      ))}
    </aside>
  );
}

function RoomPanel({ room }: { room: FoundRoom }) {
  const words = useRoomWords(room.name);
  const language = useLoaded((l) => l.language);
  const name = folderName(`${room.number} ${words('title')}`);
  const [, set] = useControls(name, () => schemaOf(room.controls, wordsOf(words)), { collapsed: true, order: room.number }, [language]);
  useEffect(() => {
    const shown = shownIn(room.controls);
    return room.controls.useValues.subscribe((values, before) => {
      const changed = shown.filter((name) => values[name] !== before[name]);
      if (changed.length) set(Object.fromEntries(changed.map((name) => [name, values[name]])) as never);
    });
  }, [room, set]);
  return null;
}
