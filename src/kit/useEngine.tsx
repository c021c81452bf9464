// The engine in React: given once at the top, models on their way.
import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { DeviceReport, Engine, EngineErrorCode } from '../engine';
import { codeOf } from './watch';

const EngineContext = createContext<Engine | undefined>(undefined);

export function EngineProvider({ engine, children }: { engine: Engine; children: ReactNode }) {
  return <EngineContext value={engine}>{children}</EngineContext>;
}

export function useEngine(): Engine {
  const engine = useContext(EngineContext);
  if (!engine) throw new Error('there is no engine above this component');
  return engine;
}

interface Arrival {
  readonly state: 'running' | 'done' | 'failed';
  /** Share of its bytes that has arrived. */
  readonly loaded: number;
  readonly error: EngineErrorCode | undefined;
}

const begun: Arrival = { state: 'running', loaded: 0, error: undefined };

/** Loads a model, until the component goes. */
export function useModel(name: string): Arrival {
  const engine = useEngine();
  const [now, setNow] = useState(begun);
  useEffect(() => {
    const job = engine.load(name);
    let isMine = true;
    const put = (next: Arrival) => isMine && setNow(next);
    put(begun);
    const look = () => {
      const loaded = job.latest?.loaded ?? 0;
      setNow((was) => (was.loaded === loaded ? was : { ...begun, loaded }));
    };
    const timer = setInterval(look, 100);
    job.result
      .then(
        () => put({ state: 'done', loaded: 1, error: undefined }),
        (why: unknown) => put({ state: 'failed', loaded: 0, error: codeOf(why) }),
      )
      .finally(() => clearInterval(timer));
    return () => {
      isMine = false;
      clearInterval(timer);
      job.cancel();
    };
  }, [engine, name]);
  return now;
}

/** What the engine says of this device, kept up to date. */
export function useReport(): DeviceReport {
  const engine = useEngine();
  return useSyncExternalStore((changed) => engine.onReport(changed), engine.report);
}
