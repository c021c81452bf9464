// Pieces of furniture as geometry, to be merged by what they are made of. Metres; `at` is the middle.
import { CylinderGeometry, Euler, Matrix4, Quaternion, SphereGeometry, TorusGeometry, Vector3, type BufferGeometry } from 'three';
import { RoundedBoxGeometry } from 'three/examples/jsm/geometries/RoundedBoxGeometry.js';
import type { Matter } from './matter';

type Three = readonly [number, number, number];
export interface Piece {
  readonly matter: Matter;
  readonly geometry: BufferGeometry;
}

function placed(geometry: BufferGeometry, at: Three, turn: Three): BufferGeometry {
  return geometry.applyMatrix4(
    new Matrix4().compose(new Vector3(...at), new Quaternion().setFromEuler(new Euler(...turn, 'YXZ')), new Vector3(1, 1, 1)),
  );
}

/** The grain runs along the longest side, in true scale. */
function grained(geometry: BufferGeometry, size: Three): BufferGeometry {
  const [position, normal, uv] = [geometry.getAttribute('position'), geometry.getAttribute('normal'), geometry.getAttribute('uv')];
  const long = size.indexOf(Math.max(...size));
  const read = [(i: number) => position.getX(i), (i: number) => position.getY(i), (i: number) => position.getZ(i)];
  for (let i = 0; i < position.count; i++) {
    const n = [Math.abs(normal.getX(i)), Math.abs(normal.getY(i)), Math.abs(normal.getZ(i))];
    const face = n.indexOf(Math.max(...n));
    const axes = [0, 1, 2].filter((axis) => axis !== face);
    const along = axes.includes(long) ? long : axes[0]!;
    const across = axes.find((axis) => axis !== along)!;
    uv.setXY(i, read[along]!(i) * 0.55 + size[0], read[across]!(i) * 1.1 + size[1]);
  }
  return geometry;
}

export const box = (matter: Matter, size: Three, at: Three, turn: Three = [0, 0, 0], radius = 0.012): Piece => ({
  matter,
  geometry: placed(grained(new RoundedBoxGeometry(...size, 2, Math.min(radius, ...size.map((s) => s / 2.2))), size), at, turn),
});
export const post = (matter: Matter, radius: number, height: number, at: Three, turn: Three = [0, 0, 0], foot = radius): Piece => ({
  matter,
  geometry: placed(new CylinderGeometry(radius, foot, height, 36), at, turn),
});
export const knob = (matter: Matter, radius: number, at: Three): Piece => ({
  matter,
  geometry: placed(new SphereGeometry(radius, 36, 24), at, [0, 0, 0]),
});
export const ring = (matter: Matter, radius: number, thick: number, at: Three, turn: Three = [Math.PI / 2, 0, 0]): Piece => ({
  matter,
  geometry: placed(new TorusGeometry(radius, thick, 12, 56), at, turn),
});

/** A frame around a picture of this size, its face looking along +z before the turn. */
export function frame(matter: Matter, width: number, height: number, at: Three, turn: Three = [0, 0, 0], bar = 0.03, deep = 0.05): Piece[] {
  const local = (x: number, y: number): Three => {
    const v = new Vector3(x, y, 0).applyEuler(new Euler(...turn, 'YXZ'));
    return [at[0] + v.x, at[1] + v.y, at[2] + v.z];
  };
  const [w, h] = [width / 2 + bar / 2, height / 2 + bar / 2];
  return [
    box(matter, [width + 2 * bar, bar, deep], local(0, h), turn, 0.006),
    box(matter, [width + 2 * bar, bar, deep], local(0, -h), turn, 0.006),
    box(matter, [bar, height, deep], local(-w, 0), turn, 0.006),
    box(matter, [bar, height, deep], local(w, 0), turn, 0.006),
  ];
}

/** A standing slab with a brass-edged face of this size whose middle is `at`; it looks along +z before the turn about y. */
export function stele(width: number, height: number, at: Three, turn: number): Piece[] {
  const back = (z: number, y: number): Three => [at[0] - Math.sin(turn) * z, y, at[2] - Math.cos(turn) * z];
  const top = at[1] + height / 2 + 0.07;
  return [
    box('wood', [width + 0.14, top - 0.06, 0.09], back(0.06, (top + 0.06) / 2), [0, turn, 0], 0.02),
    box('wood', [width + 0.3, 0.06, 0.42], back(0.06, 0.03), [0, turn, 0], 0.02),
    ...frame('brass', width, height, back(0.012, at[1]), [0, turn, 0], 0.014, 0.035),
  ];
}

/** A desk with a sloping face of this size whose middle is `at`. */
export function lectern(width: number, height: number, at: Three, turn: number, tilt: number): Piece[] {
  const off = (y: number, z: number): Three => {
    const v = new Vector3(0, y, z).applyEuler(new Euler(tilt, turn, 0, 'YXZ'));
    return [at[0] + v.x, at[1] + v.y, at[2] + v.z];
  };
  const [x, y, z] = off(0, -0.1);
  return [
    box('wood', [width + 0.1, height + 0.1, 0.05], off(0, -0.035), [tilt, turn, 0], 0.014),
    ...frame('brass', width, height, off(0, -0.006), [tilt, turn, 0], 0.012, 0.022),
    post('brass', 0.035, y, [x, y / 2, z]),
    post('brass', 0.2, 0.03, [x, 0.015, z], [0, 0, 0], 0.22),
  ];
}

export function bench(length: number, at: readonly [x: number, z: number], turn: number): Piece[] {
  const [x, z] = at;
  const side = (along: number): Three => [x + Math.cos(turn) * along, 0.2, z - Math.sin(turn) * along];
  return [
    box('wood', [length, 0.07, 0.46], [x, 0.435, z], [0, turn, 0], 0.02),
    box('felt', [length - 0.1, 0.04, 0.4], [x, 0.485, z], [0, turn, 0], 0.018),
    box('wood', [0.06, 0.4, 0.4], side(-length / 2 + 0.25), [0, turn, 0]),
    box('wood', [0.06, 0.4, 0.4], side(length / 2 - 0.25), [0, turn, 0]),
  ];
}
