// Which backend computes: wasm at once, WebGPU tested and timed behind it and taken over between jobs; another where one is lost or wrong.
import type { BackendName, DeviceReport } from '.';
import type { Post } from './core';
import { dropGraphics, openGraphics, present, registerGraphics, startProcessor, tuneKernels, type Graphics } from './device';
import { EngineError } from './errors';
import type { Library } from './library';
import { emptyPool } from './pool';
import type { BackendWish, Start } from './protocol';
import { testModel, tryOut, WrongOutput, type Trial } from './selftest';
import { Stand, type Part } from './stand';
import type { Turns } from './turns';

/** Quiet time, ms, before the graphics device is tried: the first dream goes first. */
const quiet = 1500;
/** A trial that takes longer, ms, has hung; where WebGPU is asked for by name, it may take as long as any step. */
const longest = 20_000;
/** What runs for long waits for the choice of a backend, ms; in a busy museum that may never be quiet. */
const undecided = 15_000;
/** Devices that may be lost before the processor takes over for good. */
const tolerated = 3;

export interface Limits {
  /** A step on a graphics card that lasts longer, ms, will never end. */
  readonly stuck: number;
}

export class Backends {
  private report: DeviceReport = { backend: undefined, reason: 'starting', trials: [], losses: 0, restarts: 0, gpuErrors: 0 };
  private stand = new Stand('wasm');
  private processor: 'wasm' | 'cpu' = 'wasm';
  private wasm: Start['wasm'] = { plain: '', simd: '' };
  private wish: BackendWish = 'measured';
  private choose: (() => void) | undefined;
  /** Why nothing computes any more. */
  private failure: EngineError | undefined;
  /** Resolves when it is plain which backend computes, or that it will take long to find out. */
  readonly settled: Promise<void>;
  private settle!: () => void;
  /** Parts under way, resting ones too. */
  private open = 0;

  constructor(
    private readonly library: Library,
    private readonly turns: Turns,
    private readonly post: Post,
    private readonly limits: Limits = { stuck: 60_000 },
  ) {
    this.settled = new Promise((done) => (this.settle = done));
  }

  private tell(part: Partial<DeviceReport>): void {
    this.report = { ...this.report, ...part };
    this.post({ kind: 'report', report: this.report });
  }

  private note(trial: Trial): void {
    this.tell({ trials: [...this.report.trials.filter(({ backend }) => backend !== trial.backend), trial] });
  }

  async start(wasm: Start['wasm'], wish: BackendWish): Promise<void> {
    this.wish = wish;
    this.wasm = wasm;
    this.processor = wish === 'cpu' ? 'cpu' : 'wasm';
    await startProcessor(this.processor, wasm).catch(async (why: unknown) => {
      console.warn('wasm does not start:', why);
      this.processor = 'cpu';
      await startProcessor('cpu', wasm);
    });
    this.stand = new Stand(this.processor);
    setTimeout(this.settle, undecided);
    if (wish === 'webgpu') return this.startGraphics().finally(this.settle);
    this.tell({ backend: this.processor });
    // The test waits for the weights; jobs of other models need not.
    this.choose = () =>
      void this.chooseBackend()
        .catch((why: unknown) => {
          console.warn(why);
          this.tell({ reason: why instanceof EngineError && why.code.startsWith('weights') ? 'untested' : 'failed' });
        })
        .finally(this.settle);
    this.choose();
  }

  /** A model has come: where the test lacked its own, it may be there now. */
  arrived(model: string): void {
    if (model !== testModel || this.report.reason !== 'untested') return;
    this.tell({ reason: 'starting' });
    this.choose?.();
  }

  /** Graphics or nothing: asked for by name. */
  private async startGraphics(): Promise<void> {
    const graphics = await openGraphics();
    if (!graphics) throw new EngineError('no-backend', 'no WebGPU adapter');
    await this.library.load(testModel);
    if (!(await this.takeOver(graphics))?.passed) throw new EngineError('no-backend', 'WebGPU does not pass its test');
    this.tell({ backend: 'webgpu', reason: 'only', adapter: graphics.info });
  }

