// Where the furniture of the lobby stands.
import type { Blob } from '../../src/kit/Furniture';
import { bench, box, frame, lectern, stele, type Piece } from '../../src/kit/furnish/pieces';
import { column } from '../../src/kit/Plinth';

type Three = readonly [number, number, number];
export const tilt = -0.56;
export const places = {
  window: { at: [0, 2.1, -8.86], size: 2.7 },
  button: { at: [0, 0.98, -7.2] },
  guess: { at: [-1.05, 1.1, -7.3], turn: 0.5, size: [0.72, 0.76] },
  expect: { at: [1.24, 1.12, -7.3], turn: -0.5, size: [1.2, 0.98] },
  settings: { at: [-4.75, 1.5, -3.6], turn: Math.PI / 2, size: [2.1, 1.6] },
  route: { at: [4.75, 1.5, -3.2], turn: -Math.PI / 2, size: [2, 1.6] },
  device: { at: [4.75, 1.5, -6.3], turn: -Math.PI / 2, size: [2, 1.6] },
} as const satisfies Record<string, { at: Three; turn?: number; size?: number | readonly [number, number] }>;

/** Middle of each wall lamp beside the window. */
export const lights: readonly Three[] = [
  [-1.86, 2.1, -8.9],
  [1.86, 2.1, -8.9],
];
/** The button's name stands on the column, leaning back a little towards the eyes. */
export const plate: Three = [0, 0.7, -6.905];
export const plateLean = -0.1;

/** Oak panelling along the foot of the end wall: a rail, a foot, and battens between them. */
function panelling(): Piece[] {
  const [wide, high, z] = [10.9, 0.96, -8.985];
  const battens = Array.from({ length: 23 }, (_, i) => (i - 11) * 0.49).filter((x) => Math.abs(x) > 1.75);
  return [
    box('wood', [wide, high, 0.03], [0, high / 2, z], [0, 0, 0], 0.008),
    box('wood', [wide, 0.07, 0.1], [0, high, z + 0.03], [0, 0, 0], 0.02),
    box('brass', [wide, 0.018, 0.02], [0, high - 0.07, z + 0.03], [0, 0, 0], 0.004),
    box('wood', [wide, 0.16, 0.05], [0, 0.08, z + 0.02], [0, 0, 0], 0.01),
    ...battens.map((x) => box('wood', [0.05, high - 0.26, 0.03], [x, high / 2 + 0.03, z + 0.03], [0, 0, 0], 0.01)),
  ];
}

export const pieces = (): Piece[] => {
  const { window, button, guess, expect, settings, route, device } = places;
  const half = window.size / 2;
  return [
    box('dark', [window.size + 0.16, window.size + 0.16, 0.12], [0, window.at[1], -8.93], [0, 0, 0], 0.02),
    ...frame('brass', window.size + 0.12, window.size + 0.12, [0, window.at[1], -8.9], [0, 0, 0], 0.045, 0.2),
    // A sill of wood carries the window down to the floor.
    box('wood', [3.4, window.at[1] - half - 0.12, 0.34], [0, (window.at[1] - half - 0.12) / 2, -8.84], [0, 0, 0], 0.02),
    ...panelling(),
    ...lights.flatMap(([x, y, z]) => [
      box('brass', [0.1, 1.86, 0.05], [x, y, z - 0.045]),
      box('brass', [0.16, 0.05, 0.13], [x, y + 0.92, z - 0.02]),
      box('brass', [0.16, 0.05, 0.13], [x, y - 0.92, z - 0.02]),
    ]),
    box('brass', [0.5, 0.36, 0.02], plate, [plateLean, 0, 0], 0.006),
    ...column([button.at[0], button.at[2]], 0.27, button.at[1] - 0.06),
    ...lectern(...guess.size, guess.at, guess.turn, tilt),
    ...lectern(...expect.size, expect.at, expect.turn, tilt),
    ...stele(...settings.size, settings.at, settings.turn),
    ...stele(...route.size, route.at, route.turn),
    ...stele(...device.size, device.at, device.turn),
    ...bench(1.9, [-3.7, -7.9], 0),
    ...bench(1.9, [3.7, -8.1], 0),
  ];
};

export const blobs: readonly Blob[] = [
  { at: [0, -8.75], size: [4.1, 0.6] },
  { at: [0, -7.2], size: [0.66, 0.66] },
  { at: [-1.05, -7.35], size: [0.6, 0.6] },
  { at: [1.24, -7.35], size: [0.8, 0.7] },
  { at: [-4.8, -3.6], size: [0.55, 2.3] },
  { at: [4.8, -3.2], size: [0.55, 2.2] },
  { at: [4.8, -6.3], size: [0.55, 2.2] },
  { at: [-3.7, -7.9], size: [2, 0.55] },
  { at: [3.7, -8.1], size: [2, 0.55] },
];
