// The graph of a network, heard while it computes: every kernel passes one place in tfjs, and every named part tells of itself.
import { engine, type NamedAttrMap, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';
import type { Watch, Weights } from '.';

/** What a forward told of a part. */
export interface Traced {
  readonly part: string;
  /** Of one item. */
  readonly shape: readonly number[];
  /** Two for every multiply-add of convolutions and matrix products that made it of the parts it comes from. */
  readonly operations: number;
  /** The parts it was made of: `input`, or none where it comes of the level or the class. */
  readonly from: readonly string[];
  /** Another name of this part: nothing was computed between them. */
  readonly same: string | undefined;
}

/** What is known of a tensor: the nearest parts it was made of, and the operations since. */
interface Origin {
  readonly from: ReadonlySet<string>;
  readonly isWeight: boolean;
  readonly part?: string;
  pending: number;
}

/**
 * Runs `forward` once and tells its parts in the order of computing, and last the `output`. Constants (a grouping of channels) count
 * for nothing; operations of what was computed at once and then split are split alike.
 */
export function trace(input: Tensor, weights: Weights, forward: (watch: Watch) => Tensor): Traced[] {
  const origins = new Map<number, Origin>([[input.id, { from: new Set(['input']), isWeight: false, pending: 0 }]]);
  for (const [name, { id }] of Object.entries(weights))
    if (/\.(weight|bias)$/.test(name)) origins.set(id, { from: new Set(), isWeight: true, pending: 0 });
  const all: Traced[] = [];

  const hear = (kernel: string, inputs: NamedTensorMap, attributes: NamedAttrMap | undefined, outputs: readonly Tensor[]) => {
    const known = Object.values(inputs).flatMap((one) => (one && origins.get(one.id)) ?? []);
    const isKnown = (one: Tensor | undefined) => one !== undefined && origins.has(one.id);
    let operations = operationsOf(kernel, inputs, attributes, outputs[0]!, isKnown);
    for (const origin of known) {
      operations += origin.pending;
      origin.pending = 0;
    }
    if (known.length === 0) return;
    const from = new Set(known.flatMap((origin) => [...origin.from]));
    const isWeight = known.every((origin) => origin.isWeight);
    const size = outputs.reduce((sum, output) => sum + output.size, 0);
    for (const output of outputs) origins.set(output.id, { from, isWeight, pending: (operations * output.size) / size });
  };
  const tell = (part: string, { id, shape }: Pick<Tensor, 'id' | 'shape'>) => {
    const { from = [], pending = 0, part: same } = origins.get(id) ?? {};
    all.push({ part, shape: shape.slice(1), operations: pending, from: [...from], same });
    origins.set(id, { from: new Set([part]), isWeight: false, pending: 0, part });
    return undefined;
  };

  const tfjs = engine();
  const run = tfjs.runKernel.bind(tfjs) as (kernel: string, inputs: NamedTensorMap, attributes?: NamedAttrMap) => Tensor | Tensor[];
  // In front of whatever stands there, which comes back when the forward is done.
  const before = Object.getOwnPropertyDescriptor(tfjs, 'runKernel');
  Object.defineProperty(tfjs, 'runKernel', {
    configurable: true,
    value: (kernel: string, inputs: NamedTensorMap, attributes?: NamedAttrMap) => {
      const found = run(kernel, inputs, attributes);
      hear(kernel, inputs, attributes, Array.isArray(found) ? found : [found]);
      return found;
    },
  });
  try {
    tell('output', forward(tell));
  } finally {
    if (before) Object.defineProperty(tfjs, 'runKernel', before);
    else Reflect.deleteProperty(tfjs, 'runKernel');
  }
  return all;
}

function operationsOf(
  kernel: string,
  inputs: NamedTensorMap,
  attributes: NamedAttrMap | undefined,
  output: Tensor,
  isKnown: (one: Tensor | undefined) => boolean,
): number {
  // A list of inputs has methods of its own.
  const { filter, a, b }: NamedTensorMap = { ...inputs };
  if (filter) return (2 * output.size * filter.size) / filter.shape[filter.shape.length - 1]!;
  if (!/MatMul$|^MatrixProduct$/.test(kernel) || !a || !isKnown(b)) return 0;
  return 2 * output.size * a.shape[a.shape.length - (attributes?.transposeA ? 2 : 1)]!;
}
