// The operator's panel: every room's controls and the visit, in leva, from the same data as the rooms themselves.
import { Leva, useControls } from 'leva';
import { useEffect } from 'react';
import { rooms, type FoundRoom } from '../../museum/rooms';
import { useRoomWords, useWords } from '../../text';
import { choose, goTo, languages, levels, useVisit, type Visit } from '../../visit';
import { wordsOf } from '../twin/words';
import { schemaOf, shownIn } from './schema';

export default function Operator() {
  const words = useWords();
  return (
    <>
      <Leva titleBar={{ title: words('operator.title'), filter: true }} oneLineLabels={false} />
      <VisitPanel />
      {rooms.map((room) => (
        <RoomPanel key={room.name} room={room} />
      ))}
    </>
  );
}

const choices = {
  language: languages,
  level: levels,
  volume: [0, 1],
  captions: [],
  motion: ['full', 'reduced'],
  contrast: ['normal', 'high'],
  quality: ['auto', 'low', 'medium', 'high'],
} as const satisfies Partial<Record<keyof Visit, readonly (string | number)[]>>;
const names = Object.keys(choices) as (keyof typeof choices)[];
const chosen = (visit: Visit) => Object.fromEntries(names.map((name) => [name, visit[name]]));

function VisitPanel() {
  const [, set] = useControls('visit', () => {
    const visit = useVisit.getState();
    const entry = (name: keyof typeof choices) => {
      const onChange = (value: unknown, _path: string, { fromPanel }: { fromPanel: boolean }) =>
        fromPanel && choose({ [name]: value } as Partial<Visit>);
      if (name === 'volume') return { value: visit.volume, min: 0, max: 1, step: 0.05, onChange };
      if (name === 'captions') return { value: visit.captions, onChange };
      return { value: visit[name], options: [...choices[name]], onChange };
    };
    return {
      room: {
        value: visit.room,
        options: rooms.map(({ name }) => name),
        onChange: (room: string, _path: string, { fromPanel }: { fromPanel: boolean }) => fromPanel && goTo(room),
      },
      ...Object.fromEntries(names.map((name) => [name, entry(name)])),
    };
  });
  useEffect(() => useVisit.subscribe((visit) => set({ room: visit.room, ...chosen(visit) })), [set]);
  return null;
}

function RoomPanel({ room }: { room: FoundRoom }) {
  const words = useRoomWords(room.name);
  const language = useVisit((v) => v.language);
  const [, set] = useControls(room.name, () => schemaOf(room.controls, wordsOf(words)), { collapsed: true }, [language]);
  useEffect(() => {
    const shown = shownIn(room.controls);
    return room.controls.useValues.subscribe((values, before) => {
      const changed = shown.filter((name) => values[name] !== before[name]);
      if (changed.length) set(Object.fromEntries(changed.map((name) => [name, values[name]])) as never);
    });
  }, [room, set]);
  return null;
}
