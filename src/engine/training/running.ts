// One training in the worker: its loop of steps, pauses and checkpoints, and what becomes of it when numbers or the device are lost.
import { getBackend } from '@tensorflow/tfjs-core';
import type { ModelName } from '..';
import type { Backends } from '../backends';
import { EngineError } from '../errors';
import type { Breathe } from '../model';
import type { Library, Volume } from '../library';
import { heaviest, powerOf } from '../networks/cost';
import type { Tell } from '../protocol';
import { scheduleOf } from '../schedules';
import { checkChange } from './change';
import { checkData, checkTrain, networkOf, usualBatch } from './checks';
import { Data } from './data';
import { Learner, LostNumbers, type Outcome } from './learner';
import { countOf, firstWeights, placesOf, vectorOf, type Place } from './parameters';
import { Pieces } from './pieces';
import { snapshotOf } from './snapshot';
import type { Change, Checkpoint, TrainAsk, TrainRequest } from './types';
import { modelOf, Volumes } from './volumes';

type Unnumbered = Tell extends infer T ? (T extends { id: number } ? Omit<T, 'id'> : never) : never;

const usual = { batch: usualBatch, warmup: 50, average: 0.999, clip: 1, every: 100, decay: 'none' as const };
/** Examples in a piece where the request says nothing; plain JavaScript takes a second for some of them. */
const usualPiece = { unet: 32, cloud: 1024 };
/** Operations of their forwards at most; those of the way back come on top. */
const mostAtOnce = heaviest / 2;

export class Running {
  readonly volumes: Volumes;
  /** Neither ended nor closed. */
  isOpen: boolean;
  private readonly name: string;
  private readonly request: TrainRequest;
  private readonly learner: Learner;
  private readonly pieces: Pieces;
  private readonly data: Data;
  private readonly item: readonly number[];
  private rate: number;
  private halved: boolean;
  private paused: boolean;
  /** Single steps that a paused training still owes. */
  private owed = 0;
  private finished: boolean;
  private wake: () => void = () => undefined;

  constructor(
    { name, request, from, earlier = [], paused, finished }: TrainAsk,
    library: Library,
    private readonly backends: Backends,
    private readonly post: (message: Unnumbered, transfer?: ArrayBuffer[]) => void,
    /** What it starts from. */
    start?: Volume,
  ) {
    checkTrain(request);
    const { network, config } = networkOf(request);
    const { classes, seed, schedule, rate, batch = usual.batch, average = usual.average, clip = usual.clip } = request;
    const places = placesOf(network.shapes(config, classes.length));
    const nothing = network.nothing(config);
    this.request = request;
    this.item = network.item(config);
    this.paused = paused;
    this.finished = finished;
    this.rate = rate;
    this.data = new Data(
      this.item.reduce((product, side) => product * side, 1),
      classes,
      request.data,
    );
    const operations = network.operations(config, classes.length);
    this.pieces = new Pieces(batch, () => pieceOf(request, operations), request.budget);
    const first = from ?? untrained(start ? weightsIn(start, request, places) : firstWeights(places, seed));
    const isFit = first.state.length === 4 * countOf(places) && earlier.every(({ weights }) => weights.length === 2 * countOf(places));
    if (!isFit) throw new EngineError('bad-request', 'the checkpoint is of another network');
    this.halved = first.halved;
    this.learner = new Learner(
      {
        ...{ network, config, places, seed, batch, average, clip, nothing },
        schedule: scheduleOf(schedule),
        dropout: request.dropout ?? (nothing === undefined ? 0 : 0.1),
        data: this.data,
        pieces: this.pieces,
        ranShort: () => backends.ranShort(),
      },
      first,
    );
    const described = { network: request.network.kind, config, classes, places, schedule: typeof schedule === 'string' ? schedule : 'drawn' };
    this.volumes = new Volumes(name, described, (volume) => library.drop(volume));
    this.name = name;
    // What is over when it comes here only brings its models: its name is free.
    this.isOpen = !this.isOver();
    for (const one of earlier) this.volumes.add(one);
    this.keep(first);
  }

  /** Steps until the end; the name of the last checkpoint's model. */
  async run(stop: AbortSignal): Promise<ModelName> {
    stop.addEventListener('abort', () => this.wake());
    try {
      if (this.isOpen) await this.backends.settled;
      let before = performance.now();
      for (;;) {
        if (stop.aborted) throw new EngineError('cancelled', 'by the page');
        if (this.isOver()) {
          await this.save(stop);
          // Saved, unless the device was lost over it.
          if (this.isOver()) break;
        } else if (this.paused && this.owed === 0) {
          await new Promise<void>((go) => (this.wake = go));
          before = performance.now();
        } else {
          this.owed = Math.max(0, this.owed - 1);
          before = await this.advance(stop, before);
        }
      }
      return modelOf(this.name, this.learner.checkpoint.step);
    } finally {
      this.isOpen = false;
      this.learner.drop();
    }
  }

