// The engine's inside, wherever it runs: hears what the page asks, computes in turns, tells what it finds.
import { memory } from '@tensorflow/tfjs-core';
import type { ModelName, Pixels, SampleRequest, Verdict } from '.';
import { Backends, type Limits } from './backends';
import { checkAsk } from './checks';
import { EngineError } from './errors';
import { Explain } from './explain';
import { fetchBelow, Library, type Fetch, type Held } from './library';
import { isMemory, isSpoiled } from './memory';
import type { Breathe } from './model';
import { drawNormals } from './noise';
import { noId, type Answer, type Ask, type FaultName, type Memory, type Start, type Tell } from './protocol';
import { keepPulse } from './pulse';
import { sample } from './sample';
import type { Part } from './stand';
import type { Trainings } from './training';
import type { TrainAsk } from './training/types';
import { nextTask, Turns } from './turns';

export type Post = (message: Tell, transfer?: ArrayBuffer[]) => void;

type BringBack = (all: Trainings) => Promise<ModelName>;

/** Starts an engine that answers through `post`; returns what hears the page's messages. */
export function createCore(post: Post, fetchFile?: Fetch, limits?: Limits): (ask: Ask) => void {
  const turns = new Turns();
  const cancelled = new Map<number, () => void>();
  let library!: Library;
  let backends!: Backends;
  let explain!: Explain;
  let breakable = false;
  /** Comes when it is first asked for, with the gradients. */
  let workshop: Promise<Trainings> | undefined;
  /** What workers before this one had made, where it could not come back since that script did not. */
  const missed: BringBack[] = [];
  let ready: Promise<void> = Promise.reject(new EngineError('no-backend', 'not started'));
  ready.catch(() => undefined);

  function start({ weights, wasm, backend, breakable: may, follows }: Start): Promise<void> {
    breakable = may;
    library = new Library(fetchFile ?? fetchBelow(weights), !follows);
    explain = new Explain(library);
    backends = new Backends(library, turns, post, limits);
    library.memory = backends;
    ready = backends.start(wasm, backend);
    return ready;
  }

  const trainings = (): Promise<Trainings> => {
    workshop ??= scriptOfTrainings().then((Made) => {
      const all = new Made(library, backends, post);
      for (const bringBack of missed.splice(0)) bringBack(all).catch(() => undefined);
      return all;
    });
    // A script that did not come is asked for anew the next time.
    workshop.catch(() => (workshop = undefined));
    return workshop;
  };

  /** As `trainings`; where they do not come, `bringBack` is done as soon as they do. */
  const trainingsFor = (bringBack: BringBack | undefined) =>
    trainings().catch((why: unknown) => {
      if (bringBack) missed.push(bringBack);
      throw why;
    });

  /** What was made here may just be on its way into a new worker. */
  async function made(model: string): Promise<void> {
    if (model.includes(':')) await (await trainings()).arrived();
  }

  /** `work` on a model that stays for it what it is, even where it is dropped meanwhile or its name goes to another. */
  async function holding<T>(model: ModelName, work: (held: Held) => Promise<T>): Promise<T> {
    await ready;
    await made(model);
    const held = await library.hold(model);
    try {
      return await work(held);
    } finally {
      held.release();
    }
  }

  async function runTraining(id: number, ask: TrainAsk): Promise<ModelName> {
    const stop = new AbortController();
    cancelled.set(id, () => stop.abort());
    try {
      await ready;
      // Too late to go on, it comes back for its checkpoints.
      const all = await trainingsFor(ask.from && ((late) => late.run(noId, { ...ask, finished: true }, stop.signal)));
      return await all.run(id, ask, stop.signal);
    } finally {
      cancelled.delete(id);
    }
  }

  async function runSample(id: number, request: SampleRequest): Promise<Pixels> {
    let stopped = false;
    cancelled.set(id, () => (stopped = true));
    const guard = async <T>(part: Part<T>): Promise<T> => {
      if (stopped) throw new EngineError('cancelled', 'by the page');
      const found = await backends.compute(request.room ?? '', part);
      if (stopped) throw new EngineError('cancelled', 'by the page');
      return found;
    };
    return holding(request.model, async (held) => {
      backends.arrived(request.model);
      const run = sample(request, held, library, explain, guard);
      for (;;) {
        const { done, value } = await run.next();
        if (done) return value;
        post({ kind: 'step', id, step: value }, [value.noisy, value.clean, ...Object.values(value.activations ?? {})].map(bufferOf));
      }
    }).finally(() => cancelled.delete(id));
  }

  /** In the next turn that no room has claimed. */
  const atOnce = <T>(part: Part<T>): Promise<T> => backends.compute('', part);

  async function answer(ask: Ask): Promise<Answer> {
    checkAsk(ask);
    switch (ask.kind) {
      case 'start':
        return void (await start(ask));
      case 'load':
        await made(ask.model);
        await library.load(ask.model, ({ loaded }) => post({ kind: 'loaded', id: ask.id, share: loaded }));
        backends.arrived(ask.model);
        return undefined;
      case 'sample':
        return runSample(ask.id, ask.request);
      case 'noise':
        return noised(ask.image, ask.level, ask.seed);
      case 'classify':
        await ready;
        await library.load('judge');
        return backends.compute('', (breathe) => classify(ask.images, breathe));
      case 'plan':
        return holding(ask.model, (held) => explain.plan(held, atOnce));
      case 'peek':
        return holding(ask.model, (held) => explain.peek(held, ask.layer, atOnce));
      case 'train':
        return runTraining(ask.id, ask);
      case 'steer':
        // In the order of asking: a training waits for this, too.
        await ready;
        return void (await (await trainingsFor(undefined)).steer(ask.training, ask.change));
      case 'export':
        return holding(ask.model, async ({ volume }) => (await trainings()).exportModel(volume));
      case 'import':
        await ready;
        return (await trainingsFor(ask.id === noId ? (late) => late.importModel(ask.bytes) : undefined)).importModel(ask.bytes);
      case 'memory':
        return memoryNow();
      case 'cancel':
        return void cancelled.get(ask.job)?.();
      case 'attend':
        turns.attended = ask.room;
        return undefined;
      case 'ping':
        return undefined;
      case 'fault':
        return fault(ask.what);
    }
  }

  async function classify({ values, shape }: Pixels, breathe: Breathe): Promise<Verdict[]> {
    const judge = await library.open('judge');
    if (shape.slice(1).join() !== judge.item.join())
      throw new EngineError('bad-request', `the judge reads [${judge.item.join(', ')}], not [${shape.slice(1).join(', ')}]`);
    return (await judge.read(values, breathe)).verdicts;
  }

  async function fault(what: FaultName): Promise<undefined> {
    if (!breakable) throw new EngineError('bad-request', 'this build cannot be broken on purpose');
    if (what === 'device') backends.breakDevice();
    // Thrown outside any promise, as a crash would be.
    if (what === 'worker') setTimeout(() => void Promise.reject(new Error('broken on purpose')));
    if (what === 'hang') for (;;);
    if (what === 'memory' || what === 'numbers') (await trainings()).fault(what);
  }

  keepPulse(() => post({ kind: 'here' }));
  post({ kind: 'here' });
  return (ask) => {
    answer(ask).then(
      (result) => post({ kind: 'done', id: ask.id, result }, givenAway(result)),
      (why: unknown) => {
        const { code, detail } = asEngineError(why);
        if (isSpoiled(why)) post({ kind: 'spoiled', detail });
        else post({ kind: 'failed', id: ask.id, code, detail });
      },
    );
  };
}

