// What a forward costs, counted from the shapes of the weights alone: before anything is computed, or believed.
import type { Shapes } from '.';

/** Operations that a visitor's device is asked for at once: some seconds of a slow one. 150 times those of the shipped digits. */
export const heaviest = 2 ** 34;

/** What a backend computes in the time of wasm, about: on a GPU a large batch costs hardly more than a small one. */
const powers: Record<string, number> = { webgpu: 16, cpu: 1 / 16 };
export const powerOf = (backend: string) => powers[backend] ?? 1;

/** Two for every multiply-add of one item, as in the plan: of a filter at each of its `places`, of a dense layer once. */
export function operationsOf(shapes: Shapes, places: (part: string) => number = () => 1): number {
  return Object.entries(shapes).reduce((sum, [name, shape]) => {
    // Norms and biases are not multiplied out, and of the classes one row is taken.
    if (shape.length < 2 || name === 'label.weight') return sum;
    const size = shape.reduce((product, side) => product * side, 1);
    return sum + 2 * size * (shape.length === 4 ? places(name) : 1);
  }, 0);
}
