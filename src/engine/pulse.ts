// Signs of life from the middle of a long computation: a worker that computes hears no message, but what it says is heard.
import { engine, type Tensor } from '@tensorflow/tfjs-core';

/** Ms between two signs at least; the page takes a worker for hung that says nothing for ten seconds. */
const rest = 1000;

let tell: (() => void) | undefined;
let told = 0;

/** `sign` is called whenever tfjs begins an operation, once a second at most: a slow device is heard, and one that hangs is not. */
export function keepPulse(sign: () => void): void {
  const isFirst = tell === undefined;
  tell = sign;
  if (!isFirst) return;
  const tfjs = engine();
  const run = tfjs.runKernel.bind(tfjs) as typeof tfjs.runKernel;
  tfjs.runKernel = <T extends Tensor | Tensor[]>(...work: Parameters<typeof run>) => {
    const now = performance.now();
    if (now - told > rest) {
      told = now;
      tell?.();
    }
    return run<T>(...work);
  };
}
