// The hall's own floors as geometry: arms that go down and up again, bridges across the well, with their light in the vertices.
import { BufferGeometry, Float32BufferAttribute } from 'three';
import type { Stuff } from '../../src/kit/materials';
import { bridge, hall } from './hall';
import type { Layout } from './layout';
import type { V3 } from './panes';

interface Heap {
  readonly positions: number[];
  readonly colours: number[];
  readonly uvs: number[];
  readonly indices: number[];
}

const along = (a: V3, b: V3, s: number): V3 => [a[0] + b[0] * s, a[1] + b[1] * s, a[2] + b[2] * s];
const cross = (a: V3, b: V3): V3 => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];

/** Daylight from the ceiling: less on walls, less in the depth, and less near the outer walls. */
function lightAt([x, y, z]: V3, up: number): number {
  const edge = Math.max(0, 1 - (hall.width / 2 - Math.abs(x)) / 1.2);
  const end = Math.max(0, 1 - (hall.depth + z) / 1.2);
  return (up > 0.5 ? 0.94 : up < -0.5 ? 0.42 : 0.66) * (1 + 0.07 * y) * (1 - 0.28 * edge ** 2) * (1 - 0.28 * end ** 2);
}

export class Masonry {
  private readonly heaps = new Map<Stuff, Heap>();

  /** A parallelogram from `corner` along `u` and `v`; it faces u x v. */
  quad(stuff: Stuff, corner: V3, u: V3, v: V3, tint = 1): this {
    let heap = this.heaps.get(stuff);
    if (!heap) this.heaps.set(stuff, (heap = { positions: [], colours: [], uvs: [], indices: [] }));
    const normal = cross(u, v);
    const up = normal[1] / Math.hypot(...normal);
    const [wide, tall] = [Math.hypot(...u), Math.hypot(...v)];
    const [columns, rows] = [Math.max(1, Math.round(wide / 0.7)), Math.max(1, Math.round(tall / 0.7))];
    const first = heap.positions.length / 3;
    for (let row = 0; row <= rows; row++)
      for (let column = 0; column <= columns; column++) {
        const at = along(along(corner, u, column / columns), v, row / rows);
        const light = lightAt(at, up) * tint;
        heap.positions.push(...at);
        heap.colours.push(light, light * 0.985, light * 0.96);
        if (Math.abs(up) > 0.5) heap.uvs.push(at[0], at[2]);
        else heap.uvs.push((column / columns) * wide, at[1]);
      }
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const a = first + row * (columns + 1) + column;
        heap.indices.push(a, a + 1, a + columns + 2, a, a + columns + 2, a + columns + 1);
      }
    return this;
  }

  geometries(): { stuff: Stuff; geometry: BufferGeometry }[] {
    return [...this.heaps].map(([stuff, { positions, colours, uvs, indices }]) => ({
      stuff,
      geometry: new BufferGeometry()
        .setAttribute('position', new Float32BufferAttribute(positions, 3))
        .setAttribute('color', new Float32BufferAttribute(colours, 3))
        .setAttribute('uv', new Float32BufferAttribute(uvs, 2))
        .setIndex(indices),
    }));
  }
}

const { width, well, deep, depth, bottom } = hall;
const arm = width / 2 - well;

/** What one stands on: both arms, the decks, and the deepest floor. */
export function floorsOf({ stretches, bridges }: Layout): Masonry {
  const floors = new Masonry();
  for (const { near, far, nearY, farY } of stretches)
    for (const x of [-width / 2, well])
      floors.quad(nearY === farY ? 'terrazzo' : 'planks', [x, nearY, near], [arm, 0, 0], [0, farY - nearY, far - near]);
  for (const { start, end } of bridges) {
    const half = bridge.width / 2;
    floors.quad(
      'planks',
      [start[0], start[1], start[2] + half],
      [end[0] - start[0], end[1] - start[1], end[2] - start[2]],
      [0, 0, -bridge.width],
    );
  }
  floors.quad('terrazzo', [-width / 2, -deep + 0.004, -depth + bottom], [width, 0, 0], [0, 0, -bottom]);
  return floors;
}

/** What holds it up: the flanks of the arms, the sides of the decks, brass along every edge of the well, and dark water below. */
export function bodiesOf({ stretches, bridges }: Layout): Masonry {
  const bodies = new Masonry();
  for (const { near, far, nearY, farY } of stretches)
    for (const side of [-1, 1] as const) {
      const top = Math.min(nearY, farY);
      const x = side * well;
      const [from, long] = side < 0 ? [near, far - near] : [far, near - far];
      // The wall below the lower end, and the wedge above it.
      bodies.quad('plaster', [x, -deep, from], [0, 0, long], [0, top + deep, 0], 0.92);
      wedge(bodies, x, side, near, far, nearY, farY);
      const [edgeY, edgeZ, slope] = side < 0 ? [farY, far, -1] : [nearY, near, 1];
      const v: V3 = [0, slope * (farY - nearY), slope * (far - near)];
      bodies.quad('brass', [x, edgeY + 0.008, edgeZ], [side * 0.05, 0, 0], v);
    }
  for (const { start, end } of bridges) {
    const half = bridge.width / 2;
    const u: V3 = [end[0] - start[0], end[1] - start[1], end[2] - start[2]];
    const back: V3 = [-u[0], -u[1], -u[2]];
    bodies.quad('oak', [start[0], start[1] - bridge.thick, start[2] + half], u, [0, bridge.thick, 0]);
    bodies.quad('oak', [end[0], end[1] - bridge.thick, end[2] - half], back, [0, bridge.thick, 0]);
    bodies.quad('oak', [start[0], start[1] - bridge.thick, start[2] - half], u, [0, 0, bridge.width]);
  }
  bodies.quad('dark', [-well, -deep + 0.02, -hall.gallery], [2 * well, 0, 0], [0, 0, -(depth - hall.gallery - bottom)], 1.6);
  bodies.quad('brass', [-well, -deep + 0.02, -depth + bottom + 0.05], [2 * well, 0, 0], [0, 0, -0.1]);
  return bodies;
}

/** A flank's upper part where its top is a slope: two quads that meet in the slope's lower end would be none, so a thin fan of steps. */
function wedge(bodies: Masonry, x: number, side: 1 | -1, near: number, far: number, nearY: number, farY: number): void {
  if (nearY === farY) return;
  const low = Math.min(nearY, farY);
  const parts = 24;
  for (let part = 0; part < parts; part++) {
    const [a, b] = [part / parts, (part + 1) / parts];
    const height = nearY + (farY - nearY) * (a + b) * 0.5 - low;
    const [from, long] = side < 0 ? [near + (far - near) * a, ((far - near) * 1) / parts] : [near + (far - near) * b, (near - far) / parts];
    bodies.quad('plaster', [x, low, from], [0, 0, long], [0, height, 0], 0.92);
  }
}
