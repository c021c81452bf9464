// What the exhibits of the U-Net's hall draw from: the atlas of panes, the way of the pulse, sheets and ranges.
import { afterEach, describe, expect, test } from 'vitest';
import { atlasOf, paint } from '../../scenes/03-unet/atlas';
import { rangeOf } from '../../scenes/03-unet/blockSays';
import { layoutOf } from '../../scenes/03-unet/layout';
import { wayOf } from '../../scenes/03-unet/path';
import { sheet } from '../../scenes/03-unet/picture';
import type { Engine } from '../../src/engine';
import { local } from '../engine/link';

let engine: Engine | undefined;
afterEach(() => {
  engine?.close();
  engine = undefined;
});

describe('the exhibits', () => {
  const planned = async () => layoutOf(await (engine = local().engine).plan('digits'))!;
  test('every pane has its own place in the atlas, and what is painted there is its channel', async () => {
    const layout = await planned();
    const atlas = atlasOf(layout);
    const covered = new Set(atlas.cells.flatMap(({ x, y, width, height }) => Array.from({ length: width * height }, (_, i) => (y + Math.floor(i / width)) * atlas.width + x + (i % width)))); // prettier-ignore
    const numbers = layout.stations.reduce((sum, { shape: [h, w, c] }) => sum + h * w * c, 0);
    expect(covered.size).toBe(numbers);
    expect(Math.max(...covered)).toBeLessThan(atlas.width * atlas.height);
    const bytes = new Uint8ClampedArray(atlas.width * atlas.height * 4);
    const at = layout.stations.findIndex(({ name }) => name === 'bottleneck');
    // Channel 5 alone is loud.
    const map = { shape: [4, 4, 128], values: Float32Array.from({ length: 2048 }, (_, i) => (i % 128 === 5 ? 1 : 0)) };
    paint(bytes, atlas, at, layout.stations[at]!, map);
    const red = atlas.cells.filter(({ station }) => station === at).map(({ x, y }) => bytes[(y * atlas.width + x) * 4]!);
    expect(red.filter((value) => value > 100)).toHaveLength(1);
    expect(red[5]).toBeGreaterThan(200);
  });
  test('the pulse passes every block in the order of computing, and the bridges between their blocks', async () => {
    const layout = await planned();
    const { strands, reached } = wayOf(layout);
    const moments = layout.stations.map(({ name }) => reached[name]!);
    expect([...moments].sort((a, b) => a - b)).toEqual(moments);
    for (const { name, from, to } of layout.bridges) {
      const { points } = strands.find(({ part }) => part === name)!;
      expect(Math.abs(points[0]!.when - reached[from]!)).toBeLessThan(0.05);
      expect(Math.abs(points.at(-1)!.when - reached[to]!)).toBeLessThan(0.05);
    }
  });
  test('a sheet keeps rows and columns; a range is that of its numbers', () => {
    const one = (value: number) => ({ values: new Float32Array(4).fill(value), height: 2, width: 2, said: { key: 'sheet' } });
    const made = sheet([[one(1), one(2)], [one(3), one(4)]], { key: 'sheet' }, 1); // prettier-ignore
    expect([made.height, made.width]).toEqual([5, 5]);
    expect([made.values[0], made.values[3], made.values[15], made.values[18], made.values[2]]).toEqual([1, 2, 3, 4, -1]);
    expect(rangeOf(Float32Array.from([-1, 0, 3, -0.5]))).toEqual({ least: -1, most: 3, below: 50 });
  });
});
