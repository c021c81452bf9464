// What computes now: a backend with its device, which may be lost, hang, or be replaced under those who compute on it.
import type { BackendName } from '.';
import type { Graphics } from './device';
import { EngineError } from './errors';
import type { Breathe } from './model';

/** A piece of computing; it awaits `breathe` where others may go first. */
export type Part<T> = (breathe: Breathe) => Promise<T>;

export class Stand {
  isGone = false;
  /** It did not go by itself. */
  isGivenUp = false;
  /** The device has said that memory ran out, and nobody has asked since. */
  private isShort = false;
  /** Those who compute here, resting ones too, to be told when it is gone. One listener each: a race with a lasting promise would keep every result. */
  private readonly racing = new Set<() => void>();

  constructor(
    readonly backend: BackendName,
    readonly graphics?: Graphics,
  ) {
    void graphics?.device.lost.then(() => this.end());
  }

  /** Nothing will come any more of what was begun here. */
  end(): void {
    this.isGone = true;
    for (const tell of [...this.racing]) tell();
  }

  /** `part`, or `device-lost` as soon as this is gone, or where the part computes longer than `limit` ms without a breath. */
  raceLoss<T>(part: Part<T>, limit?: number, rest: Breathe = () => Promise.resolve()): Promise<T> {
    return new Promise((resolve, reject) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const gone = () => {
        stop();
        reject(new EngineError('device-lost', `${this.backend}, in the middle of a step`));
      };
      const start = () => {
        if (limit !== undefined) timer = setTimeout(() => this.giveUp(), limit);
      };
      const stop = () => {
        clearTimeout(timer);
        this.racing.delete(gone);
      };
      if (this.isGone) return gone();
      this.racing.add(gone);
      start();
      const breathe = async () => {
        clearTimeout(timer); // a rest is no computing
        await rest();
        start();
      };
      void part(breathe).then(resolve, reject).finally(stop);
    });
  }

  /** The device could not do something; it throws nothing. */
  refused(error: GPUError): void {
    if (isOf('GPUOutOfMemoryError', error)) this.isShort = true;
    // What was to be made of what got no memory is not valid: whoever asks whether that ran out computes all of it anew.
    else if (!this.isShort || !isOf('GPUValidationError', error)) {
      // What was refused left its buffer unwritten, and whoever reads that gets the numbers of another: the device is as good as lost.
      console.warn('engine: the graphics device refused something,', error.message);
      this.giveUp();
    }
  }

  /** Whether memory ran out since this was last asked. */
  ranShort(): boolean {
    const { isShort } = this;
    this.isShort = false;
    return isShort;
  }

  /** A device that does not answer, or answers wrongly, and yet is not lost is lost by us: what is under way fails with `device-lost`. */
  giveUp(): void {
    this.isGivenUp = true;
    this.graphics?.device.destroy();
    this.end();
  }
}

/** Where there is no WebGPU there are no such classes. */
function isOf(name: 'GPUOutOfMemoryError' | 'GPUValidationError', error: GPUError): boolean {
  const { [name]: Class }: Partial<Pick<typeof globalThis, typeof name>> = globalThis;
  return Class !== undefined && error instanceof Class;
}
