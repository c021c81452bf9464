// Which backend computes: wasm at once, WebGPU tested and timed behind it and taken over between jobs; back when a device is lost.
import type { DeviceReport } from '.';
import { dropGraphics, openGraphics, present, registerGraphics, startProcessor, tryOut, type Graphics, type Trial } from './device';
import { EngineError } from './errors';
import type { Library } from './library';
import type { Post } from './core';
import type { BackendWish, Start } from './protocol';
import type { Turns } from './turns';

/** Quiet time before the graphics device is tried: the first dream goes first. */
const quiet = 1500;
/** Devices that may be lost before the processor takes over for good. */
const tolerated = 3;

export class Backends {
  private report: DeviceReport = { backend: undefined, reason: 'starting', trials: [], losses: 0, restarts: 0, gpuErrors: 0 };
  private graphics: Graphics | undefined;
  private processor: 'wasm' | 'cpu' = 'wasm';
  /** Resolves once the present graphics device is lost. */
  private lost: Promise<void> | undefined;
  private mending: Promise<void> | undefined;

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
    this.processor = wish === 'cpu' ? 'cpu' : 'wasm';
    await startProcessor(this.processor, wasm);
    if (wish === 'webgpu') return this.startGraphics();
    this.tell({ backend: this.processor });
    // The test waits for the weights; jobs of other models need not.
    void this.chooseBackend(wish).catch((why: unknown) => {
      console.warn(why);
      this.tell({ reason: why instanceof EngineError && why.code.startsWith('weights') ? 'untested' : 'failed' });
    });
  }

  /** Graphics or nothing: asked for by name. */
  private async startGraphics(): Promise<void> {
    const graphics = await openGraphics();
    if (!graphics) throw new EngineError('no-backend', 'no WebGPU adapter');
    await this.library.load('digits');
    this.adopt(graphics);
    await registerGraphics(graphics);
    await present('webgpu');
    const trial = await tryOut(this.library);
    this.note(trial);
    if (!trial.passed) throw new EngineError('no-backend', `WebGPU is wrong by ${trial.error}`);
    this.tell({ backend: 'webgpu', reason: 'only', adapter: graphics.info });
  }

  private async chooseBackend(wish: BackendWish): Promise<void> {
    await this.library.load('digits');
    const own = await this.inTurn(() => tryOut(this.library));
    this.note(own);
    if (!own.passed) console.error(`self-test: ${own.backend} is wrong by ${own.error}`);
    if (wish !== 'measured') return this.tell({ reason: 'only' });
    const graphics = await openGraphics().catch(() => undefined);
    if (!graphics) return this.tell({ reason: 'absent' });
    this.tell({ adapter: graphics.info });
    // A software adapter computes on this same processor, with a detour, and would hold up every job while it is tried.
    if (graphics.info.software) {
      graphics.device.destroy();
      return this.tell({ reason: 'software' });
    }
    this.adopt(graphics);
    await this.whenQuiet();
    await this.inTurn(async () => {
      await registerGraphics(graphics);
      await this.switchTo('webgpu');
      const trial = await tryOut(this.library).catch((why: unknown) => (console.error(why), undefined));
      if (trial) this.note(trial);
      const better = trial?.passed === true && (!own.passed || trial.milliseconds < own.milliseconds);
      if (better) return this.tell({ backend: 'webgpu', reason: 'faster' });
      await this.abandon(trial ? (trial.passed ? 'slower' : 'wrong') : 'failed');
    });
  }

  private async abandon(reason: DeviceReport['reason']): Promise<void> {
    const { graphics } = this;
    this.graphics = undefined;
    this.lost = undefined;
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
    this.lost = graphics.device.lost.then(() => undefined);
  }

  private async inTurn<T>(part: () => Promise<T>, room = ''): Promise<T> {
    await this.turns.take(room);
    return part().finally(() => this.turns.leave());
  }

  private async whenQuiet(): Promise<void> {
    for (let calm = 0; calm < quiet; calm = this.turns.isIdle ? calm + 100 : 0) await new Promise((go) => setTimeout(go, 100));
  }

  /** Runs `part` in the room's turn; where the device is lost under it, mends that and runs it again. */
  compute<T>(room: string, part: () => Promise<T>): Promise<T> {
    return this.inTurn(async () => {
      for (;;) {
        const { lost } = this;
        try {
          return await (lost && this.report.backend === 'webgpu' ? Promise.race([part(), lost.then(gone)]) : part());
        } catch (why) {
          const isGone = lost !== undefined && (await Promise.race([lost.then(() => true), later(200)]));
          if (!isGone) throw why;
          await (this.mending ??= this.mend().finally(() => (this.mending = undefined)));
        }
      }
    }, room);
  }

  /** A fresh device with the weights from the host, held against the golden output; or the processor. */
  private async mend(): Promise<void> {
    this.library.close();
    this.graphics = undefined;
    this.lost = undefined;
    const losses = this.report.losses + 1;
    const graphics = losses < tolerated ? await openGraphics().catch(() => undefined) : undefined;
    await present(this.processor);
    dropGraphics();
    let isRight = false;
    if (graphics) {
      this.adopt(graphics);
      try {
        await registerGraphics(graphics);
        await this.switchTo('webgpu');
        const trial = await tryOut(this.library);
        this.note(trial);
        isRight = trial.passed;
      } catch (why) {
        console.error(why);
      }
    }
    this.tell({ losses });
    if (!isRight) await this.abandon('lost');
    this.post({ kind: 'lost' });
  }

  breakDevice(): void {
    this.graphics?.device.destroy();
  }
}

const later = (milliseconds: number) => new Promise<false>((go) => setTimeout(() => go(false), milliseconds));

function gone(): never {
  throw new EngineError('device-lost', 'in the middle of a step');
}
