// Runs the story of the open room, with or without pictures.
import { lazy, Suspense, useEffect, type ComponentType } from 'react';
import { useEngine } from '../kit/useEngine';
import { choose, useVisit } from '../visit';
import type { RoomProps } from './contract';
import { Guard } from './Guard';
import { rooms } from './rooms';

const stories: Readonly<Record<string, ComponentType<RoomProps>>> = Object.fromEntries(rooms.map(({ name, story }) => [name, lazy(story)]));

export default function Stories() {
  const engine = useEngine();
  const room = useVisit((v) => v.room);
  const visit = useVisit((v) => v.visit);
  useEffect(() => engine.attend(room), [engine, room]);
  const Story = stories[room];
  return (
    <Guard key={`${room} ${visit}`} onBreak={() => choose({ broken: room })}>
      <Suspense>{Story && <Story visit={visit} />}</Suspense>
    </Guard>
  );
}
