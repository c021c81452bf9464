// Where everything of the hall stands, computed from a network's plan alone: floors by resolution, panes by channels, bridges by skips.
import type { NetworkPlan, PlanLayer } from '../../src/engine';
import { hall } from './hall';
import { arc, grid, largestScale, type Pane, type V3 } from './panes';

export type Role = 'input' | 'down' | 'bottom' | 'up' | 'output';

/** A block of the network, or one of its ends, as a place in the hall. */
export interface Station {
  /** Of the plan: `encoder1`, `input` ... */
  readonly name: string;
  readonly role: Role;
  /** Height, width, channels. */
  readonly shape: readonly [number, number, number];
  /** Numbers that were trained in it; an end counts the layers between it and the blocks. */
  readonly parameters: number;
  readonly operations: number;
  /** Middle of the panes' foot, on the floor. */
  readonly at: V3;
  /** The side from which visitors come along the path: 1 looks to the door, -1 away from it. */
  readonly face: 1 | -1;
  /** What the panes take up, from `foot` above the floor on. */
  readonly size: readonly [width: number, height: number];
  readonly panes: readonly Pane[];
}

/** A skip connection: a deck across the well, at the height of its blocks. */
export interface Bridge {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly start: V3;
  readonly end: V3;
}

/** A stretch of both arms: flat at a block, sloped between two resolutions. */
export interface Stretch {
  readonly near: number;
  readonly far: number;
  readonly nearY: number;
  readonly farY: number;
}

export interface Layout {
  readonly model: string;
  /** Metres for one number of a feature map. */
  readonly scale: number;
  /** Metres for one halving of the side. */
  readonly drop: number;
  readonly stations: readonly Station[];
  readonly bridges: readonly Bridge[];
  readonly stretches: readonly Stretch[];
  /** Parameters that no station counts: those of time and class. */
  readonly signal: number;
  readonly parameters: number;
  readonly operations: number;
}

/** Room for the panes of a block beside the path; of the deepest around the visitor; of a picture. */
const room = { width: 2.95, height: 4.15, arc: { radius: 1.95, angle: 3.5, height: 1.9 }, picture: 1.2 } as const;
const middle = hall.width / 2 - 0.1 - room.width / 2;
/** Above the floor: before that stands the desk that explains them. */
const foot = 1.02;
/** The ends hang over the rail of the gallery, high enough to look through below them: in at the left, out at the right. */
const ends = { foot: 2.02, off: 0.68, back: 0.14 } as const;

const isMap = ({ shape }: PlanLayer): boolean => shape.length === 3;
const shapeOf = ({ shape: [height = 1, width = 1, channels = 1] }: PlanLayer) => [height, width, channels] as const;

interface Blocks {
  readonly down: readonly PlanLayer[];
  readonly bottom: PlanLayer;
  readonly up: readonly PlanLayer[];
}

/** The blocks of a U: down to the smallest, and as many up again; undefined where the network is no U. */
function blocksOf({ layers }: NetworkPlan): Blocks | undefined {
  const blocks = layers.filter((layer) => layer.block === undefined && layer.parts.length > 0 && isMap(layer));
  const smallest = Math.min(...blocks.map(({ shape }) => shape[0]!));
  const at = blocks.findIndex(({ shape }) => shape[0] === smallest);
  const bottom = blocks[at];
  if (!bottom || at === 0 || blocks.length !== 2 * at + 1) return undefined;
  return { down: blocks.slice(0, at), bottom, up: blocks.slice(at + 1) };
}

