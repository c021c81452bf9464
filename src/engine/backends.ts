// Which backend computes: wasm at once, WebGPU tested and timed behind it and taken over between jobs; back when a device is lost.
import type { DeviceReport } from '.';
import type { Post } from './core';
import {
  dropGraphics,
  openGraphics,
  present,
  registerGraphics,
  startProcessor,
  testModel,
  tryOut,
  type Graphics,
  type Trial,
} from './device';
import { EngineError } from './errors';
import type { Library } from './library';
import type { BackendWish, Start } from './protocol';
import type { Turns } from './turns';

/** Quiet time, ms, before the graphics device is tried: the first dream goes first. */
const quiet = 1500;
/** A trial that takes longer, ms, has hung; where WebGPU is asked for by name, it may take its time. */
const longest = 20_000;
/** Devices that may be lost before the processor takes over for good. */
const tolerated = 3;

export class Backends {
  private report: DeviceReport = { backend: undefined, reason: 'starting', trials: [], losses: 0, restarts: 0, gpuErrors: 0 };
  private graphics: Graphics | undefined;
  private processor: 'wasm' | 'cpu' = 'wasm';
  private wish: BackendWish = 'measured';
  private choose: (() => void) | undefined;
  private mending: Promise<void> | undefined;
  /** Parts under way, resting ones too: the backend is not changed under them. */
  private open = 0;
  /** Those who wait for the graphics device, to be told when it is lost. */
  private readonly waiting = new Set<() => void>();

  constructor(
    private readonly library: Library,
    private readonly turns: Turns,
    private readonly post: Post,
  ) {}

  private tell(part: Partial<DeviceReport>): void {
    this.report = { ...this.report, ...part };
    this.post({ kind: 'report', report: this.report });
  }

  private note(trial: Trial): void {
    this.tell({ trials: [...this.report.trials.filter(({ backend }) => backend !== trial.backend), trial] });
  }

