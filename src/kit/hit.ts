// Exact shapes for pointers: a ray through the seam between two triangles can miss both, and the middle of a thing is often such a seam.
import { Matrix4, Ray, Sphere, Vector2, Vector3, type Intersection, type Mesh, type Raycaster } from 'three';

const ray = new Ray();
const inverse = new Matrix4();
const unit = new Sphere(new Vector3(), 0.5);
const spot = new Vector3();

/** The pointer's ray in the mesh's own frame, where each shape here is one metre across. */
const local = (mesh: Mesh, { ray: world }: Raycaster) => ray.copy(world).applyMatrix4(inverse.copy(mesh.matrixWorld).invert());

function tell(mesh: Mesh, { ray: world, near, far }: Raycaster, normal: Vector3, hits: Intersection[]): void {
  const uv = new Vector2(spot.x + 0.5, spot.y + 0.5);
  const point = spot.clone().applyMatrix4(mesh.matrixWorld);
  const distance = world.origin.distanceTo(point);
  if (distance < near || distance > far) return;
  hits.push({ distance, point, object: mesh, uv, normal, face: { a: 0, b: 0, c: 0, normal, materialIndex: 0 } });
}

/** For a ball of any scale: an ellipsoid. */
export function hitBall(this: Mesh, caster: Raycaster, hits: Intersection[]): void {
  if (local(this, caster).intersectSphere(unit, spot)) tell(this, caster, spot.clone().normalize(), hits);
}

const flat = (isInside: (at: Vector3) => boolean) =>
  function (this: Mesh, caster: Raycaster, hits: Intersection[]): void {
    const { origin, direction } = local(this, caster);
    // Seen from its front only, as it is drawn.
    if (direction.z >= 0 || origin.z <= 0) return;
    spot
      .copy(direction)
      .multiplyScalar(-origin.z / direction.z)
      .add(origin);
    if (isInside(spot)) tell(this, caster, new Vector3(0, 0, 1), hits);
  };

export const hitPlane = flat(({ x, y }) => Math.abs(x) <= 0.5 && Math.abs(y) <= 0.5);
export const hitDisc = flat(({ x, y }) => x * x + y * y <= 0.25);
