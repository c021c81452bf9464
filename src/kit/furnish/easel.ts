// An easel that leans as easels do, with a frame for its sheet.
import { box, frame, type Piece } from './pieces';

type Three = readonly [number, number, number];

/** For a sheet of `size` metres, its middle at `at`, turned about the upright. */
export function easel({ at, turn, size }: { at: Three; turn: number; size: readonly [number, number] }): Piece[] {
  const [s, c] = [Math.sin(turn), Math.cos(turn)];
  /** Right of and behind the middle of the sheet. */
  const off = (right: number, y: number, behind: number): Three => [at[0] + c * right - s * behind, y, at[2] - s * right - c * behind];
  return [
    box('wood', [size[0] + 0.08, size[1] + 0.08, 0.03], off(0, at[1], 0.025), [0, turn, 0]),
    ...frame('brass', ...size, off(0, at[1], 0.006), [0, turn, 0], 0.012, 0.02),
    box('wood', [0.05, 2.1, 0.04], off(-0.34, 1.04, 0.07), [0, turn, -0.06]),
    box('wood', [0.05, 2.1, 0.04], off(0.34, 1.04, 0.07), [0, turn, 0.06]),
    box('wood', [0.05, 2.1, 0.04], off(0, 1.03, 0.34), [0.26, turn, 0]),
    box('wood', [size[0] + 0.16, 0.05, 0.1], off(0, at[1] - size[1] / 2 - 0.05, -0.02), [0, turn, 0]),
  ];
}