/** The hall of this network; undefined where it is no U-Net. */
export function layoutOf(plan: NetworkPlan): Layout | undefined {
  const blocks = blocksOf(plan);
  const [input, output] = [plan.layers[0], plan.layers.at(-1)];
  if (!blocks || !input || !output) return undefined;
  const { down, bottom, up } = blocks;
  const halvings = (layer: PlanLayer) => Math.log2(input.shape[0]! / layer.shape[0]!);
  const drop = hall.deep / Math.max(1, halvings(bottom));
  const heightOf = (layer: PlanLayer) => (layer === bottom ? -hall.deep : -drop * halvings(layer));

  const count = down.length;
  const ramp = (hall.depth - hall.gallery - hall.bottom - count * hall.terrace) / (count + 1);
  const nearOf = (place: number) => -(hall.gallery + (place + 1) * ramp + place * hall.terrace);
  const heights = down.map(heightOf);
  const stretches = [...heights, -hall.deep].flatMap((y, place): Stretch[] => {
    const near = nearOf(place);
    const slope = { near: near + ramp, far: near, nearY: heights[place - 1] ?? 0, farY: y };
    return place === count ? [slope] : [slope, { near, far: near - hall.terrace, nearY: y, farY: y }];
  });

  const wide = [input, output].map((layer) => ({ shape: shapeOf(layer), width: room.picture, height: room.picture }));
  const arms = [...down, ...up].map((layer) => ({ shape: shapeOf(layer), width: room.width, height: room.height }));
  const round = { shape: shapeOf(bottom), width: room.arc.radius * room.arc.angle, height: room.arc.height };
  const scale = largestScale([...wide, ...arms, round]);

  const tops = plan.layers.filter((layer) => layer.block === undefined);
  const within = (from: number, to: number, of: 'parameters' | 'operations') =>
    tops
      .slice(from, to)
      .filter(isMap)
      .reduce((sum, layer) => sum + layer[of], 0);
  const [first, last] = [tops.indexOf(down[0]!), tops.indexOf(up.at(-1)!)];

  const block = (layer: PlanLayer, role: Role, side: -1 | 1, z: number, face: 1 | -1): Station => {
    const at: V3 = [side * middle, heightOf(layer), z];
    const made = grid(shapeOf(layer), scale, room.width, at, foot);
    const { name, parameters, operations } = layer;
    return { name, role, shape: shapeOf(layer), parameters, operations, at, face, ...made };
  };
  const ended = (layer: PlanLayer, side: -1 | 1) => {
    const at: V3 = [side * ends.off, 0, -hall.gallery + ends.back];
    return { at, ...grid(shapeOf(layer), scale, room.picture, at, ends.foot) };
  };
  const end = (layer: PlanLayer, role: 'input' | 'output', from: number, to: number): Station => ({
    ...block(layer, role, -1, -hall.gallery + ends.back, 1),
    ...ended(layer, role === 'input' ? -1 : 1),
    parameters: within(from, to, 'parameters'),
    operations: within(from, to, 'operations'),
  });
  const centre: V3 = [0, -hall.deep, -(hall.depth - room.arc.radius - 0.35)];
  const deepest: Station = {
    ...block(bottom, 'bottom', 1, centre[2], 1),
    at: centre,
    ...arc(shapeOf(bottom), scale, room.arc, centre, foot),
  };
  const stations = [
    end(input, 'input', 0, first),
    ...down.map((layer, place) => block(layer, 'down', -1, nearOf(place) - hall.terrace + 0.25, 1)),
    deepest,
    ...up.map((layer, place) => block(layer, 'up', 1, nearOf(count - 1 - place) - 0.25, -1)),
    end(output, 'output', last + 1, tops.length),
  ];

  const bridges = plan.connections.flatMap(({ name, from, to }): Bridge[] => {
    const [here, there] = [down.findIndex((layer) => layer.name === from), up.findIndex((layer) => layer.name === to)];
    if (name === undefined || here < 0 || there < 0) return [];
    const z = (place: number) => nearOf(place) - hall.terrace / 2;
    const start: V3 = [-hall.well, heightOf(down[here]!), z(here)];
    return [{ name, from, to, start, end: [hall.well, heightOf(up[there]!), z(count - 1 - there)] }];
  });
  bridges.sort((one, other) => other.start[2] - one.start[2]);
  const counted = stations.reduce((sum, { parameters }) => sum + parameters, 0);
  const { model, parameters, operations } = plan;
  return { model, scale, drop, stations, bridges, stretches, signal: parameters - counted, parameters, operations };
}
