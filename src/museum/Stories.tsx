// Runs the story of the open room, with or without pictures.
import { lazy, Suspense, useEffect, type ComponentType } from 'react';
import { useEngine } from '../kit/useEngine';
import { useVisit } from '../visit';
import type { RoomProps } from './contract';
import { rooms } from './rooms';

const stories: Readonly<Record<string, ComponentType<RoomProps>>> = Object.fromEntries(rooms.map(({ name, story }) => [name, lazy(story)]));

export default function Stories() {
  const engine = useEngine();
  const room = useVisit((v) => v.room);
  const visit = useVisit((v) => v.visit);
  useEffect(() => engine.attend(room), [engine, room]);
  const Story = stories[room];
  return <Suspense>{Story && <Story key={`${room} ${visit}`} visit={visit} />}</Suspense>;
}
