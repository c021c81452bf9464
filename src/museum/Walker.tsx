// The visitor's feet and eyes: keys, drags, joystick and clicks become steps that end at walls; jumps cross-fade.
import { useFrame, useThree, type ThreeEvent } from '@react-three/fiber';
import { useEffect, useRef } from 'react';
import { MathUtils, RingGeometry, Vector3, type Group } from 'three';
import { grip } from '../kit/grip';
import { phase } from '../kit/phase';
import { useVisit, walkedInto } from '../visit';
import { input, listen, wish } from './input';
import { standable, wayTo } from './path';
import { outlines, ring } from './plan';
import { eye, nearestDoor, roomAt } from './ring';
import { isFree, settle } from './solid';
import { placeOf, standAt, visitor } from './visitor';

const walk = 2.1;
const run = 4.2;
const turning = 1.7;
/** Nearer than this to its doorway, a room counts as visited. */
const near = 4.6;

const markShape = new RingGeometry(0.16, 0.22, 32);
const step = new Vector3();
const up = new Vector3(0, 1, 0);

/** Turns and steps for one frame. */
function move(seconds: number): void {
  const { right, forward, turn, fast } = wish();
  if (right || forward) visitor.way = [];
  visitor.yaw += input.turn + turn * turning * seconds;
  visitor.pitch = MathUtils.clamp(visitor.pitch + input.tilt, -1.2, 1.2);
  input.turn = input.tilt = 0;
  step.set(right, 0, -forward).applyAxisAngle(up, visitor.yaw);
  const pace = fast ? run : walk;
  if (visitor.way.length) {
    const [x, z] = visitor.way[0]!;
    step.set(x - visitor.at.x, 0, z - visitor.at.z);
    const far = step.length();
    if (far < 0.12) visitor.way.shift();
    step.normalize().multiplyScalar(Math.min(1, far / Math.max(1e-6, pace * seconds)));
    if (!useVisit.getState().twin) turnTowards(Math.atan2(-step.x, -step.z), seconds);
  }
  const [x, z] = [visitor.at.x, visitor.at.z];
  // Long frames are walked in short steps, so that no wall is jumped over.
  const parts = Math.max(1, Math.ceil((step.length() * pace * seconds) / 0.15));
  for (let part = 0; part < parts; part++) {
    visitor.at.addScaledVector(step, (pace * seconds) / parts);
    settle(visitor.at);
  }
  const went = Math.hypot(visitor.at.x - x, visitor.at.z - z);
  visitor.speed = seconds > 0 ? went / seconds : 0;
  if (visitor.way.length && went < 0.2 * pace * seconds) visitor.way.shift();
}

function turnTowards(yaw: number, seconds: number): void {
  const turn = MathUtils.euclideanModulo(yaw - visitor.yaw + Math.PI, 2 * Math.PI) - Math.PI;
  visitor.yaw += turn * Math.min(1, seconds * 2.5);
  visitor.pitch *= 1 - Math.min(1, seconds * 1.5);
}

/** Follows jumps of the plan and of links; fades the picture over unless motion is reduced. */
function useJumps(): void {
  const picture = useThree((state) => state.gl.domElement);
  useEffect(() => {
    const jump = () => {
      const { room, stop } = useVisit.getState();
      const place = placeOf(room);
      if (place) standAt(place, stop);
    };
    jump();
    return useVisit.subscribe((now, before) => {
      if (now.jump === before.jump) return;
      if (now.motion === 'reduced') return jump();
      picture.classList.add('crossing');
      setTimeout(() => {
        jump();
        picture.classList.remove('crossing');
      }, 220);
    });
  }, [picture]);
}

export function Walker() {
  const picture = useThree((state) => state.gl.domElement);
  useJumps();
  useEffect(() => listen(picture, grip.isHeld), [picture]);
  useFrame(({ camera }, seconds) => {
    const short = Math.min(0.25, seconds);
    move(short);
    if (!visitor.isWearing) {
      camera.position.set(visitor.at.x, visitor.at.y + eye, visitor.at.z);
      camera.rotation.set(visitor.pitch, visitor.yaw, 0, 'YXZ');
    }
    const at = [visitor.at.x, visitor.at.z] as const;
    const inside = roomAt(ring, at);
    const door = inside ? undefined : nearestDoor(ring, at);
    if (inside) walkedInto(inside.name);
    else if (door && door.distance < near) walkedInto(door.place.name);
  }, phase.visitor);
  return <Ground />;
}

/** The floor hears clicks and sends the visitor there; a brass ring marks the spot. */
function Ground() {
  const mark = useRef<Group>(null);
  const go = (event: ThreeEvent<MouseEvent>) => {
    // A drag that ends here is no click.
    if (event.delta > 6 || grip.isHeld() || event.intersections[0]?.eventObject !== event.eventObject) return;
    // The floor behind a wall cannot be meant.
    if (!isFree(event.ray.origin, event.point)) return;
    const spot = standable(ring, [event.point.x, event.point.z]);
    if (!spot) return;
    visitor.way = wayTo(ring, [visitor.at.x, visitor.at.z], spot);
    mark.current?.position.set(spot[0], visitor.at.y + 0.02, spot[1]);
  };
  useFrame(() => {
    if (mark.current) mark.current.visible = visitor.way.length > 0;
  }, phase.labels);
  return (
    <>
      {outlines.map(({ name }) => {
        const place = placeOf(name)!;
        return (
          <group key={name} position={[place.x, 0, place.z]} rotation={[0, place.turn, 0]}>
            <mesh rotation={[-Math.PI / 2, 0, 0]} position={[0, 0, -place.floor.depth / 2]} onClick={go} visible={false}>
              <planeGeometry args={[place.floor.width, place.floor.depth + 1]} />
            </mesh>
          </group>
        );
      })}
      <mesh rotation={[-Math.PI / 2, 0, 0]} onClick={go} visible={false}>
        <circleGeometry args={[ring.apothem, ring.sides]} />
      </mesh>
      <group ref={mark} visible={false}>
        <mesh rotation={[-Math.PI / 2, 0, 0]} geometry={markShape}>
          <meshBasicMaterial color="#e2bd72" transparent opacity={0.85} />
        </mesh>
      </group>
    </>
  );
}
