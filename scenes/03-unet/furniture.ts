// Where the panels of the gallery stand.
import type { Blob } from '../../src/kit/Furniture';
import { lectern, stele, type Piece } from '../../src/kit/furnish/pieces';

export const tilt = -0.98;
export const places = {
  digit: { at: [-0.76, 0.86, -3.55], turn: 0.14, size: [1.16, 0.9] },
  block: { at: [0.76, 0.86, -3.55], turn: -0.14, size: [1.16, 0.9] },
  pull: { at: [5.62, 1.5, -3.02], turn: -Math.PI / 2, size: [1.44, 2.1] },
  pair: { at: [5.62, 1.5, -1.28], turn: -Math.PI / 2, size: [1.8, 2.3] },
  dial: { at: [-5.62, 1.5, -2.2], turn: Math.PI / 2, size: [2.2, 2.3] },
  beliefs: { at: [3.72, 1.5, -0.36], turn: Math.PI, size: [2.3, 2.3] },
  sizes: { at: [-3.72, 1.5, -0.36], turn: Math.PI, size: [2.3, 2.3] },
} as const;

export const pieces = (): Piece[] => {
  const { digit, block, pull, pair, dial, beliefs, sizes } = places;
  return [
    ...[digit, block].flatMap(({ size, at, turn }) => lectern(size[0], size[1], at, turn, tilt)),
    ...[pull, pair, dial, beliefs, sizes].flatMap(({ size, at, turn }) => stele(size[0], size[1], at, turn)),
  ];
};

export const blobs: readonly Blob[] = [
  { at: [-0.96, -3.6], size: [1.3, 0.6] },
  { at: [0.96, -3.6], size: [1.3, 0.6] },
  { at: [5.68, -3.02], size: [0.5, 1.6] },
  { at: [5.68, -1.28], size: [0.5, 2] },
  { at: [-5.68, -2.2], size: [0.5, 2.4] },
  { at: [3.72, -0.3], size: [2.5, 0.5] },
  { at: [-3.72, -0.3], size: [2.5, 0.5] },
];
