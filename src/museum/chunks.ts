// The files of the museum that are fetched: when they are needed, ahead of it, and again and again where they did not come.
import { useEffect, type ComponentType } from 'react';
import { create } from 'zustand';
import type { Engine } from '../engine';
import { useVisit } from '../visit';
import type { RoomProps } from './contract';
import { rooms } from './rooms';

type Load<P> = () => Promise<{ default: ComponentType<P> }>;

interface Chunks {
  /** The component of each file that is here. */
  readonly here: Readonly<Record<string, ComponentType<never>>>;
  /** Files that did not come when they were last asked for. */
  readonly missing: readonly string[];
}
const useChunks = create<Chunks>()(() => ({ here: {}, missing: [] }));
const asked = new Map<string, Promise<void>>();

/** Time until a file that did not come is asked for again, ms. */
const pause = 10_000;

/** Fetches a file once; rejects, and may be asked again, where it does not come. */
function fetchChunk<P>(name: string, load: Load<P>): Promise<void> {
  const known = asked.get(name);
  if (known) return known;
  const isOther = (one: string) => one !== name;
  const fetched = load().then(
    ({ default: component }) =>
      useChunks.setState(({ here, missing }) => ({
        here: { ...here, [name]: component as ComponentType<never> },
        missing: missing.filter(isOther),
      })),
    (why: unknown) => {
      asked.delete(name);
      console.error('A file of the museum did not come', why);
      useChunks.setState(({ missing }) => ({ missing: [...missing.filter(isOther), name] }));
      throw why;
    },
  );
  asked.set(name, fetched);
  return fetched;
}

/** The component of a file, undefined until it is here; asks for it until it comes. */
export function useChunk<P>(name: string, load: Load<P> | undefined): ComponentType<P> | undefined {
  const isHere = useChunks((c) => name in c.here);
  useEffect(() => {
    if (isHere || !load) return;
    let isWanted = true;
    let timer: ReturnType<typeof setTimeout>;
    const ask = () => {
      clearTimeout(timer);
      fetchChunk(name, load).catch(() => {
        clearTimeout(timer);
        if (isWanted) timer = setTimeout(ask, pause);
      });
    };
    ask();
    addEventListener('online', ask);
    return () => {
      isWanted = false;
      clearTimeout(timer);
      removeEventListener('online', ask);
    };
  }, [isHere, name, load]);
  return useChunks((c) => c.here[name]) as ComponentType<P> | undefined;
}

const nameOf = (room: string, part: 'story' | 'scene') => `${room} ${part}`;

/** The story or the scene of a room. */
export const useRoomChunk = (room: string, part: 'story' | 'scene'): ComponentType<RoomProps> | undefined =>
  useChunk(nameOf(room, part), rooms.find(({ name }) => name === room)?.[part]);

/** Whether something that the visitor needs now did not come: of the building, or of the room that is open. */
export function useIsMissing(): boolean {
  const room = useVisit((v) => v.room);
  const pictures = useVisit((v) => v.pictures);
  const needed = ['stories', nameOf(room, 'story'), ...(pictures ? ['museum', nameOf(room, 'scene')] : [])];
  return useChunks((c) => c.missing.some((name) => needed.includes(name)));
}

/** Quiet time before anything is fetched ahead, ms: the first dream goes first. */
const patience = 6000;

/**
 * Fetches every room and its models one after the other, once the engine has found its place, so that no door is waited at,
 * and none is shut when the network goes. Returns the function that stops it.
 */
export function fetchAhead(engine: Engine, withScenes: boolean): () => void {
  let isWanted = !(navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const fetchAll = async () => {
    // Code first: it is small, and the engine may be long in making room for a model.
    const parts = [
      ...rooms.map(
        ({ name, story }) =>
          () =>
            fetchChunk(nameOf(name, 'story'), story),
      ),
      ...(withScenes ? rooms : []).map(
        ({ name, scene }) =>
          () =>
            fetchChunk(nameOf(name, 'scene'), scene),
      ),
      ...new Set(rooms.flatMap(({ needs }) => needs.models)),
    ];
    // What fails here is asked for again, and said, when it is needed.
    for (const part of parts) if (isWanted) await (typeof part === 'string' ? engine.load(part).result : part()).catch(() => undefined);
  };
  const stopReports = engine.onReport(({ backend, reason }) => {
    if (!timer && backend && reason !== 'starting') timer = setTimeout(() => void fetchAll(), patience);
  });
  return () => {
    isWanted = false;
    clearTimeout(timer);
    stopReports();
  };
}
