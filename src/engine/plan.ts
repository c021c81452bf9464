// The plan of a network: its layers, blocks and connections, as one forward of it told them; nothing is described a second time.
import type { NetworkPlan, PlanConnection, PlanLayer } from '.';
import { EngineError } from './errors';
import type { Shapes } from './networks';
import type { Traced } from './networks/trace';

const isWithin = (inner: string, outer: string) => inner.startsWith(`${outer}.`);
const sizeOf = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);

/** `traced` by `trace`, and the shapes of all weights as the model ships them. */
export function planOf(model: string, item: readonly number[], traced: readonly Traced[], shapes: Shapes): NetworkPlan {
  // A part that is another under a second name is what passes on from that: a skip connection, or the signal of the time.
  const bridges = new Map(traced.flatMap(({ part, same }) => (same && part !== 'output' && !isWithin(same, part) ? [[part, same]] : [])));
  const own = traced.filter(({ part }) => !bridges.has(part));
  const names = own.map(({ part }) => part);
  const blockOf = (name: string) =>
    names.filter((other) => isWithin(name, other)).reduce<string | undefined>((deepest, other) => (other.length > (deepest?.length ?? 0) ? other : deepest), undefined); // prettier-ignore

  const parameters = new Map<string, number>();
  for (const [weight, shape] of Object.entries(shapes)) {
    const layer = weight.replace(/\.[^.]+$/, '');
    if (!names.includes(layer)) throw new EngineError('weights-shape', `no layer of ${model} tells of its weight ${weight}`);
    parameters.set(layer, (parameters.get(layer) ?? 0) + sizeOf(shape));
  }
  const within = (name: string, of: (layer: string) => number) =>
    names.reduce((sum, other) => sum + (other === name || isWithin(other, name) ? of(other) : 0), 0);
  const operations = new Map(own.map((one) => [one.part, one.operations]));

  const describe = ({ part, shape, from }: Traced): PlanLayer => {
    const block = blockOf(part);
    return {
      name: part,
      ...(block === undefined ? {} : { block }),
      parts: names.filter((other) => blockOf(other) === part),
      shape,
      parameters: within(part, (layer) => parameters.get(layer) ?? 0),
      operations: within(part, (layer) => operations.get(layer) ?? 0),
      from,
    };
  };
  // A block has told of itself when all its parts had: here it stands before them.
  const inOrder = (block?: string): Traced[] =>
    own.filter(({ part }) => blockOf(part) === block).flatMap((one) => [one, ...inOrder(one.part)]);
  const input: PlanLayer = { name: 'input', parts: [], shape: item, parameters: 0, operations: 0, from: [] };
  const layers = [input, ...inOrder().map(describe)];
  const top = layers.filter(({ block }) => block === undefined);
  return {
    model,
    layers,
    connections: connectionsOf(own, bridges, blockOf),
    parameters: top.reduce((sum, layer) => sum + layer.parameters, 0),
    operations: top.reduce((sum, layer) => sum + layer.operations, 0),
  };
}

/** Each between two neighbours: parts of one block, or blocks and layers that stand in none. */
function connectionsOf(
  traced: readonly Traced[],
  bridges: ReadonlyMap<string, string>,
  blockOf: (name: string) => string | undefined,
): PlanConnection[] {
  const pathOf = (name: string): string[] => {
    const block = blockOf(name);
    return [...(block === undefined ? [] : pathOf(block)), name];
  };
  const found = new Map<string, PlanConnection>();
  for (const { part, from } of traced) {
    for (const source of from) {
      const [start, end] = [pathOf(bridges.get(source) ?? source), pathOf(part)];
      const fork = start.findIndex((step, at) => step !== end[at]);
      const [one, other] = [start[fork], end[fork]];
      // What a block is made of by its own parts is no connection.
      if (one === undefined || other === undefined) continue;
      const connection = { from: one, to: other, ...(bridges.has(source) ? { name: source } : {}) };
      found.set(JSON.stringify(connection), connection);
    }
  }
  return [...found.values()];
}

/** What can be ablated or listened to: layers, blocks and named connections. */
export const partsOf = ({ layers, connections }: NetworkPlan): string[] => [
  ...layers.map(({ name }) => name).filter((name) => name !== 'input' && name !== 'output'),
  ...new Set(connections.flatMap(({ name }) => name ?? [])),
];
