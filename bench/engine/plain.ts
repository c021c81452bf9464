// The digit U-Net as one writes it in stock tfjs, every gradient by tfjs itself: what a training step of ours is measured against.
import {
  add,
  avgPool,
  concat,
  fused,
  gather,
  image,
  matMul,
  mul,
  reshape,
  rsqrt,
  sigmoid,
  split,
  square,
  sub,
  tensor,
  transpose,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { blocksOf, type Config, type Unit } from './folding';

export interface PlainQuestion {
  readonly x: Tensor4D;
  readonly logSnr: number;
  /** One for each picture. */
  readonly labels: readonly number[];
}

const silu = <T extends Tensor>(x: T): T => mul(x, sigmoid(x));

/** Gives every channel the average of its group: a [c, c] matrix for each width. */
function groupings({ groups, ...config }: Config): (channels: number) => Tensor2D {
  const made = new Map<number, Tensor2D>();
  const widths = Object.values(blocksOf({ groups, ...config })).flatMap((units: readonly Unit[]) => units.flatMap(({ fanIn, fanOut }) => [fanIn, fanOut])); // prettier-ignore
  for (const channels of widths) {
    const size = channels / groups;
    const values = Float32Array.from({ length: channels * channels }, (_, at) =>
      Math.floor(Math.floor(at / channels) / size) === Math.floor((at % channels) / size) ? 1 / size : 0,
    );
    if (!made.has(channels)) made.set(channels, tensor(values, [channels, channels]));
  }
  return (channels) => made.get(channels)!;
}

/** v of pictures by weights under their shipped names. */
export function plainNetwork(config: Config): (weights: Readonly<Record<string, Tensor>>, question: PlainQuestion) => Tensor4D {
  const groupingOf = groupings(config);
  const { patch, channels, frequencies } = config;
  const blocks = blocksOf(config);

  return (weights, { x, logSnr, labels }) => {
    const of = (name: string) => weights[name]!;
    const dense = (name: string, a: Tensor) =>
      fused.matMul({ a: a as Tensor2D, b: of(`${name}.weight`) as Tensor2D, bias: of(`${name}.bias`) }) as Tensor2D;
    const convolution = (name: string, input: Tensor4D) =>
      fused.conv2d({ x: input, filter: of(`${name}.weight`) as Tensor4D, strides: 1, pad: 'same', bias: of(`${name}.bias`) as Tensor1D }) as Tensor4D; // prettier-ignore
    const norm = (name: string, input: Tensor4D): Tensor4D => {
      const [count, height, width, depth] = input.shape;
      const average = (values: Tensor4D) => {
        const pooled = reshape(avgPool(values, [height, width], 1, 'valid'), [count, depth]);
        return reshape(matMul(pooled, groupingOf(depth)), [count, 1, 1, depth]) as Tensor4D;
      };
      const centred = sub<Tensor4D>(input, average(input));
      const scale = mul(rsqrt(add(average(square(centred)), 1e-5)), of(`${name}.weight`));
      return add(mul(centred, scale), of(`${name}.bias`));
    };

    const angles = Array.from({ length: frequencies }, (_, at) => (logSnr / 10) * 2 ** ((5 * at) / (frequencies - 1)) * (Math.PI / 2));
    const features = tensor([...angles.map(Math.sin), ...angles.map(Math.cos)], [1, 2 * frequencies]);
    const level = dense('level2', silu(dense('level1', features)));
    const given = silu(add(level, gather(of('label.weight'), tensor([...labels], [labels.length], 'int32'))));

    const unit = (input: Tensor4D, { name, fanIn, fanOut }: Unit): Tensor4D => {
      const h = convolution(`${name}.conv1`, silu(norm(`${name}.norm1`, input)));
      const film = reshape(dense(`${name}.film`, given), [labels.length, 1, 1, 2 * fanOut]);
      const [scale, shift] = split(film, 2, 3) as [Tensor4D, Tensor4D];
      const second = silu(add(mul(norm(`${name}.norm2`, h), add(scale, 1)), shift)) as Tensor4D;
      return add(fanIn === fanOut ? input : convolution(`${name}.shortcut`, input), convolution(`${name}.conv2`, second));
    };
    const block = (name: keyof typeof blocks, input: Tensor4D) => blocks[name].reduce(unit, input);
    const doubled = (input: Tensor4D) => image.resizeNearestNeighbor(input, [input.shape[1] * 2, input.shape[2] * 2]);

    const [count, height, width] = [x.shape[0], x.shape[1] / patch, x.shape[2] / patch];
    const cells = transpose(reshape(x, [count * height, patch, width, patch * channels]), [0, 2, 1, 3]);
    const stem = convolution('stem', reshape(cells, [count, height, width, patch * patch * channels]));
    const skip1 = block('encoder1', stem);
    const skip2 = block('encoder2', avgPool(skip1, 2, 2, 'valid'));
    const decoded = block('decoder2', concat([doubled(block('bottleneck', avgPool(skip2, 2, 2, 'valid'))), skip2], 3));
    const last = block('decoder1', concat([doubled(decoded), skip1], 3));
    // tfjs knows no gradient of depthToSpace.
    const folded = reshape(convolution('head', silu(norm('norm', last))), [count * height, width, patch, patch * channels]);
    return reshape(transpose(folded, [0, 2, 1, 3]), x.shape);
  };
}
