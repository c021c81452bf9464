// Where everything of the racing hall stands: the track down its middle, the stations along its walls.
import type { Blob } from '../../src/kit/Furniture';
import { bench, box, frame, lectern, post, stele, type Piece } from '../../src/kit/furnish/pieces';
import { column } from '../../src/kit/Plinth';
import { lanes } from './lanes';

type Three = readonly [number, number, number];
export const tilt = -0.62;

/** The track: z of the start and of the finish, width of a lane, and height of a picture's middle over it. */
export const track = { start: -13.2, finish: -6.7, pitch: 1.06, pane: 0.9, height: 1.5 } as const;
export const laneX = (lane: number) => (lane - (lanes.length - 1) / 2) * track.pitch;
const wide = lanes.length * track.pitch;

export const places = {
  ask: { at: [-0.93, 0.94, -4.25], turn: 0.42, size: [1.2, 0.86] },
  guess: { at: [0.93, 0.94, -4.25], turn: -0.42, size: [1.2, 0.86] },
  button: { at: [0, 0.86, -4.45] },
  samplers: { at: [-4.45, 1.5, -3.8], turn: Math.PI / 2, size: [2.3, 2] },
  /** Over the podium, so that a narrow screen shows both. */
  board: { at: [4.55, 2.5, -4.95], turn: -Math.PI / 2, size: [2.36, 1.9] },
  podium: { at: [4.1, 0, -4.95] },
  nine: { at: [-4.86, 1.62, -9.5], turn: Math.PI / 2, size: [2, 1.66] },
  repeat: { at: [-4.5, 1.6, -11.42], turn: Math.PI / 2 + 0.1, size: [1.55, 2.3] },
  equal: { at: [4.45, 1.5, -8.5], turn: -Math.PI / 2, size: [1.9, 2] },
  chart: { at: [4.45, 1.55, -11.05], turn: -Math.PI / 2, size: [1.85, 1.75] },
  quality: { at: [4.42, 1.5, -12.93], turn: -Math.PI / 2 - 0.12, size: [1.6, 2.1] },
  takeaways: { at: [0, 2.1, -17.9], size: [3.1, 3.6] },
  /** Over the finish: the hall's name, and what happens now. */
  score: { at: [0, 3.62, track.finish + 0.55], size: [5.3, 1.36] },
} as const satisfies Record<string, { at: Three; turn?: number; size?: readonly [number, number] }>;

/** The steps of the podium, the first in the middle: along the wall, and how high. */
export const podiumSteps = [
  { along: 0, top: 0.62 },
  { along: 0.82, top: 0.44 },
  { along: -0.82, top: 0.3 },
] as const;
export const podiumPane = 0.6;
/** Height of a picture's middle over its step. */
export const podiumLift = 0.44;

/** A gate over all lanes: two posts, a beam whose middle is at this height, and its feet. */
function gate(z: number, height: number, beam: number): Piece[] {
  const half = wide / 2 + 0.12;
  return [
    ...[-half, half].flatMap((x) => [
      box('wood', [0.16, height + beam / 2, 0.2], [x, (height + beam / 2) / 2, z], [0, 0, 0], 0.02),
      box('brass', [0.26, 0.08, 0.32], [x, 0.04, z], [0, 0, 0], 0.012),
    ]),
    box('dark', [2 * half + 0.3, beam, 0.16], [0, height, z], [0, 0, 0], 0.02),
    ...[beam / 2, -beam / 2].map((y) => box('brass', [2 * half + 0.34, 0.035, 0.2], [0, height + y, z], [0, 0, 0], 0.008)),
  ];
}

/** Posts between the lanes at the start, with a bar over them. */
const stalls = (): Piece[] => [
  ...Array.from({ length: lanes.length + 1 }, (_, i) => laneX(i) - track.pitch / 2).flatMap((x) => [
    post('brass', 0.022, 2.05, [x, 1.02, track.start - 0.25]),
    post('brass', 0.05, 0.03, [x, 0.015, track.start - 0.25], [0, 0, 0], 0.07),
  ]),
  post('brass', 0.022, wide, [0, 2.05, track.start - 0.25], [0, 0, Math.PI / 2]),
];

function podium(): Piece[] {
  const [x, , z] = places.podium.at;
  return podiumSteps.flatMap(({ along, top }) => [
    box('plaster', [0.86, top, 0.8], [x, top / 2, z + along], [0, 0, 0], 0.015),
    box('brass', [0.88, 0.022, 0.82], [x, top, z + along], [0, 0, 0], 0.006),
    ...frame('brass', podiumPane, podiumPane, [x, top + podiumLift, z + along], [0, -Math.PI / 2, 0], 0.03, 0.05),
    box('dark', [0.03, podiumPane + 0.06, podiumPane + 0.06], [x + 0.03, top + podiumLift, z + along], [0, 0, 0], 0.008),
    post('brass', 0.018, podiumLift - podiumPane / 2, [x + 0.03, top + (podiumLift - podiumPane / 2) / 2, z + along]),
  ]);
}

