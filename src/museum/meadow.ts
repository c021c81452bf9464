// The ground outside, with a gap wherever a room lies deeper than it.
import { Path, Shape, ShapeGeometry, type BufferGeometry } from 'three';
import { toWorld, type Ring } from './ring';

/** The ground around the building, which lies lower than most floors: it ends where a room goes deeper. */
export function meadowOf(of: Pick<Ring, 'places'>, reach: number): BufferGeometry {
  const outline = new Shape().absarc(0, 0, reach, 0, 2 * Math.PI);
  for (const place of of.places) {
    const { width, depth, pit } = place.floor;
    if (!pit) continue;
    const corners = [[-1, pit.from], [1, pit.from], [1, depth], [-1, depth]] as const; // prettier-ignore
    const hole = corners.map(([side, deep]) => toWorld(place, [(side * width) / 2, -deep]));
    const path = new Path();
    hole.forEach(([x, z], i) => (i ? path.lineTo(x, -z) : path.moveTo(x, -z)));
    outline.holes.push(path.lineTo(hole[0]![0], -hole[0]![1]));
  }
  return new ShapeGeometry(outline, 64).rotateX(-Math.PI / 2);
}
