// A room whose floor lies deeper behind its door: what is built, and what is left out.
import { DoubleSide, Mesh, MeshBasicMaterial, Raycaster, Vector3, type BufferGeometry } from 'three';
import { expect, test } from 'vitest';
import { meadowOf } from '../../src/museum/meadow';
import { Mason } from '../../src/museum/mason';
import { ringOf, toWorld } from '../../src/museum/ring';
import { buildRoom } from '../../src/museum/shell';

const flat = { width: 10, depth: 12, height: 5, material: 'wood' } as const;
const site = (pit?: { from: number; deep: number }) => ({ name: 'a', hue: 0, floor: { ...flat, ...(pit ? { pit } : {}) } });
const deep = { from: 4, deep: 2 };

/** Heights of what solid or ground a plumb line meets at a place of the room, from the top. */
function plumb(geometry: BufferGeometry, at: readonly [number, number]): number[] {
  const mesh = new Mesh(geometry, new MeshBasicMaterial({ side: DoubleSide }));
  const ray = new Raycaster(new Vector3(at[0], 4, at[1]), new Vector3(0, -1, 0));
  return [...new Set(ray.intersectObject(mesh).map(({ point }) => Number(point.y.toFixed(3))))];
}

test.each([
  { pit: undefined, heights: [0, 0] },
  { pit: deep, heights: [0, -2] },
])('the floor lies where the manifest says: $pit', ({ pit, heights }) => {
  const [place] = ringOf([site(pit)]).places;
  const mason = new Mason();
  buildRoom(mason, place!);
  const floorAt = (z: number) => plumb(mason.obstacle(), toWorld(place!, [1, z]));
  expect([floorAt(-2), floorAt(-8)]).toEqual(heights.map((y) => [y]));
});

test('the meadow ends where a room goes deeper than it', () => {
  const ring = ringOf([site(deep)]);
  const ground = meadowOf(ring, 60);
  expect(plumb(ground, toWorld(ring.places[0]!, [1, -8]))).toEqual([]);
  expect(plumb(ground, toWorld(ring.places[0]!, [1, -2]))).toEqual([0]);
  expect(plumb(meadowOf(ringOf([site()]), 60), toWorld(ring.places[0]!, [1, -8]))).toEqual([0]);
});
