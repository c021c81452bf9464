// What a visitor cannot walk through: collision meshes by name, and the capsule that is pushed out of them.
import { Box3, DoubleSide, Line3, Ray, Vector3, type BufferGeometry } from 'three';
import { MeshBVH } from 'three-mesh-bvh';

const bodies = new Map<string, MeshBVH>();

export const solid = {
  put: (name: string, geometry: BufferGeometry) => void bodies.set(name, new MeshBVH(geometry)),
  remove: (name: string) => void bodies.delete(name),
};

const radius = 0.28;
const tall = 1.7;
/** Steps lower than this are climbed. */
const climb = 0.3;

const axis = new Line3();
const box = new Box3();
const [onTriangle, onAxis, push] = [new Vector3(), new Vector3(), new Vector3()];

/** Moves the feet `at` out of whatever is solid, and onto the ground below. */
export function settle(at: Vector3): void {
  axis.start.set(at.x, at.y + climb + radius, at.z);
  axis.end.set(at.x, at.y + tall - radius, at.z);
  for (const bvh of bodies.values()) {
    box.makeEmpty().expandByPoint(axis.start).expandByPoint(axis.end).expandByScalar(radius);
    bvh.shapecast({
      intersectsBounds: (bounds) => bounds.intersectsBox(box),
      intersectsTriangle: (triangle) => {
        const distance = triangle.closestPointToSegment(axis, onTriangle, onAxis);
        if (distance >= radius) return false;
        push.subVectors(onAxis, onTriangle).setY(0);
        if (push.lengthSq() < 1e-12) return false;
        push.normalize().multiplyScalar(radius - distance);
        axis.start.add(push);
        axis.end.add(push);
        return false;
      },
    });
  }
  at.x = axis.start.x;
  at.z = axis.start.z;
  at.y = ground(at) ?? at.y;
}

const down = new Ray(new Vector3(), new Vector3(0, -1, 0));

/** Height of the ground below the visitor, up to a step above the feet. */
export function ground(at: Vector3): number | undefined {
  let best: number | undefined;
  down.origin.set(at.x, at.y + climb, at.z);
  for (const bvh of bodies.values()) {
    const hit = bvh.raycastFirst(down, DoubleSide);
    if (hit && (best === undefined || hit.point.y > best)) best = hit.point.y;
  }
  return best;
}

/** Whether nothing solid lies between two points; the last hand's breadth does not count. */
export function isFree(from: Vector3, to: Vector3): boolean {
  const length = from.distanceTo(to);
  const way = new Ray(from.clone(), new Vector3().subVectors(to, from).normalize());
  for (const bvh of bodies.values()) {
    const hit = bvh.raycastFirst(way, DoubleSide);
    if (hit && hit.distance < length - 0.1) return false;
  }
  return true;
}
