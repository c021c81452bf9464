// A model's weights on the present backend: held against its network, folded as that wants them, and freed.
import { keep, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { EngineError } from './errors';
import type { Manifest } from './manifest';
import { isMemory, isSpoiled } from './memory';
import type { Denoiser, Reader, Shapes, Weights } from './networks';
import { withSpread } from './networks/layers';
import type { Values } from './weights';

/** The network's weights, all of them and no others, in their shapes: tfjs would stretch a norm of one number over all channels. */
export function checkShapes(expected: Shapes, { model }: Manifest, values: Readonly<Record<string, Values>>): void {
  const fail = (why: string): never => {
    throw new EngineError('weights-shape', `the weights of ${model} do not fit its network: ${why}`);
  };
  for (const [name, shape] of Object.entries(expected)) {
    const found = Object.hasOwn(values, name) ? values[name]! : fail(`${name} is missing`);
    if (found.shape.join() !== shape.join()) fail(`${name} is [${found.shape.join(', ')}], not [${shape.join(', ')}]`);
  }
  const stranger = Object.keys(values).find((name) => !Object.hasOwn(expected, name));
  if (stranger !== undefined) fail(`nothing reads ${stranger}`);
}

/** Weights as kept tensors, folded as the network wants them. A manifest may be sound and yet not be that of its network. */
export function placeWeights(network: Denoiser | Reader, { model, config }: Manifest, values: Readonly<Record<string, Values>>): Weights {
  try {
    return tidy(() => {
      const raw = Object.fromEntries(
        Object.entries(values).map(([name, { values: numbers, shape }]) => [name, tensor(numbers, [...shape])]),
      );
      const ready = withSpread(network.prepare(raw, config));
      Object.values(ready).forEach(keep);
      return ready;
    });
  } catch (why) {
    if (isMemory(why) || isSpoiled(why)) throw why;
    throw new EngineError('weights-shape', `the weights of ${model} do not fit its network: ${String(why)}`);
  }
}

export function discard(value: Tensor): void {
  try {
    value.dispose();
  } catch {
    // The device that held it is gone, and it with it; the others are to be freed all the same.
  }
}
