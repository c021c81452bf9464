// Keeps a worker at work: watches that it answers, puts a new one in its place when it dies, and hands that the open jobs.
import type { Job } from '.';
import { EngineError } from './errors';
import type { Link, OpenLink } from './link';
import { noId, startId, type Ask, type Tell } from './protocol';

/** An answer that is awaited. `ask` is sent again to a new worker, as `renew` makes it where that is given. */
interface Open {
  ask: Ask;
  readonly renew: (() => Unnumbered) | undefined;
  latest: unknown;
  /** Workers that died while they had it; less for those that more likely died of another job. */
  blame: number;
  /** The furthest step of a training. */
  reached: number;
  /** The present worker has it, and has answered to it. */
  isPosted: boolean;
  isProven: boolean;
  resolve(result: unknown): void;
  reject(why: EngineError): void;
}

export type Unnumbered = Ask extends infer A ? (A extends { id: number } ? Omit<A, 'id'> : never) : never;

/** A worker that has not answered for so long, ms, is taken for hung; loading its script may take longer. */
const hung = 10_000;
const slow = 60_000;
const beat = 2000;
/** A worker that stood for so long, ms, was sound: what becomes of it says nothing of the next. */
const sound = 60_000;
/** Workers that may die under one job. */
const tries = 3;
/** A job that had answered counts for so much when a worker dies that had just got another: for too little to go before that one. */
const lesser = 0.6;
/** A job that saw two workers die has the next one for itself until it ends: then it is plain whose fault it is. */
const alone = 1.2;
/** Pauses, ms, before each new worker while one after the other dies; with the last of them the engine has given up. */
const pauses: readonly number[] = [0, 1000, 4000, 15_000, 60_000];

export interface Supervised {
  readonly openLink: OpenLink;
  readonly waits?: readonly number[] | undefined;
  /** What a new worker is told before all else. */
  greet(): readonly Unnumbered[];
  /** Hears what is no answer to a job. */
  hear(message: Tell): void;
  replaced(): void;
  /** No worker lives here. */
  gaveUp(): void;
}

export interface Supervisor {
  /** `renew` says what to ask a new worker for instead, of a job that has got somewhere. */
  job<Step, Result>(ask: Unnumbered, renew?: () => Unnumbered): Job<Step, Result>;
  /** Says something that needs no answer to the present worker. */
  say(ask: Unnumbered): void;
  close(): void;
}

