// The engine in React: given once at the top, jobs that cancel themselves, models on their way.
import { createContext, useContext, useEffect, useState, useSyncExternalStore, type DependencyList, type ReactNode } from 'react';
import type { DeviceReport, Engine, EngineErrorCode, Job } from '../engine';
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

export interface JobState<Step, Result> {
  readonly job: Job<Step, Result> | undefined;
  readonly state: 'idle' | 'running' | 'done' | 'failed';
  readonly result: Result | undefined;
  readonly error: EngineErrorCode | undefined;
}

const idle = { job: undefined, state: 'idle', result: undefined, error: undefined } as const;

/** Runs the job that `start` returns (undefined: none) until it ends, `deps` change or the component goes. Read `job.latest` in frames. */
export function useJob<Step, Result>(start: () => Job<Step, Result> | undefined, deps: DependencyList): JobState<Step, Result> {
  const [now, setNow] = useState<JobState<Step, Result>>(idle);
  useEffect(() => {
    const job = start();
    if (!job) return setNow(idle);
    let isMine = true;
    setNow({ job, state: 'running', result: undefined, error: undefined });
    job.result.then(
      (result) => isMine && setNow({ job, state: 'done', result, error: undefined }),
      (why: unknown) => isMine && setNow({ job, state: 'failed', result: undefined, error: codeOf(why) }),
    );
    return () => {
      isMine = false;
      job.cancel();
    };
    // The caller's list says when to start anew, as in useEffect.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, deps);
  return now;
}

/** Loads a model; `loaded` is the share of its bytes that has arrived. */
export function useModel(name: string): { state: 'running' | 'done' | 'failed'; loaded: number; error: EngineErrorCode | undefined } {
  const engine = useEngine();
  const { job, state, error } = useJob(() => engine.load(name), [engine, name]);
  const [loaded, setLoaded] = useState(0);
  useEffect(() => {
    if (!job || state !== 'running') return;
    const timer = setInterval(() => setLoaded(job.latest?.loaded ?? 0), 100);
    return () => clearInterval(timer);
  }, [job, state]);
  return { state: state === 'idle' ? 'running' : state, loaded: state === 'done' ? 1 : loaded, error };
}

/** What the engine says of this device, kept up to date. */
export function useReport(): DeviceReport {
  const engine = useEngine();
  return useSyncExternalStore((changed) => engine.onReport(changed), engine.report);
}
