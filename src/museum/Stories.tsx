// Runs the story of the open room, with or without pictures, and fetches the other rooms ahead.
import { Suspense, useEffect } from 'react';
import { useEngine } from '../kit/useEngine';
import { useVisit } from '../visit';
import { Guard } from './Guard';
import { fetchAhead, partOf, useTries } from './parts';

export default function Stories() {
  const engine = useEngine();
  const room = useVisit((v) => v.room);
  const visit = useVisit((v) => v.visit);
  const pictures = useVisit((v) => v.pictures);
  useEffect(() => engine.attend(room), [engine, room]);
  useEffect(() => fetchAhead(engine, pictures ? 'both' : 'story'), [engine, pictures]);
  return <Story key={room} name={room} visit={visit} />;
}

function Story({ name, visit }: { readonly name: string; readonly visit: number }) {
  const { tries, onBreak } = useTries(name, 'story');
  const Part = partOf(name, 'story');
  return (
    <Guard key={`${visit} ${tries}`} onBreak={onBreak}>
      <Suspense>{Part && <Part visit={visit} />}</Suspense>
    </Guard>
  );
}