  private async chooseBackend(): Promise<void> {
    await this.library.load(testModel);
    const own = await this.compute('', () => tryOut(this.library));
    this.note(own);
    if (this.wish !== 'measured') return this.tell({ reason: 'only' });
    const graphics = await openGraphics().catch(() => undefined);
    if (!graphics) return this.tell({ reason: 'absent' });
    this.tell({ adapter: graphics.info });
    // A software adapter computes on this same processor, with a detour, and would hold up every job while it is tried.
    if (graphics.info.software) {
      graphics.device.destroy();
      return this.tell({ reason: 'software' });
    }
    await this.alone(async () => {
      const trial = (await this.takeOver(graphics)) ?? (await this.tryAnother());
      if (trial?.passed && trial.milliseconds < own.milliseconds) return this.tell({ backend: 'webgpu', reason: 'faster' });
      await this.abandon(trial ? (trial.passed ? 'slower' : 'wrong') : 'failed');
    });
  }

  /** A device that was lost over its trial says nothing of its card: a fresh one is tried. One that hung or refused something is not. */
  private async tryAnother(): Promise<Trial | undefined> {
    const { isGone, isGivenUp } = this.stand;
    if (!isGone || isGivenUp) return undefined;
    await this.leaveLost();
    const fresh = await openGraphics().catch(() => undefined);
    // After a crash a browser may offer a software adapter instead of the card.
    return fresh && !fresh.info.software ? this.takeOver(fresh) : undefined;
  }

  /** Makes the device the present backend and tries it; undefined where that fails. */
  private async takeOver(graphics: Graphics): Promise<Trial | undefined> {
    graphics.device.addEventListener('uncapturederror', ({ error }) => {
      this.tell({ gpuErrors: this.report.gpuErrors + 1 });
      if (this.stand.graphics === graphics) this.stand.refused(error);
    });
    const limit = this.wish === 'webgpu' ? this.limitOn(graphics) : longest;
    try {
      await registerGraphics(graphics);
      const stand = await this.place('webgpu', graphics);
      const kernels = await stand.raceLoss(() => tuneKernels(graphics), limit);
      const trial = await stand.raceLoss(() => tryOut(this.library), limit);
      this.tell({ kernels });
      this.note(trial);
      return trial;
    } catch (why) {
      console.warn(why);
      if (!(why instanceof WrongOutput)) return void (await noticed(this.stand, why));
      this.note(why.trial);
      return why.trial;
    }
  }

  /** Back to the processor. */
  private async abandon(reason: DeviceReport['reason']): Promise<void> {
    const { graphics } = this.stand;
    await this.place(this.processor);
    dropGraphics();
    graphics?.device.destroy();
    this.tell({ backend: this.processor, reason });
  }

  /** Puts a backend in the place of the present one. What was begun on that, resting parts too, begins anew. To be called within a turn. */
  private async place(backend: BackendName, graphics?: Graphics): Promise<Stand> {
    const old = this.stand;
    const stand = (this.stand = new Stand(backend, graphics));
    old.end();
    this.library.close();
    await present(backend);
    return stand;
  }

  /** A software adapter may take its time. */
  private limitOn(graphics: Graphics | undefined): number | undefined {
    return graphics && !graphics.info.software ? this.limits.stuck : undefined;
  }

  /** Runs `part` when nothing has been computed for a while, and nothing is half done. */
  private async alone(part: () => Promise<void>): Promise<void> {
    for (let calm = 0; calm < quiet; calm = this.turns.isIdle && this.open === 0 ? calm + 100 : 0) await later(100);
    const turn = await this.turns.take('');
    await part().finally(() => this.turns.leave(turn));
  }

