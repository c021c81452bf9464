// Who computes next: one at a time, a step each, the attended room first.

interface Waiting {
  readonly room: string;
  /** How often others went before it. */
  passed: number;
  go(): void;
}

/** After this often a job that nobody attends to has its turn all the same. */
const patience = 4;

export class Turns {
  /** The room in view. */
  attended = '';
  private waiting: Waiting[] = [];
  private holder: string | undefined;
  private resting = 0;
  /** When the present turn began, ms. */
  private since = 0;

  get isIdle(): boolean {
    return this.holder === undefined && this.waiting.length === 0 && this.resting === 0;
  }

  /** Resolves when it is this room's turn; the turn lasts until `leave`. */
  async take(room: string): Promise<void> {
    await new Promise<void>((go) => {
      this.waiting.push({ room, passed: 0, go });
      if (this.holder === undefined) this.next();
    });
  }

  /** Ends the turn. Others begin in a later task, so that messages (a cancel) are heard between steps. */
  leave(): void {
    laterTask(() => {
      this.holder = undefined;
      this.next();
    });
  }

  /** Lets others go first in the middle of a long step. */
  async pass(): Promise<void> {
    const room = this.holder ?? '';
    this.leave();
    await this.rest(room);
    await this.take(room);
  }

  /** Background work rests as long as it worked: a device without a graphics card draws on the same processor. */
  async rest(room: string): Promise<void> {
    if (room === this.attended) return;
    const worked = Math.min(400, performance.now() - this.since);
    this.resting++;
    await new Promise((go) => setTimeout(go, worked));
    this.resting--;
  }

  private next(): void {
    if (this.holder !== undefined || this.waiting.length === 0) return;
    const tired = this.waiting.find(({ passed }) => passed >= patience);
    const chosen = tired ?? this.waiting.find(({ room }) => room === this.attended) ?? this.waiting[0]!;
    this.waiting = this.waiting.filter((one) => one !== chosen);
    for (const one of this.waiting) one.passed++;
    this.holder = chosen.room;
    this.since = performance.now();
    chosen.go();
  }
}

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
