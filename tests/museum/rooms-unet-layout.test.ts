// The U-Net's hall is computed from the network's plan: another network is another hall.
import { afterEach, describe, expect, test } from 'vitest';
import { board, boardOf } from '../../scenes/03-unet/desk';
import { bridge, hall } from '../../scenes/03-unet/hall';
import { layoutOf, type Layout } from '../../scenes/03-unet/layout';
import type { Engine, NetworkPlan } from '../../src/engine';
import { local } from '../engine/link';
import { bars, toy } from '../engine/toys';

let engine: Engine;
afterEach(() => engine.close());

const shipped = async () => (engine = local().engine).plan('digits');
/** The plan of a network that was trained for one step here. */
async function plannedToy(config: object): Promise<NetworkPlan> {
  engine = local().engine;
  const { values, shape } = bars(4).images;
  const side = (config as { size?: number }).size ?? 8;
  // Each pixel becomes a block of pixels, so that the pictures have the network's size.
  const grow = side / 8;
  const images = Float32Array.from({ length: shape[0]! * side * side }, (_, at) => {
    const [picture, row, column] = [Math.floor(at / side ** 2), Math.floor(at / side) % side, at % side];
    return values[picture * 64 + Math.floor(row / grow) * 8 + Math.floor(column / grow)]!;
  });
  const data = { images: { values: images, shape: [4, side, side, 1] }, labels: bars(4).labels ?? [] };
  const network = { kind: 'unet', config: { ...toy.network.config, ...config } } as typeof toy.network;
  const training = engine.train({ ...toy, network, data, batch: 4, steps: 1, every: 1 });
  return engine.plan(await training.result);
}
const of = (layout: Layout, name: string) => layout.stations.find((station) => station.name === name)!;
const sizes = ({ stations }: Layout) => stations.map(({ name, shape }) => `${name} ${shape.join('x')}`);

describe('the shipped network', () => {
  test('stands from input to output, as many panes as channels, as large as its maps', async () => {
    const layout = layoutOf(await shipped())!;
    expect(sizes(layout)).toEqual([
      'input 32x32x1',
      'encoder1 16x16x32',
      'encoder2 8x8x64',
      'bottleneck 4x4x128',
      'decoder2 8x8x64',
      'decoder1 16x16x32',
      'output 32x32x1',
    ]);
    for (const { shape, panes } of layout.stations) {
      expect(panes).toHaveLength(shape[2]);
      for (const { width, height } of panes) {
        expect(width).toBeCloseTo(shape[1] * layout.scale, 12);
        expect(height).toBeCloseTo(shape[0] * layout.scale, 12);
      }
    }
    expect(layout.scale).toBeGreaterThanOrEqual(0.03);
  });
  test('lies lower with every halving, and the parameters of all stations and of the signals are those of the network', async () => {
    const plan = await shipped();
    const layout = layoutOf(plan)!;
    expect(layout.stations.map(({ at }) => Number((at[1] / layout.drop).toFixed(6)) + 0)).toEqual([0, -1, -2, -3, -2, -1, 0]);
    expect(of(layout, 'bottleneck').at[1]).toBe(-hall.deep);
    const counted = layout.stations.reduce((sum, { parameters }) => sum + parameters, layout.signal);
    expect(counted).toBe(plan.parameters);
    expect(of(layout, 'input').parameters).toBeGreaterThan(0);
    expect(of(layout, 'output').parameters).toBeGreaterThan(0);
  });
  test('has two bridges, level, from encoder to decoder', async () => {
    const layout = layoutOf(await shipped())!;
    expect(layout.bridges.map(({ name, from, to }) => `${name}: ${from} > ${to}`)).toEqual([
      'skip1: encoder1 > decoder1',
      'skip2: encoder2 > decoder2',
    ]);
    for (const { from, to, start, end } of layout.bridges) {
      expect([start[1], end[1]]).toEqual([of(layout, from).at[1], of(layout, to).at[1]]);
      expect(start[2]).toBe(end[2]);
    }
  });
});

test('each bridge has a board beyond its rail, so high that one reads it from the deck and looks over it', async () => {
  const { bridges } = layoutOf(await shipped())!;
  for (const one of bridges) {
    const [x, y, z] = boardOf(one);
    expect(Math.abs(x) + board.size[0] / 2).toBeLessThan(hall.well);
    const nearest = z + (board.size[1] / 2) * Math.sin(-board.tilt);
    expect(one.start[2] - nearest).toBeGreaterThanOrEqual(bridge.width / 2);
    const top = y + (board.size[1] / 2) * Math.cos(board.tilt) - one.start[1];
    expect(top).toBeGreaterThan(bridge.rail);
    expect(top).toBeLessThan(1.65 - 0.2);
  }
});

/** No two panes in one place, none within a wall, below its floor, or above the ceiling. */
function stands(layout: Layout) {
  for (const { at, panes } of layout.stations)
    for (const {
      at: [x, y, z],
      width,
      height,
      turn,
    } of panes) {
      expect(Math.abs(x) + (width / 2) * Math.cos(turn)).toBeLessThanOrEqual(hall.width / 2);
      expect(-z).toBeLessThan(hall.depth);
      expect(y - height / 2).toBeGreaterThan(at[1]);
      expect(y + height / 2).toBeLessThan(hall.height);
    }
  const places = layout.stations.flatMap(({ panes }) => panes.map(({ at }) => at.map((v) => v.toFixed(4)).join()));
  expect(new Set(places).size).toBe(places.length);
}

describe('another network is another hall', () => {
  test.each([
    { config: {}, wanted: ['4x4x8', '2x2x8', '1x1x8'], scale: 0.06 },
    { config: { size: 16, patch: 1, widths: [4, 8, 20], depths: [1, 3, 2] }, wanted: ['16x16x4', '8x8x8', '4x4x20'], scale: 0.06 },
    { config: { size: 32, patch: 2, widths: [48, 16, 64] }, wanted: ['16x16x48', '8x8x16', '4x4x64'], scale: 0.029 },
  ])('$config', async ({ config, wanted, scale }) => {
    const plan = await plannedToy(config);
    const layout = layoutOf(plan)!;
    const inner = layout.stations.slice(1, 4).map(({ shape }) => shape.join('x'));
    expect(inner).toEqual(wanted);
    expect(layout.stations.map(({ panes }) => panes.length)).toEqual(layout.stations.map(({ shape }) => shape[2]));
    expect(layout.scale).toBeLessThanOrEqual(scale);
    expect(layout.stations.reduce((sum, { parameters }) => sum + parameters, layout.signal)).toBe(plan.parameters);
    stands(layout);
  });
  test('where the picture is not folded the first block stands on the level of the door', async () => {
    const layout = layoutOf(await plannedToy({ size: 16, patch: 1, widths: [4, 8, 12] }))!;
    expect(layout.stations.map(({ at }) => Number((at[1] / layout.drop).toFixed(6)) + 0)).toEqual([0, 0, -1, -2, -1, 0, 0]);
    expect(layout.drop).toBeCloseTo(hall.deep / 2, 12);
  });
  test('the shipped one stands, too', async () => stands(layoutOf(await shipped())!));
  test('what is no U-Net has no hall', async () => {
    engine = local().engine;
    expect(layoutOf(await engine.plan('cloud'))).toBeUndefined();
    expect(layoutOf(await engine.plan('judge'))).toBeUndefined();
  });
});
