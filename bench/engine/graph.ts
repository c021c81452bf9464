// The digit U-Net as an ONNX graph, the same function as src/engine/networks/unet.ts, in the forms among which ONNX Runtime's fastest is looked for.
import type { Manifest, Values } from '../../src/engine/weights';
import { blocksOf, configOf, filmsOf, filterOf, stemOf, type Filter, type Unit } from './folding';
import { Graph, microsoft, type Port } from './onnx';

/** The choices in writing one and the same function. */
export interface Form {
  /** InstanceNormalization or LayerNormalization over the numbers of each group; ONNX's or ONNX Runtime's own GroupNormalization. */
  readonly norm: 'instance' | 'layer' | 'group' | 'contrib';
  /** x sigmoid(x) in two nodes, or QuickGelu with alpha = 1. The contrib norm brings it. */
  readonly silu: 'sigmoid' | 'quick';
  /** The condition vector and FiLM in the graph; or computed on the host and given as an input for each gain and shift. */
  readonly condition: 'graph' | 'inputs';
}

export interface Written {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly inputs: readonly Port[];
  readonly output: Port;
}

type Shape = readonly [count: number, channels: number, height: number, width: number];
interface Flow {
  readonly name: string;
  readonly shape: Shape;
}

const flat = { norm1: (count: number) => [count], wide: (count: number) => [1, count, 1, 1] };

