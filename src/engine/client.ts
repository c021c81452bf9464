// The page's side of the engine: jobs, the report, and a new worker when the old one dies.
import type { DeviceReport, Engine, Job, Pixels, Progress, SamplerStep, Verdict } from '.';
import { checkNoise, checkPixels, checkSample } from './checks';
import { EngineError } from './errors';
import { openWorker, type Link, type OpenLink } from './link';
import type { Ask, BackendWish, Memory, Start, Tell } from './protocol';
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
}

/** An answer that is awaited. `ask` is sent again to a new worker. */
interface Open {
  readonly ask: Ask;
  latest: unknown;
  /** Workers that died while they had it. */
  deaths: number;
  /** The present worker has it, and has answered to it. */
  isPosted: boolean;
  isProven: boolean;
  resolve(result: unknown): void;
  reject(why: EngineError): void;
}

type Unnumbered = Ask extends infer A ? (A extends { id: number } ? Omit<A, 'id'> : never) : never;

/** A worker that has not answered for so long, ms, is taken for hung. */
const hung = 10_000;
const beat = 2000;
/** Workers that may die within `grace` ms before the engine gives up. */
const lives = 4;
const grace = 60_000;
/** Workers that may die under one job. */
const tries = 3;

/** Starts an engine. It answers at once; what fails, fails in the jobs, as EngineError. */
export function createEngine(options: EngineOptions = {}): Engine {
  const { weights = new URL('weights/', globalThis.document?.baseURI ?? 'http://localhost/').href, backend = 'measured' } = options;
  const { link: openLink = openWorker, wasm = files(), breakable = import.meta.env.MODE !== 'production' } = options;
  const open = new Map<number, Open>();
  const reportTells = new Set<(report: DeviceReport) => void>();
  const lossTells = new Set<(what: 'device' | 'worker') => void>();
  const deaths: number[] = [];
  let report: DeviceReport = { backend: undefined, reason: 'starting', trials: [], losses: 0, restarts: 0, gpuErrors: 0 };
  let attended = '';
  let next = 0;
  let starting = -1;
  let heard = Date.now();
  let beaten = heard;
  let closed = false;
  let link: Link | undefined;

  const setReport = (part: Partial<DeviceReport>) => {
    report = { ...report, ...part };
    for (const tell of reportTells) tell(report);
  };

  function connect(): void {
    heard = Date.now();
    let isMine = true;
    const mine = openLink({
      hear: (message) => isMine && hear(message),
      broke: (why) => isMine && restart(why),
    });
    link = { post: mine.post, close: () => ((isMine = false), mine.close()) };
    starting = next++;
    link.post({ id: starting, kind: 'start', weights, wasm, backend, breakable });
    link.post({ id: next++, kind: 'attend', room: attended });
  }

  function hear(message: Tell): void {
    heard = Date.now();
    if (message.kind === 'report') return setReport({ ...message.report, restarts: report.restarts });
    if (message.kind === 'lost') return lossTells.forEach((tell) => tell('device'));
    if (message.kind === 'failed' && message.id === starting) return setReport({ backend: undefined, reason: 'failed' });
    const job = open.get(message.id);
    if (!job) return;
    job.isProven = true;
    if (message.kind === 'loaded') job.latest = { loaded: message.share } satisfies Progress;
    else if (message.kind === 'step') job.latest = message.step;
    else {
      open.delete(message.id);
      if (message.kind === 'done') job.resolve(message.result);
      else job.reject(new EngineError(message.code, message.detail));
    }
    postNext();
  }

  /** Gives a new worker the old one's jobs one after the other: the one that kills it shows itself. */
  function postNext(): void {
    const jobs = [...open.values()];
    if (jobs.some(({ isPosted, isProven }) => isPosted && !isProven)) return;
    const next = jobs.find(({ isPosted }) => !isPosted);
    if (!next) return;
    next.isPosted = true;
    link?.post(next.ask);
  }

  /** A new worker takes over every open job; runs begin anew from their seed. */
  function restart(why: string): void {
    if (closed) return;
    console.warn('engine: worker replaced,', why);
    link?.close();
    const now = Date.now();
    deaths.push(now);
    if (deaths.filter((at) => now - at < grace).length >= lives) {
      closed = true;
      for (const job of open.values()) job.reject(new EngineError('worker-lost', why));
      open.clear();
      return setReport({ backend: undefined, reason: 'failed' });
    }
    connect();
    setReport({ restarts: report.restarts + 1 });
    for (const [id, job] of open) {
      if (job.isPosted) job.deaths++;
      job.isPosted = job.isProven = false;
      // A job that kills every worker must not take the others with it.
      if (job.deaths >= tries && open.delete(id)) job.reject(new EngineError('worker-lost', why));
    }
    postNext();
    for (const tell of lossTells) tell('worker');
  }

  const watchdog = setInterval(() => {
    const now = Date.now();
    // A page that slept, or was hidden, has heard nothing either.
    if (closed || open.size === 0 || pageIsHidden() || now - beaten > 2 * beat) heard = now;
    beaten = now;
    if (now - heard > hung) return restart('no answer for 10 s');
    link?.post({ id: -1, kind: 'ping' });
  }, beat);
  (watchdog as { unref?: () => void }).unref?.();

  function job<Step, Result>(ask: Unnumbered, check: () => void = () => undefined): Job<Step, Result> {
    const id = next++;
    const whole = { ...ask, id } as Ask;
    let entry!: Open;
    const result = new Promise<Result>((resolve, reject) => {
      entry = {
        ask: whole,
        latest: undefined,
        deaths: 0,
        isPosted: true,
        isProven: false,
        resolve: resolve as (result: unknown) => void,
        reject,
      };
    });
    // Those who only look at `latest` need not handle the end.
    result.catch(() => undefined);
    try {
      if (closed) throw new EngineError('worker-lost', 'the engine is closed');
      check();
      if (open.size === 0) heard = Date.now();
      open.set(id, entry);
      link?.post(whole);
    } catch (why) {
      open.delete(id);
      entry.reject(why instanceof EngineError ? why : new EngineError('bad-request', String(why)));
    }
    return {
      get latest() {
        return entry.latest as Step | undefined;
      },
      result,
      cancel() {
        if (!open.delete(id)) return;
        link?.post({ id: -1, kind: 'cancel', job: id });
        entry.reject(new EngineError('cancelled', 'by the page'));
      },
    };
  }

  connect();
  return {
    load: (model) => job<Progress, void>({ kind: 'load', model }),
    sample: (request) => job<SamplerStep, Pixels>({ kind: 'sample', request }, () => checkSample(request)),
    noise: (request) => job<never, Pixels>({ kind: 'noise', ...request }, () => checkNoise(request)).result,
    classify: (images) => job<never, Verdict[]>({ kind: 'classify', images }, () => checkPixels(images, 'the pictures')).result,
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
      link?.post({ id: next++, kind: 'attend', room });
    },
    fault(what) {
      if (!breakable) throw new EngineError('bad-request', 'this build cannot be broken on purpose');
      link?.post({ id: next++, kind: 'fault', what });
    },
    close() {
      closed = true;
      clearInterval(watchdog);
      link?.close();
      for (const one of open.values()) one.reject(new EngineError('cancelled', 'the engine was closed'));
      open.clear();
    },
  };
}

const pageIsHidden = () => typeof document !== 'undefined' && document.hidden;
