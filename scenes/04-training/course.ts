// A course of training: the engine's training followed step by step, its pictures pinned up at their epochs; it outlives the room.
import type { Engine, EngineErrorCode, Training, TrainingData } from '../../src/engine';
import { codeOf, watch } from '../../src/kit/watch';
import { Clock } from './clock';
import { agreedIn, drawing, shownTogether, square } from './draw';
import { History } from './history';
import { rateAt, requestOf, type Recipe, type RateSchedule } from './recipe';

export interface Milestone {
  /** After which it was due, and after which it was taken: the first checkpoint from there on. */
  readonly epoch: number;
  readonly at: number;
  readonly picture: Float32Array;
  /** How many of so many pictures the judge reads as they were asked for. */
  readonly judged: number;
  readonly agreed: number | undefined;
  readonly loss: number;
  readonly seconds: number;
}

export interface CourseOptions {
  readonly recipe: Recipe;
  readonly data: TrainingData;
  readonly rate: number;
  readonly schedule: RateSchedule;
  /** Longest piece of a step, ms; see `requestOf`. */
  readonly budget?: number | undefined;
  /** Milliseconds that the pictures of a milestone may take: on slow devices fewer are judged, down to ten. */
  readonly patience?: number;
  /** Stands still from the start, for `step`, `slow` or `resume`. */
  readonly isPaused?: boolean;
}

/** Milliseconds between two looks at the training, and between two steps in slow motion. */
const [look, slowly] = [25, 900];
/** Pictures of a milestone that are judged at the least, and how long they may take where there are more, ms. */
const [fewest, usual] = [10, 8000];

export class Course {
  readonly history = new History();
  readonly clock: Clock;
  readonly training: Training;
  readonly recipe: Recipe;
  milestones: readonly Milestone[] = [];
  /** What the network draws now, by its last checkpoint. */
  live: { readonly picture: Float32Array; readonly epoch: number } | undefined;
  /** All epochs are done. */
  isDone = false;
  isSlow = false;
  /** It stands aside for a shorter training that was asked for after it, and goes on by itself. */
  isHeld = false;
  /** A single step was asked for and is not told yet. */
  isStepping = false;
  /** Somebody is in the room; otherwise only what is to be pinned up is drawn. */
  isSeen = true;
  /** Times that the training was set back by a lost device or a worker that crashed. */
  setbacks = 0;
  /** The rate was too large: numbers were lost, and it went on from the last checkpoint at half the rate. */
  isHalved = false;
  /** The visitor has been told how long all of it takes here. */
  isAdvised = false;
  /** What the visitor foretold, as it stood when the outcome was first told. */
  foretold: string | undefined;
  failed: EngineErrorCode | undefined;
  rate: number;
  schedule: RateSchedule;
  /** Pictures of each label in the set, and those of them that the visitor drew. */
  private readonly labels = new Map<string, { all: number; own: number }>();
  private readonly listeners = new Set<() => void>();
  private readonly timer: ReturnType<typeof setInterval>;
  private stopDrawing: (() => void) | undefined;
  private drawn = -1;
  /** When the last drawing failed, ms; the next waits a little. */
  private failedAt = -Infinity;
  private perPicture = 0;
  private readonly patience: number;
  private sent: number;
  /** Seconds of training after which a checkpoint was taken, by its step. */
  private taken = new Map<number, number>();
  private lastSlow = 0;
  private isClosed = false;

  constructor(
    private readonly engine: Engine,
    { recipe, data, rate, schedule, budget, patience = usual, isPaused = false }: CourseOptions,
  ) {
    this.recipe = recipe;
    this.patience = patience;
    this.rate = rate;
    this.schedule = schedule;
    this.count(data.labels, 0);
    this.clock = new Clock(data.labels.length, recipe.batch);
    this.sent = rateAt(schedule, rate, 0, recipe.goal);
    this.training = engine.train({ ...requestOf(recipe, data, this.sent, budget), paused: isPaused });
    this.training.result.catch((why: unknown) => {
      const code = codeOf(why);
      if (this.isClosed || code === 'cancelled') return;
      this.failed = code;
      this.tell();
    });
    this.timer = setInterval(() => this.look(), look);
  }

  get isPaused(): boolean {
    return this.training.isPaused && (!this.isSlow || this.isHeld);
  }

  /** Calls back after every change; returns what stops it. */
  onChange(tell: () => void): () => void {
    this.listeners.add(tell);
    return () => void this.listeners.delete(tell);
  }

  pause(): void {
    this.isSlow = this.isHeld = this.isStepping = false;
    this.training.pause();
    this.tell();
  }

  resume(): void {
    this.isSlow = this.isHeld = this.isStepping = false;
    this.sendRate();
    this.training.resume();
    this.tell();
  }

  /** One step of a training that stands still. */
  step(): void {
    this.pause();
    this.isStepping = true;
    this.one();
  }

  /** A step every second, so that it can be watched. */
  slow(): void {
    this.training.pause();
    this.isSlow = true;
    this.isHeld = false;
    this.tell();
  }

