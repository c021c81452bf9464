// A step of a run as the hall shows it: what went in, what every block made of it, and what came out.
import { abarOf, type Pixels, type SamplerStep } from '../../src/engine';
import type { Frame } from './live';

/** What went into a step of DDIM, from what came out: x_t = x0 + (level / next) (x_next - x0), at unit variance. */
export function before({ level, next, noisy, clean }: SamplerStep): Pixels {
  const [grown, scale] = [Math.sqrt(1 + next * next), Math.sqrt(1 + level * level)];
  const values = noisy.values.map((x, i) => (clean.values[i]! + (level / next) * (x * grown - clean.values[i]!)) / scale);
  return { values, shape: noisy.shape };
}

/**
 * A step as the hall shows it; `earlier`: the step before. The last one ends without noise, so that
 * what went into it is known from the step before alone: where that was missed, `input` is left out.
 */
export function frameOf(step: SamplerStep, earlier: SamplerStep | undefined): Frame {
  const input = earlier?.index === step.index - 1 ? earlier.noisy : step.next > 0 ? before(step) : undefined;
  const maps = { ...step.activations, ...(input ? { input: flat(input) } : {}), output: flat(step.clean) };
  return { index: step.index, steps: step.steps, noise: 1 - abarOf(step.level), maps };
}
/** Of a batch of one: the item. */
const flat = ({ values, shape }: Pixels): Pixels => ({ values, shape: shape.slice(1) });
