// Where the furniture of the hall of noise stands.
import type { Blob } from '../../src/kit/Furniture';
import { easel } from '../../src/kit/furnish/easel';
import { bench, box, frame, lectern, post, stele, type Piece } from '../../src/kit/furnish/pieces';
import { block, column } from '../../src/kit/Plinth';

type Three = readonly [number, number, number];
export const tilt = -0.6;
export const places = {
  noisy: { at: [-1.43, 2.04, -11.82], size: 2.6 },
  guess: { at: [1.43, 2.04, -11.82], size: 2.6 },
  lever: { at: [0, 0.8, -8.15] },
  ask: { at: [-1.5, 1.1, -8.9], turn: 0.5, size: [1.02, 0.84] },
  says: { at: [1.5, 1.1, -8.9], turn: -0.5, size: [1.02, 0.84] },
  /** Seen whole from the door and from the lever; `spread`: metres for one standard deviation, `top`: of its column. */
  cloud: { at: [3.6, 2.05, -11.15], spread: 0.27, top: 0.72 },
  digit: { at: [-4.25, 1.5, -3.05], turn: Math.PI / 2 - 0.12, size: [1.75, 1.8] },
  easel: { at: [-4.1, 1.42, -4.98], turn: Math.PI / 2 + 0.3, size: [0.9, 1.16] },
  back: { at: [-4.35, 1.5, -8.6], turn: Math.PI / 2, size: [2, 2] },
  chart: { at: [4.5, 1.55, -9.25], turn: -Math.PI / 2 + 0.12, size: [1.6, 1.5] },
  schedule: { at: [4.4, 1.5, -7.5], turn: -Math.PI / 2 - 0.16, size: [1.6, 1.9] },
  tablets: { at: [4.8, 1.55, -2.15], turn: -Math.PI / 2 },
  bench: { at: [4.2, 1.5, -4.1], turn: -Math.PI / 2 - 0.1, size: [1.8, 1.9] },
} as const satisfies Record<string, { at: Three; turn?: number; size?: number | readonly [number, number]; spread?: number; top?: number }>;

export const pieces = (): Piece[] => {
  const { noisy, guess, lever, ask, says, cloud, digit, back, chart, schedule, tablets, bench: tests } = places;
  const windows = [noisy, guess].flatMap(({ at: [x, y], size }) => [
    box('dark', [size + 0.16, size + 0.16, 0.14], [x, y, -11.9], [0, 0, 0], 0.02),
    ...frame('brass', size + 0.12, size + 0.12, [x, y, -11.86], [0, 0, 0], 0.035, 0.2),
  ]);
  return [
    ...windows,
    // The end wall is a niche in a reveal of oak: it meets ceiling and walls cleanly.
    ...[-4.92, 4.92].map((x) => box('wood', [0.16, 4.98, 0.34], [x, 2.49, -11.83], [0, 0, 0], 0.012)),
    box('wood', [9.7, 0.14, 0.34], [0, 4.92, -11.83], [0, 0, 0], 0.012),
    ...[-4.83, 4.83].map((x) => box('brass', [0.02, 4.84, 0.02], [x, 2.42, -11.67], [0, 0, 0], 0.004)),
    box('brass', [9.66, 0.02, 0.02], [0, 4.84, -11.67], [0, 0, 0], 0.004),
    box('wood', [6.2, 0.6, 0.42], [0, 0.3, -11.78], [0, 0, 0], 0.02),
    ...block([lever.at[0], lever.at[2] - 0.04], [1.5, 0.52], lever.at[1] - 0.06),
    box('brass', [1.56, 0.03, 0.58], [lever.at[0], lever.at[1] - 0.055, lever.at[2] - 0.04], [0, 0, 0], 0.01),
    // A rail keeps a step between the visitor and the pictures.
    post('brass', 0.022, 6, [0, 0.92, -10.35], [0, 0, Math.PI / 2]),
    ...[-2.9, -0.97, 0.97, 2.9].map((x) => post('brass', 0.018, 0.92, [x, 0.46, -10.35], [0, 0, 0], 0.026)),
    ...lectern(...ask.size, ask.at, ask.turn, tilt),
    ...lectern(...says.size, says.at, says.turn, tilt),
    ...column([cloud.at[0], cloud.at[2]], 0.42, cloud.top),
    ...stele(...digit.size, digit.at, digit.turn),
    ...easel(places.easel),
    ...stele(...back.size, back.at, back.turn),
    ...stele(...chart.size, chart.at, chart.turn),
    ...stele(...schedule.size, schedule.at, schedule.turn),
    ...stele(...tests.size, tests.at, tests.turn),
    box('wood', [0.05, 1.5, 1.62], [tablets.at[0] + 0.12, tablets.at[1], tablets.at[2]], [0, 0, 0], 0.02),
    ...bench(1.7, [-4.2, -6.5], Math.PI / 2),
    ...bench(1.7, [4.3, -5.85], Math.PI / 2),
  ];
};

export const blobs: readonly Blob[] = [
  { at: [0, -11.7], size: [6.8, 0.7] },
  { at: [0, -8.19], size: [1.5, 0.6] },
  { at: [-1.46, -9], size: [0.7, 0.6] },
  { at: [1.46, -9], size: [0.7, 0.6] },
  { at: [3.6, -11.15], size: [1.1, 1] },
  { at: [-4.3, -3.05], size: [0.55, 1.9] },
  { at: [-4.2, -4.98], size: [0.7, 1] },
  { at: [-4.4, -8.6], size: [0.55, 2.2] },
  { at: [4.55, -9.2], size: [0.5, 1.8] },
  { at: [4.45, -7.5], size: [0.55, 1.9] },
  { at: [4.25, -4.1], size: [0.55, 2] },
  { at: [-4.2, -6.5], size: [0.6, 1.8] },
  { at: [4.3, -5.85], size: [0.6, 1.8] },
  { at: [0, -10.35], size: [6, 0.1] },
];
