// Signs of life from the middle of a long computation: a worker that computes hears no message, but what it says is heard.
import { engine, type Tensor } from '@tensorflow/tfjs-core';

/** Ms between two signs at least; the page takes a worker for hung that says nothing for ten seconds. */
const rest = 1000;

let tell: (() => void) | undefined;
let told = 0;

/** Says that the worker is at work, once a second at most. */
function beat(): void {
  const now = performance.now();
  if (now - told <= rest) return;
  told = now;
  tell?.();
}

/** `sign` is called whenever tfjs begins an operation, once a second at most: a slow device is heard, and one that hangs is not. */
export function keepPulse(sign: () => void): void {
  const isFirst = tell === undefined;
  tell = sign;
  if (!isFirst) return;
  const tfjs = engine();
  const run = tfjs.runKernel.bind(tfjs) as typeof tfjs.runKernel;
  tfjs.runKernel = <T extends Tensor | Tensor[]>(...work: Parameters<typeof run>) => {
    beat();
    return run<T>(...work);
  };
}

/** Numbers between two signs of a long loop. */
const stretch = 1 << 16;

/** `part` for all places below `count`, one stretch after the other, with signs of life between them. */
export function inStretches(count: number, part: (from: number, to: number) => void): void {
  for (let from = 0; from < count; from += stretch) {
    beat();
    part(from, Math.min(count, from + stretch));
  }
}