/** Pauses, ms, before the script is asked for again: a line may be gone for a moment. */
const pauses = [500, 2000];

async function scriptOfTrainings(): Promise<typeof Trainings> {
  for (let tries = 0; ; tries++) {
    try {
      return (await import('./training')).Trainings;
    } catch (why) {
      if (tries === pauses.length) throw new EngineError('worker-lost', `the part that trains does not come: ${String(why)}`);
      await new Promise((go) => setTimeout(go, pauses[tries]));
    }
  }
}

function asEngineError(why: unknown): EngineError {
  if (why instanceof EngineError) return why;
  return new EngineError(isMemory(why) ? 'out-of-memory' : 'unexpected', why instanceof Error ? (why.stack ?? why.message) : String(why));
}

/** x_t at unit variance: (image + level * eps) / sqrt(1 + level^2); eps is the noise that a run of this seed starts with. */
async function noised(image: Pixels, level: number, seed: number): Promise<Pixels> {
  const noise = await drawNormals(seed, 0, image.values.length, nextTask);
  const scale = 1 / Math.sqrt(1 + level * level);
  return { shape: image.shape, values: image.values.map((value, at) => (value + level * noise[at]!) * scale) };
}

function givenAway(result: Answer): ArrayBuffer[] {
  if (result instanceof Uint8Array) return [result.buffer as ArrayBuffer];
  return typeof result === 'object' && 'shape' in result ? [bufferOf(result)] : [];
}

/** Given away with a message, not copied: nobody here needs it any more. */
const bufferOf = ({ values }: Pixels) => values.buffer as ArrayBuffer;

function memoryNow(): Memory {
  const now = memory() as ReturnType<typeof memory> & { numBytesAllocatedInGPU?: number };
  return { tensors: now.numTensors, bytes: now.numBytesAllocatedInGPU ?? now.numBytes };
}
