// The visitor's feet and eyes: keys, drags, joystick and clicks become steps that end at walls; jumps cross-fade.
import { useFrame, useThree } from '@react-three/fiber';
import { useEffect } from 'react';
import { MathUtils, PerspectiveCamera, Vector3 } from 'three';
import { grip } from '../kit/grip';
import { phase } from '../kit/phase';
import { useVisit, walkedInto } from '../visit';
import { Ground } from './Ground';
import { input, listen, wish } from './input';
import { pastPost } from './path';
import { ring } from './plan';
import { eye, nearestDoor, roomAt } from './ring';
import { settle } from './solid';
import { hearSteps } from './steps';
import { fieldOfView } from './view';
import { placeOf, standAt, visitor, type View } from './visitor';

const walk = 2.1;
const run = 4.2;
const turning = 1.7;
/** Nearer than this to its doorway, a room counts as visited. */
const near = 4.6;
/** Seconds before its doorway at which a runner opens a room: it has to be fetched, and its veil to clear. */
const ahead = 1.7;

const step = new Vector3();
const up = new Vector3(0, 1, 0);

/** Turns and steps for one frame. */
function move(seconds: number): void {
  const { right, forward, turn, fast } = wish();
  if (right || forward) visitor.way = [];
  if (right || forward || turn || input.turn || input.tilt) visitor.view = undefined;
  visitor.yaw += input.turn + turn * turning * seconds;
  visitor.pitch = MathUtils.clamp(visitor.pitch + input.tilt, -1.2, 1.2);
  input.turn = input.tilt = 0;
  step.set(right, 0, -forward).applyAxisAngle(up, visitor.yaw);
  const pace = fast ? run : walk;
  if (visitor.view && !visitor.way.length) {
    turnTowards(visitor.view, seconds);
    const { yaw, pitch } = visitor.view;
    if (Math.abs(Math.sin((yaw - visitor.yaw) / 2)) < 0.01 && Math.abs(pitch - visitor.pitch) < 0.02) visitor.view = undefined;
  }
  if (visitor.way.length) {
    const [x, z] = visitor.way[0]!;
    step.set(x - visitor.at.x, 0, z - visitor.at.z);
    const far = step.length();
    if (far < 0.12) visitor.way.shift();
    step.normalize().multiplyScalar(Math.min(1, far / Math.max(1e-6, pace * seconds)));
    if (!useVisit.getState().twin) turnTowards({ yaw: Math.atan2(-step.x, -step.z), pitch: 0 }, seconds);
  }
  const [x, z] = [visitor.at.x, visitor.at.z];
  // Long frames are walked in short steps, so that no wall is jumped over.
  const parts = Math.max(1, Math.ceil((step.length() * pace * seconds) / 0.15));
  for (let part = 0; part < parts; part++) {
    visitor.at.addScaledVector(step, (pace * seconds) / parts);
    settle(visitor.at);
  }
  const wanted = step.length() * pace * seconds;
  if (Math.hypot(visitor.at.x - x, visitor.at.z - z) < 0.5 * wanted) {
    const past = pastPost(ring, [visitor.at.x, visitor.at.z], [step.x, step.z], 0.6 * wanted);
    if (past) {
      [visitor.at.x, visitor.at.z] = past;
      settle(visitor.at);
    }
  }
  const went = Math.hypot(visitor.at.x - x, visitor.at.z - z);
  visitor.speed = seconds > 0 ? went / seconds : 0;
  hearSteps(visitor, went);
  if (visitor.way.length && went < 0.2 * pace * seconds) visitor.way.shift();
}

function turnTowards({ yaw, pitch }: View, seconds: number): void {
  const turn = MathUtils.euclideanModulo(yaw - visitor.yaw + Math.PI, 2 * Math.PI) - Math.PI;
  visitor.yaw += turn * Math.min(1, seconds * 2.5);
  visitor.pitch += (pitch - visitor.pitch) * Math.min(1, seconds * 1.5);
}

/** Follows jumps of the plan and of links; fades the picture over unless motion is reduced. */
function useJumps(): void {
  const picture = useThree((state) => state.gl.domElement);
  useEffect(() => {
    const jump = () => {
      const { room, stop } = useVisit.getState();
      const place = placeOf(room);
      if (place) standAt(place, stop);
      visitor.isJumping = false;
    };
    jump();
    return useVisit.subscribe((now, before) => {
      if (now.jump === before.jump) return;
      if (now.motion === 'reduced') return jump();
      visitor.isJumping = true;
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
  const { width, height } = useThree((state) => state.size);
  const camera = useThree((state) => state.camera);
  useJumps();
  useEffect(() => {
    if (!(camera instanceof PerspectiveCamera) || height === 0) return;
    camera.fov = fieldOfView(width / height);
    camera.updateProjectionMatrix();
  }, [camera, width, height]);
  useEffect(() => listen(picture, grip.isHeld), [picture]);
  useFrame(({ camera }, seconds) => {
    const short = Math.min(0.25, seconds);
    if (!visitor.isWearing) {
      move(short);
      camera.position.set(visitor.at.x, visitor.at.y + eye, visitor.at.z);
      camera.rotation.set(visitor.pitch, visitor.yaw, 0, 'YXZ');
    }
    if (visitor.isJumping) return;
    const at = [visitor.at.x, visitor.at.z] as const;
    const inside = roomAt(ring, at);
    const door = inside ? undefined : nearestDoor(ring, at);
    if (inside) walkedInto(inside.name);
    else if (door && door.distance < Math.max(near, visitor.speed * ahead)) walkedInto(door.place.name);
  }, phase.visitor);
  return <Ground />;
}
