// The page's side of trainings: finds them again by name, steers them, and keeps their checkpoints for a new worker.
import type { ModelName } from '..';
import { EngineError } from '../errors';
import { noId, type Tell } from '../protocol';
import type { Supervisor, Unnumbered } from '../supervisor';
import { checkChange } from './change';
import { snapshotOf } from './snapshot';
import {
  importsMost,
  type Change,
  type Checkpoint,
  type CheckpointEntry,
  type Snapshot,
  type Training,
  type TrainingData,
  type TrainRequest,
  type TrainStep,
} from './types';

interface Kept {
  request: TrainRequest;
  /** What was added to its data since a worker was last told of all. */
  added: readonly TrainingData[];
  paused: boolean;
  finished: boolean;
  ended: boolean;
  /** The last checkpoint whole; of those before it what their models are made of. */
  last: Checkpoint | undefined;
  earlier: readonly Snapshot[];
  entries: readonly CheckpointEntry[];
  /** What had ended under its name, until it has a checkpoint of its own: it may be refused. */
  before: { readonly one: Kept; readonly training: Training } | undefined;
}

export interface TrainingsPage {
  train(request: TrainRequest): Training;
  training(name: string): Training | undefined;
  /** What a new worker is told: ended trainings come back for their checkpoints, and imported models. */
  greet(): readonly Unnumbered[];
  hear(message: Extract<Tell, { kind: 'checkpoint' }>): void;
  importModel(bytes: Uint8Array): Promise<ModelName>;
}

export function openTrainings({ job, say }: Pick<Supervisor, 'job' | 'say'>): TrainingsPage {
  const found = new Map<string, Training>();
  const kept = new Map<string, Kept>();
  const imports = new Map<ModelName, Uint8Array>();
  let count = 0;

  const askOf = (name: string, one: Kept): Unnumbered => ({
    kind: 'train',
    name,
    request: wholeOf(one),
    // One that has ended only brings its models.
    paused: one.paused && !one.ended,
    finished: one.finished || one.ended,
    ...(one.last && { from: one.last, earlier: one.earlier }),
  });

  /** A name that no training has. */
  function freeName(kind: string): string {
    const name = `${kind}-${++count}`;
    return kept.has(name) ? freeName(kind) : name;
  }

  function train(asked: TrainRequest): Training {
    let request: TrainRequest;
    try {
      request = requestOf(asked);
    } catch (why) {
      return refused('', why);
    }
    const name = request.name ?? freeName(request.network.kind);
    const [one, old] = [kept.get(name), found.get(name)];
    if (one?.ended === false) return refused(name, new EngineError('bad-request', `a training called ${name} runs already`));
    const mine: Kept = {
      ...{ request, added: [], paused: request.paused === true, finished: false, ended: false, last: undefined, earlier: [], entries: [] },
      before: one?.last && old && { one, training: old },
    };
    kept.set(name, mine);
    /** Another may have its name now. */
    const isMine = () => kept.get(name) === mine;
    const running = job<TrainStep, ModelName>(askOf(name, mine), () => askOf(name, mine));
    const end = () => {
      mine.ended = true;
      if (!mine.before || !isMine()) return;
      kept.set(name, mine.before.one);
      found.set(name, mine.before.training);
    };
    running.result.then(end, end);
    const steer = (change: Change) => isMine() && say({ kind: 'steer', training: name, change });
    const pausing = (paused: boolean) => {
      mine.paused = paused;
      steer({ kind: paused ? 'pause' : 'resume' });
    };
    const training: Training = {
      name,
      get latest() {
        return running.latest;
      },
      result: running.result,
      get isPaused() {
        return mine.paused;
      },
      pause: () => pausing(true),
      resume: () => pausing(false),
      step() {
        // A job, so that it is asked of the next worker where there is none now.
        if (isMine()) job({ kind: 'steer', training: name, change: { kind: 'step' } });
      },
      finish() {
        mine.finished = true;
        steer({ kind: 'finish' });
      },
      set(change) {
        const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
        const asked = { kind: 'set', ...given } as const;
        checkChange(asked);
        mine.request = { ...mine.request, ...given };
        steer(asked);
      },
      checkpoints: () => mine.entries,
      async add(given) {
        if (!isMine()) throw new EngineError('bad-request', `this training is not the one that is called ${name} now`);
        const data = copied(given);
        await job({ kind: 'steer', training: name, change: { kind: 'add', data } }).result;
        mine.added = [...mine.added, data];
      },
      cancel() {
        running.cancel();
        // Of one that had ended, too, nothing is wanted any more.
        if (isMine()) {
          steer({ kind: 'forget' });
          found.delete(name);
          kept.delete(name);
        }
      },
    };
    found.set(name, training);
    return training;
  }

  return {
    train,
    training: (name) => found.get(name),
    greet: () => [
      ...[...imports.values()].map((bytes) => ({ kind: 'import', bytes }) as const),
      ...[...kept].flatMap(([name, one]) => {
        const ended = one.ended ? one : one.before?.one;
        return ended?.last ? [askOf(name, ended)] : [];
      }),
    ],
    hear({ id, training, checkpoint, entries }) {
      const one = kept.get(training);
      // What an ended one tells when it has come back is no word of the next of its name.
      if (!one || (id === noId && !one.ended)) return;
      const before = one.last ? [...one.earlier, snapshotOf(one.last)] : [];
      const steps = new Set(entries.map(({ step }) => step));
      one.earlier = before.filter(({ step }) => step !== checkpoint.step && steps.has(step));
      [one.last, one.entries, one.before] = [checkpoint, entries, undefined];
    },
    async importModel(given) {
      const bytes = copied(given);
      const name = await job<never, ModelName>({ kind: 'import', bytes }).result;
      imports.delete(name);
      imports.set(name, bytes);
      for (const old of [...imports.keys()].slice(0, -importsMost)) imports.delete(old);
      return name;
    },
  };
}

