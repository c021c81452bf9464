// Plinths as pieces of furniture: what stands on one is at hand, and nothing floats.
import { box, post, ring, type Piece } from './furnish/pieces';

/** A round column with a brass band; `top` is the height of its upper face. */
export const column = (at: readonly [x: number, z: number], radius: number, top: number): Piece[] => [
  post('plaster', radius, top - 0.09, [at[0], (top - 0.09) / 2 + 0.05, at[1]], [0, 0, 0], radius * 1.1),
  post('wood', radius * 1.2, 0.06, [at[0], 0.03, at[1]], [0, 0, 0], radius * 1.25),
  ring('brass', radius * 1.01, 0.012, [at[0], top - 0.06, at[1]]),
  post('wood', radius * 1.08, 0.04, [at[0], top - 0.02, at[1]]),
];

/** A block of wood with a dark foot; `top` is the height of its upper face. */
export const block = (
  at: readonly [x: number, z: number],
  size: readonly [width: number, depth: number],
  top: number,
  turn = 0,
): Piece[] => [
  box('dark', [size[0] - 0.1, 0.08, size[1] - 0.1], [at[0], 0.04, at[1]], [0, turn, 0]),
  box('wood', [size[0], top - 0.08, size[1]], [at[0], 0.08 + (top - 0.08) / 2, at[1]], [0, turn, 0], 0.02),
];
