// Lays walls: quads and boxes, cut fine enough for baked light, merged to one geometry a material, with what is solid beside them.
import { BufferGeometry, Float32BufferAttribute } from 'three';
import type { Stuff } from '../kit/materials';
import type { V3 } from './bake';

/** Light at a point of the frame in which one builds. */
export type Shine = (at: V3, normal: V3) => readonly [number, number, number];

export interface Finish {
  readonly stuff: Stuff;
  readonly shine: Shine;
  readonly tint?: V3;
  /** Metres between vertices that carry light. */
  readonly step?: number;
  /** Cannot be walked through. */
  readonly solid?: boolean;
}

/** A frame that turns about y and moves. */
export interface Frame {
  readonly x: number;
  readonly z: number;
  readonly turn: number;
}

interface Heap {
  readonly positions: number[];
  readonly colours: number[];
  readonly uvs: number[];
  readonly indices: number[];
}

const add = (a: V3, b: V3, s = 1): V3 => [a[0] + b[0] * s, a[1] + b[1] * s, a[2] + b[2] * s];
const cross = (a: V3, b: V3): V3 => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
const length = (a: V3) => Math.hypot(...a);
const unit = (a: V3): V3 => add([0, 0, 0], a, 1 / length(a));

export class Mason {
  private readonly heaps = new Map<Stuff, Heap>();
  private readonly solid: number[] = [];
  private frame: Frame = { x: 0, z: 0, turn: 0 };

  /** Builds in this frame from now on. */
  in(frame: Frame): this {
    this.frame = frame;
    return this;
  }

  private toWorld([x, y, z]: V3): V3 {
    const [c, s] = [Math.cos(this.frame.turn), Math.sin(this.frame.turn)];
    return [this.frame.x + x * c + z * s, y, this.frame.z - x * s + z * c];
  }

  private heap(stuff: Stuff): Heap {
    let heap = this.heaps.get(stuff);
    if (!heap) this.heaps.set(stuff, (heap = { positions: [], colours: [], uvs: [], indices: [] }));
    return heap;
  }

  /** A parallelogram from `corner` along `u` and `v`; it faces u x v. */
  quad(corner: V3, u: V3, v: V3, finish: Finish): this {
    return this.sheet(corner, u, v, u, finish);
  }

  /** Like `quad`, but its far edge is `top` instead of `u`: a trapezium. */
  sheet(corner: V3, u: V3, v: V3, top: V3, { stuff, shine, tint = [1, 1, 1], step = 0.7, solid = false }: Finish): this {
    const normal = unit(cross(u, v));
    const [wide, tall] = [length(u), length(v)];
    const [columns, rows] = [Math.max(1, Math.min(40, Math.round(wide / step))), Math.max(1, Math.min(40, Math.round(tall / step)))];
    const { positions, colours, uvs, indices } = this.heap(stuff);
    const first = positions.length / 3;
    const isFlat = Math.abs(normal[1]) > 0.5;
    for (let row = 0; row <= rows; row++)
      for (let column = 0; column <= columns; column++) {
        const [across, up] = [column / columns, row / rows];
        const at = add(add(add(corner, u, across * (1 - up)), top, across * up), v, up);
        const world = this.toWorld(at);
        const light = shine(at, normal);
        positions.push(...world);
        colours.push(light[0] * tint[0], light[1] * tint[1], light[2] * tint[2]);
        // Floors follow the building, walls their own length.
        if (isFlat) uvs.push(world[0], world[2]);
        else uvs.push((column / columns) * wide, at[1]);
      }
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const a = first + row * (columns + 1) + column;
        indices.push(a, a + 1, a + columns + 2, a, a + columns + 2, a + columns + 1);
      }
    if (solid) {
      const [a, b, c, d] = [corner, add(corner, u), add(add(corner, top), v), add(corner, v)].map((p) => this.toWorld(p)) as [
        V3,
        V3,
        V3,
        V3,
      ];
      this.solid.push(...a, ...b, ...c, ...a, ...c, ...d);
    }
    return this;
  }

  /** A box around `middle`; `sides` leaves faces out: any of 'xXyYzZ', capital is the positive one. */
  box(middle: V3, [w, h, d]: V3, finish: Finish, sides = 'xXyYzZ'): this {
    const [x, y, z] = [middle[0] - w / 2, middle[1] - h / 2, middle[2] - d / 2];
    const faces: Record<string, readonly [V3, V3, V3]> = {
      x: [
        [x, y, z],
        [0, 0, d],
        [0, h, 0],
      ],
      X: [
        [x + w, y, z + d],
        [0, 0, -d],
        [0, h, 0],
      ],
      y: [
        [x, y, z],
        [w, 0, 0],
        [0, 0, d],
      ],
      Y: [
        [x, y + h, z + d],
        [w, 0, 0],
        [0, 0, -d],
      ],
      z: [
        [x + w, y, z],
        [-w, 0, 0],
        [0, h, 0],
      ],
      Z: [
        [x, y, z + d],
        [w, 0, 0],
        [0, h, 0],
      ],
    };
    for (const side of sides) {
      const [corner, u, v] = faces[side]!;
      this.quad(corner, u, v, finish);
    }
    return this;
  }

  /** One geometry for each material used. */
  geometries(): { stuff: Stuff; geometry: BufferGeometry }[] {
    return [...this.heaps].map(([stuff, { positions, colours, uvs, indices }]) => {
      const geometry = new BufferGeometry();
      geometry.setAttribute('position', new Float32BufferAttribute(positions, 3));
      geometry.setAttribute('color', new Float32BufferAttribute(colours, 3));
      geometry.setAttribute('uv', new Float32BufferAttribute(uvs, 2));
      geometry.setIndex(indices);
      return { stuff, geometry };
    });
  }

  /** What cannot be walked through, as triangles. */
  obstacle(): BufferGeometry {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new Float32BufferAttribute(this.solid, 3));
    return geometry;
  }
}