export function supervise({ openLink, waits = pauses, greet, hear: tell, replaced, gaveUp }: Supervised): Supervisor {
  const open = new Map<number, Open>();
  let next = startId + 1;
  /** Workers that died one after the other. */
  let deaths = 0;
  let heard = Date.now();
  let beaten = heard;
  /** When the present worker first answered. */
  let stood: number | undefined;
  let closed = false;
  let link: Link | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;

  const say = (ask: Unnumbered, id = noId) => link?.post({ ...ask, id });

  function connect(): void {
    heard = Date.now();
    stood = undefined;
    let isMine = true;
    let mine: Link;
    try {
      mine = openLink({
        hear: (message) => isMine && hear(message),
        broke: (why) => isMine && replace(why),
      });
    } catch (why) {
      return replace(`no worker can be made: ${String(why)}`);
    }
    link = { post: mine.post, close: () => ((isMine = false), mine.close()) };
    greet().forEach((ask) => say(ask, ask.kind === 'start' ? startId : noId));
    postNext();
  }

  function hear(message: Tell): void {
    heard = Date.now();
    stood ??= heard;
    if (message.kind === 'spoiled') return replace(message.detail);
    const job = 'id' in message ? open.get(message.id) : undefined;
    // Of a job that is over nothing is wanted any more: another may have its name.
    if (!job) {
      if (message.kind !== 'checkpoint' || message.id === noId) tell(message);
    } else {
      job.isProven = true;
      if (message.kind === 'loaded') job.latest = { loaded: message.share };
      else if (message.kind === 'step') job.latest = message.step;
      else if (message.kind === 'trained') {
        job.latest = message.step;
        // What gets on is no poison.
        if (message.step.step > job.reached) [job.blame, job.reached] = [0, message.step.step];
      } else if (message.kind === 'checkpoint') tell(message);
      else if (message.kind === 'done' && open.delete(message.id)) job.resolve(message.result);
      else if (message.kind === 'failed' && open.delete(message.id)) job.reject(new EngineError(message.code, message.detail));
    }
    postNext();
  }

  /** What computes nothing is to blame for no death, and would have a worker for itself for ever. */
  const isIdle = ({ renew }: Open) => {
    const now = renew?.();
    return now?.kind === 'train' && now.paused;
  };
  const isSuspect = (job: Open) => job.blame >= alone && !isIdle(job);

  /** Whether a suspect has the worker for itself. */
  const isTaken = () => [...open.values()].some((job) => job.isPosted && isSuspect(job));

  /** Gives a new worker the old one's jobs one after the other: the one that kills it shows itself. */
  function postNext(): void {
    const jobs = [...open.values()];
    const posted = jobs.filter(({ isPosted }) => isPosted);
    const first = jobs.find(({ isPosted }) => !isPosted);
    if (!link || !first || posted.some(({ isProven }) => !isProven) || isTaken()) return;
    // For those before it to end, that is; a training may not for hours, and shows by its steps that it is sound.
    if (isSuspect(first) && posted.some(({ renew }) => !renew)) return;
    first.isPosted = true;
    if (first.renew) first.ask = { ...first.renew(), id: first.ask.id };
    link.post(first.ask);
  }

  /** A new worker takes over every open job; runs begin anew from their seed. */
  function replace(why: string): void {
    console.warn('engine: worker replaced,', why);
    link?.close();
    link = undefined;
    if (stood !== undefined && Date.now() - stood > sound) deaths = 0;
    const posted = [...open.values()].filter(({ isPosted }) => isPosted);
    const hasNew = posted.some(({ isProven }) => !isProven);
    for (const [id, job] of open) {
      // A script that does not load is no fault of the job.
      if (job.isPosted && stood !== undefined && !isIdle(job)) job.blame += hasNew && job.isProven ? lesser : 1;
      job.isPosted = job.isProven = false;
      // A job that kills every worker must not take the others with it; and with it goes what they died of.
      if (job.blame < tries) continue;
      deaths = 0;
      open.delete(id);
      job.reject(new EngineError('worker-lost', why));
    }
    const wait = waits[deaths++];
    if (wait === undefined) {
      close(new EngineError('worker-lost', why));
      return gaveUp();
    }
    pause = setTimeout(() => {
      connect();
      replaced();
    }, wait);
  }

  const watchdog = setInterval(() => {
    const now = Date.now();
    // A page that slept, or was hidden, has heard nothing either.
    if (open.size === 0 || pageIsHidden() || now - beaten > 2 * beat) heard = now;
    beaten = now;
    const limit = stood === undefined ? slow : hung;
    if (link && now - heard > limit) return replace(`no answer for ${limit / 1000} s`);
    say({ kind: 'ping' });
  }, beat);
  (watchdog as { unref?: () => void }).unref?.();

  function job<Step, Result>(ask: Unnumbered, renew?: () => Unnumbered): Job<Step, Result> {
    const id = next++;
    let entry!: Open;
    const result = new Promise<Result>((resolve, reject) => {
      entry = {
        ask: { ...ask, id },
        renew,
        latest: undefined,
        blame: 0,
        reached: 0,
        isPosted: false,
        isProven: false,
        resolve: resolve as (result: unknown) => void,
        reject,
      };
    });
    // Those who only look at `latest` need not handle the end.
    result.catch(() => undefined);
    try {
      if (closed) throw new EngineError('worker-lost', 'the engine is closed');
      // Copied: the page may change its own before another worker is asked again.
      entry.ask = structuredClone(entry.ask);
      if (open.size === 0) heard = Date.now();
      // Behind those that a new worker has yet to get: it may be of their making what this one asks for.
      entry.isPosted = link !== undefined && !isTaken() && [...open.values()].every(({ isPosted }) => isPosted);
      open.set(id, entry);
      if (entry.isPosted) link?.post(entry.ask);
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
        say({ kind: 'cancel', job: id });
        entry.reject(new EngineError('cancelled', 'by the page'));
        // Others may have waited for its answer.
        postNext();
      },
    };
  }

  function close(why = new EngineError('cancelled', 'the engine was closed')): void {
    closed = true;
    clearInterval(watchdog);
    clearTimeout(pause);
    link?.close();
    link = undefined;
    for (const one of open.values()) one.reject(why);
    open.clear();
  }

  connect();
  return { job, say, close: () => close() };
}

const pageIsHidden = () => typeof document !== 'undefined' && document.hidden;
