// Who computes next: one at a time, a step each, the attended room first.
import { EngineError } from './errors';

/** A turn as it was given to one part of computing. Once it is over, that part can do nothing more with it. */
export interface Turn {
  readonly room: string;
  /** Goes last where its room is not attended. */
  readonly isBackground: boolean;
  state: 'waiting' | 'held' | 'resting' | 'over';
}

interface Waiting {
  readonly turn: Turn;
  /** How often others went before it. */
  overtaken: number;
  go(): void;
  stop(why: EngineError): void;
}

/** After this often a job that nobody attends to has its turn all the same. */
const patience = 4;

const broken = () => new EngineError('device-lost', 'this part was broken off');

export class Turns {
  /** The room in view. */
  attended = '';
  private waiting: Waiting[] = [];
  private holder: Turn | undefined;
  private resting = 0;
  /** When the present turn began, ms. */
  private since = 0;

  get isIdle(): boolean {
    return this.holder === undefined && this.waiting.length === 0 && this.resting === 0;
  }

  /** Resolves when it is this room's turn; the turn lasts until `leave`. */
  async take(room: string, isBackground = false): Promise<Turn> {
    const turn: Turn = { room, isBackground, state: 'waiting' };
    await this.queue(turn);
    return turn;
  }

  /** Ends the turn. Others begin in a later task, so that messages (a cancel) are heard between steps. */
  leave(turn: Turn): void {
    turn.state = 'over';
    this.free(turn);
  }

  /** Lets others go first in the middle of a long step. Rejects where the turn was ended meanwhile: its part is to stop. */
  async yieldTurn(turn: Turn): Promise<void> {
    if (turn.state !== 'held') throw broken();
    turn.state = 'resting';
    this.free(turn);
    await this.rest(turn);
    if (isOver(turn)) throw broken();
    await this.queue(turn);
    if (isOver(turn)) throw broken();
  }

  /** Ends the turn of a part that was broken off, wherever that stands, and resolves when the room has another. */
  async again(turn: Turn): Promise<Turn> {
    const { room, isBackground, state } = turn;
    turn.state = 'over';
    if (state === 'held') return (this.holder = { room, isBackground, state });
    this.waiting.find((one) => one.turn === turn)?.stop(broken());
    this.waiting = this.waiting.filter((one) => one.turn !== turn);
    return this.take(room, isBackground);
  }

  /** Background work rests as long as it worked: a device without a graphics card draws on the same processor. */
  private async rest({ room }: Turn): Promise<void> {
    if (room === this.attended) return;
    const worked = Math.min(400, performance.now() - this.since);
    this.resting++;
    await new Promise((go) => setTimeout(go, worked));
    this.resting--;
  }

  private queue(turn: Turn): Promise<void> {
    return new Promise((go, stop) => {
      this.waiting.push({ turn, overtaken: 0, go, stop });
      if (this.holder === undefined) this.next();
    });
  }

  private free(turn: Turn): void {
    laterTask(() => {
      if (this.holder !== turn) return;
      this.holder = undefined;
      this.next();
    });
  }

  private next(): void {
    if (this.holder !== undefined || this.waiting.length === 0) return;
    const tired = this.waiting.find(({ overtaken }) => overtaken >= patience);
    const attended = this.waiting.find(({ turn }) => turn.room === this.attended);
    const chosen = tired ?? attended ?? this.waiting.find(({ turn }) => !turn.isBackground) ?? this.waiting[0]!;
    this.waiting = this.waiting.filter((one) => one !== chosen);
    for (const one of this.waiting) one.overtaken++;
    this.holder = chosen.turn;
    chosen.turn.state = 'held';
    this.since = performance.now();
    chosen.go();
  }
}

/** Asked anew after every wait: another may have ended the turn meanwhile. */
const isOver = (turn: Turn) => turn.state === 'over';

const tasks: (() => void)[] = [];
let channel: MessageChannel | undefined;

/** Calls back in a later task. setTimeout would wait 4 ms when nested; a message does not. */
function laterTask(task: () => void): void {
  // In Node messages would be handled before timers, for ever.
  if (typeof setImmediate === 'function') return void setImmediate(task);
  if (!channel) {
    channel = new MessageChannel();
    channel.port1.onmessage = () => tasks.shift()?.();
  }
  tasks.push(task);
  channel.port2.postMessage(0);
}

/** Resolves in a later task: messages that have come are heard first. */
export const nextTask = (): Promise<void> => new Promise(laterTask);
