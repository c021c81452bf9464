// Where the furniture of the training lab stands.
import type { Blob } from '../../src/kit/Furniture';
import { easel } from '../../src/kit/furnish/easel';
import { bench, box, frame, lectern, post, stele, type Piece } from '../../src/kit/furnish/pieces';
import { column } from '../../src/kit/Plinth';

type Three = readonly [number, number, number];
type Place = { readonly at: Three; readonly turn?: number; readonly size?: number | readonly [number, number] };

/** So low and flat that the pictures behind the desks are seen whole. */
export const tilt = -0.75;
const [left, right] = [Math.PI / 2, -Math.PI / 2];
/** The four pinned pictures and the living one between them, on the end wall. */
export const windows = {
  pin1: { at: [-4.72, 2.2, -11.82], size: 1.8 },
  pin25: { at: [-2.6, 2.2, -11.82], size: 1.8 },
  live: { at: [0, 2.33, -11.82], size: 2.5 },
  pin50: { at: [2.6, 2.2, -11.82], size: 1.8 },
  pin100: { at: [4.72, 2.2, -11.82], size: 1.8 },
} as const satisfies Record<string, { at: Three; size: number }>;

export const places = {
  steer: { at: [-0.86, 0.82, -8.6], turn: 0.36, size: [1.3, 1.04] },
  says: { at: [0.86, 0.82, -8.6], turn: -0.36, size: [1.3, 1.04] },
  loss: { at: [-6.12, 1.85, -5.75], turn: left, size: [2.1, 1.75] },
  bands: { at: [-6.12, 1.85, -8.05], turn: left, size: [2.1, 1.75] },
  finding: { at: [-5.45, 1.35, -10.15], turn: left - 0.55, size: [1.5, 1.75] },
  rate: { at: [-5.95, 1.45, -3.5], turn: left, size: [1.4, 1.6] },
  checkpoints: { at: [5.95, 1.5, -8.3], turn: right, size: [2, 1.75] },
  file: { at: [5.95, 1.5, -5.6], turn: right, size: [1.5, 1.65] },
  easel: { at: [5.5, 1.42, -2.5], turn: right - 0.15, size: [0.9, 1.16] },
  draw: { at: [5.7, 1.42, -3.75], turn: right, size: [1.1, 1.5] },
  cloud: { at: [5.35, 1.85, -10.35] },
  lesson: { at: [4.05, 1.05, -9.75], turn: -0.62, size: [0.95, 0.95] },
} as const satisfies Record<string, Place>;

/** Top of the column under the cloud, and metres for one standard deviation of it. */
export const cloud = { top: 0.8, spread: 0.34 } as const;

/** A board fixed to a side wall: dark, in a brass frame. */
function board({ at: [x, y, z], turn, size: [w, h] }: { at: Three; turn: number; size: readonly [number, number] }): Piece[] {
  const behind = 0.04 * Math.sign(x);
  return [
    box('wood', [w + 0.16, h + 0.16, 0.06], [x + behind, y, z], [0, turn, 0], 0.012),
    ...frame('brass', w, h, [x + behind * 0.3, y, z], [0, turn, 0], 0.018, 0.04),
  ];
}

export const pieces = (): Piece[] => {
  const { steer, says, loss, bands, finding, rate, checkpoints, file, draw, cloud: dots, lesson } = places;
  const frames = Object.values(windows).flatMap(({ at: [x, y], size }) => [
    box('dark', [size + 0.14, size + 0.14, 0.14], [x, y, -11.9], [0, 0, 0], 0.02),
    ...frame('brass', size + 0.1, size + 0.1, [x, y, -11.86], [0, 0, 0], 0.03, 0.18),
  ]);
  return [
    ...frames,
    // The end wall is a niche in a reveal of oak.
    ...[-6.42, 6.42].map((x) => box('wood', [0.16, 4.98, 0.34], [x, 2.49, -11.83], [0, 0, 0], 0.012)),
    box('wood', [12.7, 0.14, 0.34], [0, 4.92, -11.83], [0, 0, 0], 0.012),
    box('brass', [12.66, 0.02, 0.02], [0, 4.84, -11.67], [0, 0, 0], 0.004),
    box('wood', [11.6, 0.5, 0.42], [0, 0.25, -11.78], [0, 0, 0], 0.02),
    // A rail keeps a step between the visitor and the pictures.
    post('brass', 0.022, 8.2, [-0.6, 0.92, -10.5], [0, 0, Math.PI / 2]),
    ...[-4.5, -2.9, -1.3, 0.3, 1.9, 3.3].map((x) => post('brass', 0.018, 0.92, [x, 0.46, -10.5], [0, 0, 0], 0.026)),
    ...lectern(...steer.size, steer.at, steer.turn, tilt),
    ...lectern(...says.size, says.at, says.turn, tilt),
    ...[loss, bands].flatMap(board),
    ...[finding, rate, checkpoints, file, draw].flatMap(({ size, at, turn }) => stele(size[0], size[1], at, turn)),
    ...lectern(lesson.size[0], lesson.size[1], lesson.at, lesson.turn, tilt),
    ...easel(places.easel),
    ...column([dots.at[0], dots.at[2]], 0.46, cloud.top),
    ...bench(1.7, [-5.9, -1.5], left),
  ];
};

export const blobs: readonly Blob[] = [
  { at: [0, -11.7], size: [11.6, 0.7] },
  { at: [-0.85, -8.68], size: [0.8, 0.6] },
  { at: [0.85, -8.68], size: [0.8, 0.6] },
  { at: [4, -9.8], size: [0.6, 0.6] },
  { at: [-5.5, -10.17], size: [0.6, 1.6], turn: -0.55 },
  { at: [-6, -3.5], size: [0.5, 1.6] },
  { at: [6, -8.3], size: [0.5, 2.2] },
  { at: [6, -5.6], size: [0.5, 1.7] },
  { at: [5.6, -2.5], size: [0.7, 1] },
  { at: [5.75, -3.75], size: [0.5, 1.3] },
  { at: [5.35, -10.35], size: [1.1, 1.1] },
  { at: [-5.9, -1.5], size: [0.5, 1.8] },
  { at: [-0.6, -10.5], size: [8.2, 0.1] },
];
