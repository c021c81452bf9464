// The page's side of the engine: what it asks, and the report of all workers that have answered it.
import type { DeviceReport, Engine, NetworkPlan, Pixels, Progress, SamplerStep, Verdict } from '.';
import { EngineError } from './errors';
import { openWorker, type OpenLink } from './link';
import { startId, type BackendWish, type Memory, type Start } from './protocol';
import { supervise } from './supervisor';
import { openTrainings, type TrainingsPage } from './training/page';
import { files } from './wasm';

export interface EngineOptions {
  /** Address of the folder with a folder for each model. */
  readonly weights?: string;
  /** 'measured' chooses by self-test and time; a name forces that backend. */
  readonly backend?: BackendWish;
  readonly link?: OpenLink;
  readonly wasm?: Start['wasm'];
  /** May be broken on purpose; never in a release build. */
  readonly breakable?: boolean;
  /** Pauses, ms, before each new worker while one after the other dies. */
  readonly waits?: readonly number[];
}

/** Starts an engine. It answers at once; what fails, fails in the jobs, as EngineError. */
export function createEngine(options: EngineOptions = {}): Engine {
  const { weights = new URL('weights/', globalThis.document?.baseURI ?? 'http://localhost/').href, backend = 'measured' } = options;
  const { link = openWorker, wasm = files(), breakable = import.meta.env.MODE !== 'production', waits } = options;
  const reportTells = new Set<(report: DeviceReport) => void>();
  const lossTells = new Set<(what: 'device' | 'worker') => void>();
  let report: DeviceReport = { backend: undefined, reason: 'starting', trials: [], losses: 0, restarts: 0, gpuErrors: 0 };
  /** What the workers before the present one had counted. */
  let { losses, gpuErrors } = report;
  let attended = '';
  let trainings: TrainingsPage | undefined;
  let workers = 0;

  const setReport = (part: Partial<DeviceReport>) => {
    report = { ...report, ...part };
    for (const tell of reportTells) tell(report);
  };

  const { job, say, close } = supervise({
    openLink: link,
    waits,
    greet: () => [
      { kind: 'start', weights, wasm, backend, breakable, follows: workers++ > 0 },
      { kind: 'attend', room: attended },
      ...(trainings?.greet() ?? []),
    ],
    hear(message) {
      if (message.kind === 'checkpoint') trainings?.hear(message);
      else if (message.kind === 'lost') lossTells.forEach((tell) => tell('device'));
      else if (message.kind === 'failed' && message.id === startId) setReport({ backend: undefined, reason: 'failed' });
      else if (message.kind === 'report') {
        const { report: its } = message;
        setReport({ ...its, restarts: report.restarts, losses: losses + its.losses, gpuErrors: gpuErrors + its.gpuErrors });
      }
    },
    replaced() {
      ({ losses, gpuErrors } = report);
      setReport({ restarts: report.restarts + 1 });
      lossTells.forEach((tell) => tell('worker'));
    },
    gaveUp: () => setReport({ backend: undefined, reason: 'failed' }),
  });
  const { train, training, importModel } = (trainings = openTrainings({ job, say }));

  return {
    load: (model) => job<Progress, void>({ kind: 'load', model }),
    sample: (request) => job<SamplerStep, Pixels>({ kind: 'sample', request }),
    noise: (request) => job<never, Pixels>({ kind: 'noise', ...request }).result,
    classify: (images) => job<never, Verdict[]>({ kind: 'classify', images }).result,
    plan: (model) => job<never, NetworkPlan>({ kind: 'plan', model }).result,
    peek: (model, layer) => job<never, Pixels>({ kind: 'peek', model, layer }).result,
    train,
    training,
    importModel,
    exportModel: (model) => job<never, Uint8Array>({ kind: 'export', model }).result,
    memory: () => job<never, Memory>({ kind: 'memory' }).result,
    report: () => report,
    onReport(tell) {
      reportTells.add(tell);
      tell(report);
      return () => reportTells.delete(tell);
    },
    onLost(tell) {
      lossTells.add(tell);
      return () => lossTells.delete(tell);
    },
    attend(room) {
      attended = room;
      say({ kind: 'attend', room });
    },
    fault(what) {
      if (!breakable) throw new EngineError('bad-request', 'this build cannot be broken on purpose');
      say({ kind: 'fault', what });
    },
    close,
  };
}