  async start(wasm: Start['wasm'], wish: BackendWish): Promise<void> {
    this.wish = wish;
    this.processor = wish === 'cpu' ? 'cpu' : 'wasm';
    await startProcessor(this.processor, wasm).catch(async (why: unknown) => {
      console.warn('wasm does not start:', why);
      this.processor = 'cpu';
      await startProcessor('cpu', wasm);
    });
    if (wish === 'webgpu') return this.startGraphics();
    this.tell({ backend: this.processor });
    // The test waits for the weights; jobs of other models need not.
    this.choose = () =>
      void this.chooseBackend(wasm).catch((why: unknown) => {
        console.warn(why);
        this.tell({ reason: why instanceof EngineError && why.code.startsWith('weights') ? 'untested' : 'failed' });
      });
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

  private async chooseBackend(wasm: Start['wasm']): Promise<void> {
    await this.library.load(testModel);
    const own = await this.inTurn(() => this.testProcessor(wasm));
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
      const trial = await this.takeOver(graphics);
      if (trial?.passed && trial.milliseconds < own.milliseconds) return this.tell({ backend: 'webgpu', reason: 'faster' });
      await this.abandon(trial ? (trial.passed ? 'slower' : 'wrong') : 'failed');
    });
  }

  /** Holds the processor's backend against the golden output; where wasm is wrong, plain JavaScript computes. */
  private async testProcessor(wasm: Start['wasm']): Promise<Trial> {
    const trial = await tryOut(this.library);
    this.note(trial);
    if (trial.passed) return trial;
    if (this.processor === 'cpu') throw new EngineError('no-backend', `cpu is wrong by ${trial.error}`);
    this.processor = 'cpu';
    this.library.close();
    await startProcessor('cpu', wasm);
    this.tell({ backend: 'cpu' });
    return this.testProcessor(wasm);
  }

  /** Makes the device the present backend and tries it; undefined where that fails. */
  private async takeOver(graphics: Graphics): Promise<Trial | undefined> {
    this.adopt(graphics);
    try {
      await registerGraphics(graphics);
      await this.switchTo('webgpu');
      const trial = await this.orLost(tryOut(this.library), this.wish === 'webgpu' ? undefined : longest);
      this.note(trial);
      return trial;
    } catch (why) {
      console.warn(why);
      return undefined;
    }
  }

  private async abandon(reason: DeviceReport['reason']): Promise<void> {
    const { graphics } = this;
    this.graphics = undefined;
    await this.switchTo(this.processor);
    dropGraphics();
    graphics?.device.destroy();
    this.tell({ backend: this.processor, reason });
  }

  private async switchTo(backend: 'webgpu' | 'wasm' | 'cpu'): Promise<void> {
    this.library.close();
    await present(backend);
  }

  private adopt(graphics: Graphics): void {
    this.graphics = graphics;
    graphics.device.addEventListener('uncapturederror', () => this.tell({ gpuErrors: this.report.gpuErrors + 1 }));
    void graphics.device.lost.then(() => {
      graphics.isLost = true;
      if (this.graphics === graphics) for (const tell of [...this.waiting]) tell();
    });
  }

  /** `part`, or a rejection as soon as the device is lost. One listener a device: a race with a lasting promise would keep every result. */
  private orLost<T>(part: Promise<T>, within?: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const give = () => reject(new EngineError('device-lost', 'in the middle of a step'));
      const timer = within === undefined ? undefined : setTimeout(give, within);
      this.waiting.add(give);
      void part.then(resolve, reject).finally(() => {
        clearTimeout(timer);
        this.waiting.delete(give);
      });
    });
  }

  private async inTurn<T>(part: () => Promise<T>, room = ''): Promise<T> {
    await this.turns.take(room);
    return part().finally(() => this.turns.leave());
  }

  /** Runs `part` when nothing has been computed for a while, and nothing is half done. */
  private async alone(part: () => Promise<void>): Promise<void> {
    for (let calm = 0; calm < quiet; calm = this.turns.isIdle && this.open === 0 ? calm + 100 : 0) await later(100);
    await this.inTurn(part);
  }

  /** Runs `part` in the room's turn; where the device is lost under it, mends that and runs it again. */
  compute<T>(room: string, part: () => Promise<T>): Promise<T> {
    this.open++;
    return this.inTurn(async () => {
      for (;;) {
        const { graphics } = this;
        try {
          // Lost while nothing was computed: nothing will tell of it again.
          if (graphics?.isLost) throw new EngineError('device-lost', 'between two steps');
          return await (graphics ? this.orLost(part()) : part());
        } catch (why) {
          // tfjs may notice before the device says so.
          if (graphics && !graphics.isLost) await later(200);
          if (!graphics?.isLost) throw why;
          // Another may have mended it while this one was resting.
          if (this.graphics === graphics) await (this.mending ??= this.mend().finally(() => (this.mending = undefined)));
        }
      }
    }, room).finally(() => this.open--);
  }

  /** A fresh device with the weights from the host, held against the golden output; or the processor. */
  private async mend(): Promise<void> {
    this.library.close();
    this.graphics = undefined;
    await present(this.processor);
    dropGraphics();
    const losses = this.report.losses + 1;
    this.tell({ losses });
    const fresh = losses < tolerated ? await openGraphics().catch(() => undefined) : undefined;
    // After a crash a browser may offer a software adapter instead of the card.
    const graphics = fresh && (!fresh.info.software || this.wish === 'webgpu') ? fresh : undefined;
    const trial = graphics && (await this.takeOver(graphics));
    if (trial?.passed) this.tell({ adapter: graphics!.info });
    else await this.abandon('lost');
    this.post({ kind: 'lost' });
  }

  breakDevice(): void {
    this.graphics?.device.destroy();
  }
}

const later = (milliseconds: number) => new Promise<void>((go) => setTimeout(go, milliseconds));
