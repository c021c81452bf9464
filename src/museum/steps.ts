// Footsteps: one is heard whenever a stride has been walked; what it sounds like is the floor's matter.
import { footstep } from '../audio';
import { ring } from './plan';
import { roomAt } from './ring';
import type { visitor } from './visitor';

/** Metres from one step to the next, for each metre a second beyond standing. */
const strideAt = (speed: number) => 0.35 + 0.19 * speed;

let since = 0;

export function hearSteps({ at, speed }: Pick<typeof visitor, 'at' | 'speed'>, went: number): void {
  since += went;
  if (since < strideAt(speed)) return;
  since = 0;
  footstep(roomAt(ring, [at.x, at.z])?.floor.material ?? 'terrazzo');
}