/** As it is now: the page may change its own, or give it away. Throws EngineError `bad-request` where that cannot be. */
function copied<T>(given: T): T {
  try {
    return structuredClone(given);
  } catch (why) {
    throw new EngineError('bad-request', String(why));
  }
}

/** A copy of what may be a request. Throws EngineError `bad-request`; what else is wrong with it the worker says. */
function requestOf(asked: TrainRequest): TrainRequest {
  const request = copied<Partial<TrainRequest> | undefined>(asked);
  if (typeof request?.network?.kind !== 'string') throw new EngineError('bad-request', 'a training needs a network');
  return request as TrainRequest;
}

/** A training that never was. */
function refused(name: string, why: unknown): Training {
  const result = Promise.reject<ModelName>(why);
  result.catch(() => undefined);
  const nothing = () => undefined;
  return {
    ...{ name, latest: undefined, result, isPaused: false },
    ...{ pause: nothing, resume: nothing, step: nothing, finish: nothing, set: nothing, cancel: nothing },
    checkpoints: () => [],
    add: () => result.then(nothing),
  };
}

/** The request with all of its data. They are many numbers: put together when a new worker is to hear of them, and once. */
function wholeOf(one: Kept): TrainRequest {
  if (one.added.length > 0) {
    one.request = { ...one.request, data: joined([one.request.data, ...one.added]) };
    one.added = [];
  }
  return one.request;
}

/** One after the other: bytes where all are, else numbers. */
function joined(parts: readonly TrainingData[]): TrainingData {
  const areBytes = parts.every(({ images }) => images.values instanceof Uint8Array);
  const length = parts.reduce((sum, { images }) => sum + images.values.length, 0);
  const values = areBytes ? new Uint8Array(length) : new Float32Array(length);
  let at = 0;
  for (const { images } of parts) {
    if (areBytes || images.values instanceof Float32Array) values.set(images.values, at);
    else for (let each = 0; each < images.values.length; each++) values[at + each] = images.values[each]! / 127.5 - 1;
    at += images.values.length;
  }
  const labels = parts.flatMap((part) => part.labels);
  return { images: { values, shape: [labels.length, ...parts[0]!.images.shape.slice(1)] } as TrainingData['images'], labels };
}
