// The parts of rooms that are fetched: when they are needed, ahead of it when nothing else goes on, and again after a failure.
import { lazy, useCallback, useEffect, useState, type ComponentType } from 'react';
import type { Engine } from '../engine';
import { choose, useVisit } from '../visit';
import type { RoomProps } from './contract';
import { rooms, type FoundRoom } from './rooms';

type Part = 'story' | 'scene';
interface Fetched {
  readonly component: ComponentType<RoomProps>;
  hasFailed: boolean;
}
const fetched = new Map<string, Fetched>();

/** A part as a component that suspends until it is here; one that did not come is asked for anew. */
export function partOf(name: string, part: Part): ComponentType<RoomProps> | undefined {
  const room = rooms.find((one) => one.name === name);
  if (!room) return undefined;
  const key = `${name} ${part}`;
  const known = fetched.get(key);
  if (known && !known.hasFailed) return known.component;
  const component = lazy(() =>
    room[part]().catch((why: unknown) => {
      made.hasFailed = true;
      throw why;
    }),
  );
  const made: Fetched = { component, hasFailed: false };
  fetched.set(key, made);
  return component;
}

const hasFailed = (name: string, part: Part) => fetched.get(`${name} ${part}`)?.hasFailed === true;
/** Time until a part that did not come is asked for again, ms. */
const pause = 10_000;

/** For the guard around a part: a key that changes when it is tried again, and what to do when it breaks. */
export function useTries(name: string, part: Part): { tries: number; onBreak: () => void } {
  const [tries, setTries] = useState(0);
  const [isWaiting, setWaiting] = useState(false);
  const onBreak = useCallback(() => {
    choose({ broken: name });
    // A part that is here and breaks would break again.
    setWaiting(hasFailed(name, part));
  }, [name, part]);
  useEffect(() => {
    if (!isWaiting) return;
    const again = () => {
      setWaiting(false);
      setTries((count) => count + 1);
      if (useVisit.getState().broken === name) choose({ broken: '' });
    };
    const timer = setTimeout(again, pause);
    addEventListener('online', again);
    return () => {
      clearTimeout(timer);
      removeEventListener('online', again);
    };
  }, [isWaiting, name]);
  return { tries, onBreak };
}

/** Quiet time before anything is fetched ahead, ms: the first dream goes first. */
const patience = 6000;

/** Fetches every room and its models one after the other, so that no door is waited at, and none is shut when the network goes. */
export function fetchAhead(engine: Engine, part: Part | 'both'): () => void {
  let isWanted = !(navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
  const fetchRoom = async ({ story, scene, needs }: FoundRoom) => {
    await story();
    if (part === 'both') await scene();
    for (const model of needs.models) if (isWanted) await engine.load(model).result;
  };
  const fetchAll = async () => {
    // What fails here is said when it is needed.
    for (const room of rooms) if (isWanted) await fetchRoom(room).catch(() => undefined);
  };
  const timer = setTimeout(() => void fetchAll(), patience);
  return () => {
    isWanted = false;
    clearTimeout(timer);
  };
}
