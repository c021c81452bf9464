// What the small network of the cloud learns and how, and how well its points lie on the shape.
import type { TrainRequest } from '../../src/engine';
import type { Shape } from './names';
import { cloudData } from './shapes';

export const lesson = { name: 'lab-cloud', steps: 400, points: 1500 } as const;

export const lessonOf = (shape: Shape): TrainRequest => ({
  name: lesson.name,
  network: { kind: 'cloud', config: { points: 3, waves: 16, width: 64, layers: 2, embedding: 32, frequencies: 16 } },
  classes: [shape],
  data: cloudData(shape, 4096),
  ...{ schedule: 'cosine', rate: 4e-3, seed: 3, batch: 512, warmup: 10, average: 0.98, dropout: 0 },
  ...{ steps: lesson.steps, decay: 'cosine', every: 20, room: 'training' },
});

/** Mean distance of made points to the nearest of the shape's own, in standard deviations of the shape; of every few, for it is asked often. */
export function strayOf(made: Float32Array, shape: Float32Array): number {
  let [sum, count] = [0, 0];
  for (let at = 0; at < made.length; at += 9) {
    let nearest = Infinity;
    for (let other = 0; other < shape.length; other += 3)
      nearest = Math.min(
        nearest,
        (made[at]! - shape[other]!) ** 2 + (made[at + 1]! - shape[other + 1]!) ** 2 + (made[at + 2]! - shape[other + 2]!) ** 2,
      );
    sum += Math.sqrt(nearest);
    count++;
  }
  return sum / count;
}