  /** Stands aside until `release`, unless it stands still anyway. */
  hold(): void {
    if (this.isPaused) return;
    this.isHeld = true;
    if (!this.isSlow) this.training.pause();
    this.tell();
  }

  /** Goes on as before `hold`, unless the visitor decided otherwise meanwhile. */
  release(): void {
    if (!this.isHeld) return;
    this.isHeld = false;
    if (!this.isSlow) this.resume();
    this.tell();
  }

  private one(): void {
    this.sendRate();
    this.training.step();
  }

  /** The rate that is wanted now goes out before the step that is to be taken with it. */
  private sendRate(): void {
    const wish = rateAt(this.schedule, this.rate, this.clock.epoch, this.recipe.goal);
    if (Math.abs(wish / this.sent - 1) > 0.01) this.training.set({ rate: (this.sent = wish) });
  }

  async add(data: TrainingData): Promise<void> {
    await this.training.add(data);
    this.clock.grow(data.labels.length);
    this.count(data.labels, 1);
    this.tell();
  }

  private count(labels: readonly string[], own: 0 | 1): void {
    for (const label of labels) {
      const before = this.labels.get(label) ?? { all: 0, own: 0 };
      this.labels.set(label, { all: before.all + 1, own: before.own + own });
    }
  }

  /** The visitor's own among the set's pictures of a label, from 0 to 1. */
  ownShare(label: string): number {
    const { all, own } = this.labels.get(label) ?? { all: 1, own: 0 };
    return own / all;
  }

  /** Ends the training and forgets its checkpoints. */
  close(): void {
    this.isClosed = true;
    this.isHeld = false;
    clearInterval(this.timer);
    this.stopDrawing?.();
    this.training.cancel();
    this.listeners.clear();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }

  private look(): void {
    const { training, clock, recipe } = this;
    const step = training.latest;
    if (step && step.step !== clock.step) {
      const isNewlyHalved = step.halved && !this.isHalved;
      if (step.step < clock.step) {
        if (!isNewlyHalved) this.setbacks++;
        this.history.back(clock.epochOf(step.step));
        this.taken = new Map([...this.taken].filter(([at]) => at <= step.step));
      }
      this.isHalved = step.halved;
      this.isStepping = false;
      clock.tick(step);
      this.history.add(step, clock.epoch);
      this.sendRate();
      if (!this.isDone && clock.epoch >= recipe.goal - 1e-6) {
        this.isDone = true;
        this.pause();
      }
      this.tell();
    }
    if (this.isSlow && !this.isHeld && performance.now() - this.lastSlow > slowly) {
      this.lastSlow = performance.now();
      this.one();
    }
    this.note();
    if (!this.stopDrawing && !this.failed && !this.isHeld && performance.now() - this.failedAt > 500) this.draw();
  }

  /** Pictures may be drawn long after their checkpoint was taken; how long it had taken until then is known only now. */
  private note(): void {
    const { training, clock, taken } = this;
    for (const { step } of training.checkpoints()) {
      const since = clock.step > step ? ((clock.step - step) * (training.latest?.milliseconds ?? 0)) / 1000 : 0;
      if (!taken.has(step)) taken.set(step, Math.max(0, clock.seconds - since));
    }
  }

  /** Draws what is due: a milestone whose epoch is done, otherwise what the newest checkpoint draws. */
  private draw(): void {
    const { training, clock, recipe } = this;
    const entries = training.checkpoints();
    const due = recipe.milestones[this.milestones.length];
    const reached = due === undefined ? undefined : entries.find(({ step }) => clock.epochOf(step) >= due - 1e-6);
    const entry = reached ?? entries.at(-1);
    if (!entry || (!reached && (entry.step === this.drawn || !this.isSeen))) return;
    const count = reached ? this.judged() : shownTogether;
    const at = clock.epochOf(entry.step);
    // As it stood when the checkpoint was taken.
    const [loss, seconds] = [this.history.at(at)?.loss ?? 0, this.taken.get(entry.step) ?? clock.seconds];
    const began = performance.now();
    this.stopDrawing = watch(drawing(this.engine, entry.model, recipe, count), {
      done: (pictures) => {
        this.perPicture = (performance.now() - began) / count;
        const picture = square(pictures);
        this.live = { picture, epoch: at };
        this.drawn = entry.step;
        if (!reached) return this.rest();
        void agreedIn(this.engine, pictures, recipe).then((agreed) => {
          if (this.isClosed) return;
          this.milestones = [...this.milestones, { epoch: due!, at, picture, judged: count, agreed, loss, seconds }];
          this.rest();
        });
      },
      // A checkpoint may just have been given up for newer ones; the next look takes another.
      fail: (code) => {
        this.failedAt = performance.now();
        this.drawn = entry.step;
        if (code !== 'unknown-model') console.warn('no pictures:', code);
        this.rest();
      },
    });
  }

  /** Pictures of a milestone: as many as there is time for here. */
  private judged(): number {
    const affordable = Math.floor(this.patience / Math.max(1, this.perPicture));
    return Math.min(this.recipe.prompts.length, Math.max(fewest, affordable));
  }

  private rest(): void {
    this.stopDrawing = undefined;
    this.tell();
  }
}
