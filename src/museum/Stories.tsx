// Runs the story of the open room, with or without pictures, and fetches the other rooms ahead.
import { useEffect } from 'react';
import type { Controls } from '../controls';
import { freshFor } from '../kit/fresh';
import { useEngine } from '../kit/useEngine';
import { choose, useVisit } from '../visit';
import { fetchAhead, useRoomChunk } from './chunks';
import { Guard } from './Guard';
import { rooms } from './rooms';

export default function Stories() {
  const engine = useEngine();
  const room = useVisit((v) => v.room);
  const visit = useVisit((v) => v.visit);
  const pictures = useVisit((v) => v.pictures);
  useEffect(() => engine.attend(room), [engine, room]);
  useEffect(() => fetchAhead(engine, pictures), [engine, pictures]);
  return <Story key={`${room} ${visit}`} name={room} visit={visit} />;
}

function Story({ name, visit }: { readonly name: string; readonly visit: number }) {
  const Chunk = useRoomChunk(name, 'story');
  const controls = rooms.find((room) => room.name === name)?.controls;
  if (!Chunk) return null;
  return (
    <Guard onBreak={() => choose({ broken: name })}>
      {controls && <Fresh controls={controls} visit={visit} />}
      <Chunk visit={visit} />
    </Guard>
  );
}

/** Stands before the story, whose effects must find the controls as new. */
function Fresh({ controls, visit }: { readonly controls: Controls; readonly visit: number }) {
  useEffect(() => freshFor(controls, visit), [controls, visit]);
  return null;
}