  /** Runs `part` in the room's turn; where its backend is lost, replaced or wrong, sees to another and runs it again. */
  async compute<T>(room: string, part: Part<T>, { isBackground = false } = {}): Promise<T> {
    this.open++;
    let turn = await this.turns.take(room, isBackground);
    try {
      for (;;) {
        if (this.failure) throw this.failure;
        const { stand } = this;
        const mine = turn;
        try {
          return await stand.raceLoss(part, this.limitOn(stand.graphics), () => this.turns.yieldTurn(mine));
        } catch (why) {
          turn = await this.turns.again(mine);
          // Another may have replaced it while this one was resting.
          if (this.stand === stand && !(await this.mend(stand, why))) throw why;
        }
      }
    } finally {
      this.turns.leave(turn);
      this.open--;
    }
  }

  /** Sees to another backend where this one is to blame for the failure; false where it is not. To be called within a turn. */
  private async mend(stand: Stand, why: unknown): Promise<boolean> {
    if (why instanceof WrongOutput) return this.replaceWrong(stand, why);
    await noticed(stand, why);
    if (stand.isGone) await this.replaceLost();
    return stand.isGone;
  }

  /** A graphics device that is wrong for one model is trusted with none; of wasm and plain JavaScript the testing model decides. */
  private async replaceWrong({ graphics, backend }: Stand, why: WrongOutput): Promise<boolean> {
    // Nor does one that was made or imported here say anything of a device: its self-test comes from who knows where.
    if ((!graphics && why.model !== testModel) || why.model.includes(':')) return false;
    console.warn(why);
    this.note(why.trial);
    if (graphics) {
      await this.abandon('wrong');
      return true;
    }
    if (backend === 'cpu') {
      this.failure = new EngineError('no-backend', why.message);
      this.tell({ backend: undefined, reason: 'failed' });
      throw this.failure;
    }
    await startProcessor('cpu', this.wasm);
    this.processor = 'cpu';
    await this.place('cpu');
    this.tell({ backend: 'cpu' });
    return true;
  }

  private async leaveLost(): Promise<void> {
    await this.place(this.processor);
    dropGraphics();
    this.tell({ losses: this.report.losses + 1 });
  }

  /** A fresh device with the weights from the host, held against the golden output; or the processor. */
  private async replaceLost(): Promise<void> {
    await this.leaveLost();
    const { losses } = this.report;
    const fresh = losses < tolerated ? await openGraphics().catch(() => undefined) : undefined;
    // After a crash a browser may offer a software adapter instead of the card.
    const graphics = fresh && (!fresh.info.software || this.wish === 'webgpu') ? fresh : undefined;
    const trial = graphics && (await this.takeOver(graphics));
    if (trial?.passed) this.tell({ adapter: graphics!.info });
    else await this.abandon('lost');
    this.post({ kind: 'lost' });
  }

  /** Whether the backend of now still stands, when that is asked. */
  stands(): () => boolean {
    const { stand } = this;
    return () => !stand.isGone;
  }

  /** Whether memory ran out on the graphics device since this was last asked. */
  ranShort(): boolean {
    const ran = this.stand.ranShort();
    if (ran) emptyPool();
    return ran;
  }

  /** No more than `count` items are computed at once. */
  reduced(count: number): void {
    this.tell({ reduced: Math.min(count, this.report.reduced ?? count) });
  }

  breakDevice(): void {
    this.stand.graphics?.device.destroy();
  }
}

/** Those who read from a device may notice its end before it says so; a busy browser passes that on late. What we say ourselves is no sign of it. */
async function noticed({ graphics, isGone }: Stand, why: unknown): Promise<void> {
  if (graphics && !isGone && !(why instanceof EngineError))
    await Promise.race([graphics.device.lost, later(/lost/i.test(String(why)) ? 10_000 : 200)]);
}

const later = (milliseconds: number) => new Promise<void>((go) => setTimeout(go, milliseconds));