/** The graph for a fixed batch of `count` pictures of one class. */
export function write(
  { manifest, values }: { manifest: Manifest; values: Readonly<Record<string, Values>> },
  form: Form,
  count: number,
): Written {
  const config = configOf(manifest);
  const { size, channels, patch, embedding, frequencies, groups } = config;
  const graph = new Graph();
  const blocks = blocksOf(config);
  const films = filmsOf(values, config);
  const of = (name: string) => values[name]!;
  const inputs: Port[] = [{ name: 'x', shape: [count, channels, size, size] }];
  const input = (name: string, shape: readonly number[]): string => {
    inputs.push({ name, shape });
    return name;
  };
  /** ONNX's group norms take gain and shift as [c]; spelled out, they are multiplied and added. */
  const asOne = form.norm === 'group' || form.norm === 'contrib';
  const affine = asOne ? flat.norm1 : flat.wide;

  const silu = (x: string) =>
    form.silu === 'quick'
      ? graph.node('QuickGelu', [x], { alpha: { float: 1 } }, microsoft)
      : graph.node('Mul', [x, graph.node('Sigmoid', [x])]);

  const convolve = ({ name: x, shape: [n, , height, width] }: Flow, { shape, values: filter }: Filter, bias: string, stride = 1): Flow => {
    const pad = (shape[2] - stride) / 2;
    const made = graph.node('Conv', [x, graph.values(shape, filter), graph.values([shape[0]], of(bias).values)], {
      kernel_shape: [shape[2], shape[3]],
      pads: [pad, pad, pad, pad],
      strides: [stride, stride],
    });
    return { name: made, shape: [n, shape[0], height / stride, width / stride] };
  };
  const convolution = (x: Flow, name: string) => convolve(x, filterOf(of(`${name}.weight`)), `${name}.bias`);

  const normalised = ({ name: x, shape }: Flow, gain: string, shift: string): Flow => {
    const [n, c, height, width] = shape;
    const epsilon = { float: 1e-5 };
    if (form.norm === 'contrib') {
      const last = graph.node('Transpose', [x], { perm: [0, 2, 3, 1] });
      const attributes = { activation: 1, channels_last: 1, epsilon, groups };
      const active = graph.node('GroupNorm', [last, gain, shift], attributes, microsoft);
      return { name: graph.node('Transpose', [active], { perm: [0, 3, 1, 2] }), shape };
    }
    if (form.norm === 'group')
      return { name: silu(graph.node('GroupNormalization', [x, gain, shift], { epsilon, num_groups: groups })), shape };
    const each = (c / groups) * height * width;
    const rows = graph.node('Reshape', [x, graph.wholes([n, groups, each])]);
    const ones = (length: number, value: number) => graph.values([length], new Float32Array(length).fill(value));
    const centred =
      form.norm === 'layer'
        ? graph.node('LayerNormalization', [rows, ones(each, 1), ones(each, 0)], { axis: -1, epsilon })
        : graph.node('InstanceNormalization', [rows, ones(groups, 1), ones(groups, 0)], { epsilon });
    const back = graph.node('Reshape', [centred, graph.wholes(shape)]);
    return { name: silu(graph.node('Add', [graph.node('Mul', [back, gain]), shift])), shape };
  };
  const plainNorm = (x: Flow, name: string) => {
    const [gain, shift] = ['weight', 'bias'].map((part) => graph.values(affine(x.shape[1]), of(`${name}.${part}`).values));
    return normalised(x, gain!, shift!);
  };

  const dense = (x: string, name: string, out: number) =>
    graph.node('Gemm', [
      x,
      graph.values(of(`${name}.weight`).shape, of(`${name}.weight`).values),
      graph.values([out], of(`${name}.bias`).values),
    ]);

  function conditioned(): string[] {
    if (form.condition === 'inputs') return films.map(({ width }, at) => input(`film${at}`, affine(width)));
    const level = dense(silu(dense(input('features', [1, 2 * frequencies]), 'level1', embedding)), 'level2', embedding);
    const vector = silu(graph.node('Add', [level, input('label', [1, embedding])]));
    // One layer for each: a Split into so many needs more storage buffers than WebGPU grants.
    return films.map(({ weight, bias, width }) => {
      const film = graph.node('Gemm', [vector, graph.values([embedding, width], weight), graph.values([width], bias)]);
      return graph.node('Reshape', [film, graph.wholes(affine(width))]);
    });
  }
  const given = conditioned();
  let film = 0;

  const run = (x: Flow, { name, fanIn, fanOut }: Unit): Flow => {
    const h = convolution(plainNorm(x, `${name}.norm1`), `${name}.conv1`);
    const second = convolution(normalised(h, given[film++]!, given[film++]!), `${name}.conv2`);
    const shortcut = fanIn === fanOut ? x : convolution(x, `${name}.shortcut`);
    return { name: graph.node('Add', [second.name, shortcut.name]), shape: second.shape };
  };
  const block = (name: keyof typeof blocks, x: Flow) => blocks[name].reduce(run, x);

  const halved = ({ name, shape: [n, c, height, width] }: Flow): Flow => ({
    name: graph.node('AveragePool', [name], { kernel_shape: [2, 2], strides: [2, 2] }),
    shape: [n, c, height / 2, width / 2],
  });
  const doubled = ({ name, shape: [n, c, height, width] }: Flow): Flow => ({
    name: graph.node('Resize', [name, '', graph.values([4], [1, 1, 2, 2])], {
      coordinate_transformation_mode: 'asymmetric',
      mode: 'nearest',
      nearest_mode: 'floor',
    }),
    shape: [n, c, height * 2, width * 2],
  });
  const beside = (one: Flow, two: Flow): Flow => ({
    name: graph.node('Concat', [one.name, two.name], { axis: 1 }),
    shape: [one.shape[0], one.shape[1] + two.shape[1], one.shape[2], one.shape[3]],
  });

  const picture: Flow = { name: 'x', shape: [count, channels, size, size] };
  const skip1 = block('encoder1', convolve(picture, stemOf(of('stem.weight'), patch), 'stem.bias', patch));
  const skip2 = block('encoder2', halved(skip1));
  const decoded = block('decoder2', beside(doubled(block('bottleneck', halved(skip2))), skip2));
  const last = block('decoder1', beside(doubled(decoded), skip1));
  const folded = convolution(plainNorm(last, 'norm'), 'head');
  const output: Port = { name: 'v', shape: [count, channels, size, size] };
  const unfolded = graph.node('DepthToSpace', [folded.name], { blocksize: patch, mode: 'DCR' });
  return { bytes: graph.model(inputs, output, unfolded), inputs, output };
}