  private isOver(): boolean {
    return this.finished || this.learner.step >= (this.request.steps ?? Infinity);
  }

  private guard<T>(stop: AbortSignal, part: (breathe: Breathe) => Promise<T>): Promise<T> {
    const halt = () => {
      if (stop.aborted) throw new EngineError('cancelled', 'by the page');
    };
    const { room = '' } = this.request;
    return this.backends.compute(
      room,
      async (breathe) => {
        halt();
        return part(async () => {
          await breathe();
          halt();
        });
      },
      { isBackground: true },
    );
  }

  /** One step, told; returns when it ended. A checkpoint where one is due. */
  private async advance(stop: AbortSignal, before: number): Promise<number> {
    const { learner } = this;
    try {
      const outcome = await this.guard(stop, async (breathe) => {
        const found = await learner.advance((step) => this.rateAt(step), breathe);
        // Others go first; and unattended it rests as long as it worked.
        await breathe();
        return found;
      });
      const now = performance.now();
      this.tell(outcome, now - before);
      if (learner.step % (this.request.every ?? usual.every) === 0 || this.paused) await this.save(stop);
      return now;
    } catch (why) {
      if (!(why instanceof LostNumbers)) throw why;
      // Back to the last good checkpoint: once at half the rate, then no more.
      learner.drop();
      if (this.halved) throw why;
      this.halved = true;
      this.keep({ ...learner.checkpoint, halved: true });
      return before;
    }
  }

  private rateAt(step: number): number {
    const { steps = Infinity, decay = usual.decay, warmup = usual.warmup } = this.request;
    const rise = Math.min(1, (step + 1) / (warmup + 1));
    const fall = decay === 'cosine' ? 0.5 * (1 + Math.cos((Math.PI * step) / steps)) : 1;
    return this.rate * rise * fall * (this.halved ? 0.5 : 1);
  }

  private tell({ loss, bands, norm, longest, piece }: Outcome, milliseconds: number): void {
    const { step, examples } = this.learner;
    const { reduced } = this.pieces;
    const rate = this.rateAt(step - 1);
    this.post({ kind: 'trained', step: { step, examples, loss, bands, norm, rate, milliseconds, longest, piece, reduced, halved: this.halved } });
  }

  private async save(stop: AbortSignal): Promise<void> {
    if (this.learner.checkpoint.step < this.learner.step) this.keep(await this.guard(stop, () => this.learner.save(this.halved)));
  }

  /** Makes it a model, and gives the page a copy to go on from. */
  private keep(checkpoint: Checkpoint): void {
    this.learner.checkpoint = checkpoint;
    this.volumes.add(snapshotOf(checkpoint));
    const state = checkpoint.state.slice();
    this.post({ kind: 'checkpoint', training: this.name, checkpoint: { ...checkpoint, state }, entries: this.volumes.entries() }, [state.buffer]);
  }

  steer(change: Change): void {
    checkChange(change);
    if (change.kind === 'pause') this.paused = true;
    if (change.kind === 'resume') this.paused = false;
    if (change.kind === 'step') this.owed++;
    if (change.kind === 'finish') this.finished = true;
    if (change.kind === 'set') {
      this.rate = change.rate ?? this.rate;
      this.pieces.budget = change.budget ?? this.pieces.budget;
    }
    if (change.kind === 'add') {
      checkData(change.data, this.item, this.request.classes, this.data.clean.length);
      this.data.add(change.data);
    }
    this.wake();
  }

  drop(): void {
    this.learner.drop();
  }

  spoil(what: 'memory' | 'numbers'): void {
    this.learner.spoiled = what;
  }

  close(): void {
    this.drop();
    this.volumes.clear();
  }
}

/** Examples computed at once on the present backend where no budget says so: fewer of a heavy network, whatever was asked for. */
function pieceOf({ network: { kind }, piece }: TrainRequest, operations: number): number {
  const power = powerOf(getBackend());
  const wanted = piece ?? usualPiece[kind] * Math.min(1, power);
  return Math.max(1, Math.floor(Math.min(wanted, (mostAtOnce / operations) * power)));
}

/** The weights of a model that a request starts from. */
function weightsIn({ manifest, values }: Volume, { network, classes }: TrainRequest, places: readonly Place[]): Float32Array {
  // One that is shipped says more in its config than a request needs to.
  const isSame = Object.entries(network.config).every(([key, value]) => JSON.stringify(manifest.config[key]) === JSON.stringify(value));
  const vector = vectorOf(places, values);
  if (manifest.network !== network.kind || !isSame || manifest.classes.join() !== classes.join() || !vector)
    throw new EngineError('bad-request', `${manifest.model} is another network, or of other classes`);
  return vector;
}

const untrained = (weights: Float32Array): Checkpoint => {
  const state = new Float32Array(4 * weights.length);
  state.set(weights);
  state.set(weights, 3 * weights.length);
  return { step: 0, examples: 0, state, halved: false };
};