export const pieces = (): Piece[] => {
  const { ask, guess, button, samplers, board, nine, repeat, equal, chart, quality, score } = places;
  return [
    ...gate(track.finish + 0.55, 2.62, 0.5),
    box('dark', [score.size[0] + 0.14, score.size[1] + 0.14, 0.12], [score.at[0], score.at[1], score.at[2]], [0, 0, 0], 0.02),
    ...frame('brass', ...score.size, [score.at[0], score.at[1], score.at[2] + 0.06], [0, 0, 0], 0.02, 0.04),
    // It hangs from the ceiling, over the gate.
    ...[-2.3, 2.3].map((x) => post('brass', 0.02, 0.9, [x, 4.75, score.at[2]])),
    ...gate(track.start - 0.55, 2.72, 0.42),
    ...stalls(),
    ...podium(),
    ...lectern(...ask.size, ask.at, ask.turn, tilt),
    ...lectern(...guess.size, guess.at, guess.turn, tilt),
    ...column([button.at[0], button.at[2]], 0.25, button.at[1] - 0.06),
    box('brass', [0.52, 0.34, 0.02], [0, 0.58, button.at[2] + 0.272], [-0.06, 0, 0], 0.006),
    ...stele(...samplers.size, samplers.at, samplers.turn),
    ...stele(...board.size, board.at, board.turn),
    box('wood', [0.06, nine.size[1] + 0.16, nine.size[0] + 0.16], [nine.at[0] - 0.05, nine.at[1], nine.at[2]], [0, 0, 0], 0.02),
    ...frame('brass', ...nine.size, [nine.at[0] - 0.006, nine.at[1], nine.at[2]], [0, nine.turn, 0], 0.016, 0.04),
    ...stele(...repeat.size, repeat.at, repeat.turn),
    ...stele(...equal.size, equal.at, equal.turn),
    ...stele(...chart.size, chart.at, chart.turn),
    ...stele(...quality.size, quality.at, quality.turn),
    ...bench(1.6, [-4.1, -6.4], Math.PI / 2),
    ...bench(1.6, [4.1, -2.2], Math.PI / 2),
    ...bench(1.7, [4.1, -15.9], Math.PI / 2),
    ...bench(1.7, [-4.1, -15.9], Math.PI / 2),
    // The end wall's ground meets ceiling and walls in a reveal of oak.
    ...[-4.92, 4.92].map((x) => box('wood', [0.16, 5.18, 0.34], [x, 2.59, -17.83], [0, 0, 0], 0.012)),
    box('wood', [9.7, 0.14, 0.34], [0, 5.12, -17.83], [0, 0, 0], 0.012),
    box('wood', [9.7, 0.3, 0.2], [0, 0.15, -17.88], [0, 0, 0], 0.012),
  ];
};

/** Height of a name's middle over its picture. */
export const plate = 0.19;

/** What a lane's picture stands on: a small brass carriage, about its middle on the floor. */
export const carriage = (): Piece[] => {
  const { pane, height } = track;
  const foot = height - pane / 2;
  return [
    box('dark', [0.66, 0.07, 0.36], [0, 0.13, 0], [0, 0, 0], 0.02),
    ...[-0.24, 0.24].flatMap((x) => [-0.12, 0.12].map((z) => post('brass', 0.07, 0.05, [x, 0.08, z], [0, 0, Math.PI / 2]))),
    ...[-0.22, 0.22].map((x) => post('brass', 0.016, foot - 0.16, [x, 0.16 + (foot - 0.16) / 2, 0])),
    ...frame('brass', pane, pane, [0, height, 0], [0, 0, 0], 0.035, 0.07),
    box('dark', [pane + 0.07, pane + 0.07, 0.04], [0, height, -0.03], [0, 0, 0], 0.01),
    // Above the picture: the desk before the finish hides what is below.
    box('brass', [pane + 0.1, 0.25, 0.03], [0, height + pane / 2 + plate, 0], [0, 0, 0], 0.008),
  ];
};

export const blobs: readonly Blob[] = [
  { at: [-1.2, -4.32], size: [0.8, 0.7] },
  { at: [1.2, -4.32], size: [0.8, 0.7] },
  { at: [0, -4.45], size: [0.62, 0.62] },
  { at: [-4.5, -3.8], size: [0.55, 2.4] },
  { at: [4.1, -2.2], size: [0.6, 1.7] },
  { at: [4.1, -4.95], size: [0.9, 2.5] },
  { at: [-4.55, -11.42], size: [0.55, 1.8] },
  { at: [4.5, -8.5], size: [0.55, 2.1] },
  { at: [4.5, -11.05], size: [0.55, 2] },
  { at: [4.47, -12.93], size: [0.6, 1.8] },
  { at: [-4.1, -6.4], size: [0.6, 1.7] },
  { at: [4.1, -15.9], size: [0.6, 1.8] },
  { at: [-4.1, -15.9], size: [0.6, 1.8] },
  { at: [-(wide / 2 + 0.12), track.finish + 0.55], size: [0.26, 0.32] },
  { at: [wide / 2 + 0.12, track.finish + 0.55], size: [0.26, 0.32] },
];
