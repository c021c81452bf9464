// An ONNX model as bytes: nodes, constants, inputs and outputs. Field numbers are those of onnx.proto3 (ONNX 1.16, IR version 10).
import { bytes, float, joined, message, text, whole, wholes } from './protobuf';

export type Attribute = number | string | readonly number[] | { readonly float: number };

/** Domain of ONNX Runtime's own operations. */
export const microsoft = 'com.microsoft';

const versions: Record<string, number> = { '': 21, [microsoft]: 1 };
const kinds = { float32: 1, int64: 7 };

export interface Port {
  readonly name: string;
  readonly shape: readonly number[];
}

function attribute(name: string, value: Attribute): Uint8Array {
  const content =
    typeof value === 'number'
      ? [whole(3, value), whole(20, 2)]
      : typeof value === 'string'
        ? [text(4, value), whole(20, 3)]
        : 'float' in value
          ? [float(2, value.float), whole(20, 1)]
          : [...wholes(8, value), whole(20, 7)];
  return message(5, [text(1, name), ...content]);
}

const port = (field: number, { name, shape }: Port) => {
  const dimensions = message(
    2,
    shape.map((side) => message(1, [whole(1, side)])),
  );
  return message(field, [text(1, name), message(2, [message(1, [whole(1, kinds.float32), dimensions])])]);
};

/** Collects a graph node by node; every call returns the name of what it makes. */
export class Graph {
  private readonly nodes: Uint8Array[] = [];
  private readonly constants: Uint8Array[] = [];
  private readonly domains = new Set(['']);
  private count = 0;

  private fresh = (kind: string) => `${kind}${this.count++}`;

  private constant(name: string, kind: keyof typeof kinds, shape: readonly number[], raw: ArrayBuffer): string {
    this.constants.push(message(5, [...wholes(1, shape), whole(2, kinds[kind]), text(8, name), bytes(9, new Uint8Array(raw))]));
    return name;
  }

  /** Numbers that never change. */
  values(shape: readonly number[], values: Float32Array | readonly number[]): string {
    return this.constant(this.fresh('values'), 'float32', shape, Float32Array.from(values).buffer);
  }

  /** Whole numbers that never change: a shape, sizes, axes. */
  wholes(values: readonly number[]): string {
    return this.constant(this.fresh('wholes'), 'int64', [values.length], BigInt64Array.from(values, BigInt).buffer);
  }

  /** A node with several outputs. */
  split(kind: string, inputs: readonly string[], outputs: number, attributes: Record<string, Attribute> = {}, domain = ''): string[] {
    const name = this.fresh(kind);
    const made = Array.from({ length: outputs }, (_, at) => `${name}.${at}`);
    const named = Object.entries(attributes).map(([key, value]) => attribute(key, value));
    this.nodes.push(
      message(1, [...inputs.map((input) => text(1, input)), ...made.map((output) => text(2, output)), text(3, name), text(4, kind), ...named, text(7, domain)]),
    ); // prettier-ignore
    this.domains.add(domain);
    return made;
  }

  node(kind: string, inputs: readonly string[], attributes: Record<string, Attribute> = {}, domain = ''): string {
    return this.split(kind, inputs, 1, attributes, domain)[0]!;
  }

  /** The whole model. What `result` names becomes the output called `output.name`. */
  model(inputs: readonly Port[], output: Port, result: string): Uint8Array<ArrayBuffer> {
    this.nodes.push(message(1, [text(1, result), text(2, output.name), text(3, output.name), text(4, 'Identity')]));
    const graph = [...this.nodes, text(2, 'unet'), ...this.constants, ...inputs.map((input) => port(11, input)), port(12, output)];
    const opsets = [...this.domains].map((domain) => message(8, [text(1, domain), whole(2, versions[domain]!)]));
    return joined([whole(1, 10), text(2, 'museum-of-diffusion'), message(7, graph), ...opsets]);
  }
}
