// Where the furniture of the lobby stands.
import type { Blob } from '../../src/kit/Furniture';
import { bench, box, frame, lectern, stele, type Piece } from '../../src/kit/furnish/pieces';
import { column } from '../../src/kit/Plinth';

type Three = readonly [number, number, number];
export const tilt = -0.62;
export const places = {
  window: { at: [0, 2.36, -8.86], size: 3 },
  button: { at: [0, 1.02, -6.35] },
  guess: { at: [-1.02, 1.12, -6.5], turn: 0.5, size: [0.62, 0.62] },
  expect: { at: [1.06, 1.12, -6.5], turn: -0.5, size: [0.86, 0.72] },
  settings: { at: [-4.75, 1.5, -3.6], turn: Math.PI / 2, size: [1.9, 1.62] },
  route: { at: [4.75, 1.5, -3.2], turn: -Math.PI / 2, size: [1.7, 1.4] },
  device: { at: [4.75, 1.5, -6.6], turn: -Math.PI / 2, size: [1.7, 1.4] },
} as const satisfies Record<string, { at: Three; turn?: number; size?: number | readonly [number, number] }>;

export const pieces = (): Piece[] => {
  const { window, button, guess, expect, settings, route, device } = places;
  const half = window.size / 2;
  return [
    box('dark', [3.16, 3.16, 0.12], [0, window.at[1], -8.93], [0, 0, 0], 0.02),
    ...frame('brass', 3.12, 3.12, [0, window.at[1], -8.9], [0, 0, 0], 0.045, 0.2),
    // A sill of wood carries the window down to the floor.
    box('wood', [3.9, window.at[1] - half - 0.12, 0.34], [0, (window.at[1] - half - 0.12) / 2, -8.84], [0, 0, 0], 0.02),
    box('dark', [4, 0.07, 0.44], [0, 0.035, -8.82]),
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
  { at: [0, -6.35], size: [0.66, 0.66] },
  { at: [-1.02, -6.55], size: [0.6, 0.6] },
  { at: [1.06, -6.55], size: [0.7, 0.7] },
  { at: [-4.8, -3.6], size: [0.55, 2.2] },
  { at: [4.8, -3.2], size: [0.55, 2] },
  { at: [4.8, -6.6], size: [0.55, 2] },
  { at: [-3.7, -7.9], size: [2, 0.55] },
  { at: [3.7, -8.1], size: [2, 0.55] },
];
