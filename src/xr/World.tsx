// The headset around the museum: where its wearer stands, how they turn and jump, and what they hold.
import { TeleportTarget, useXR, useXRControllerLocomotion, XR, XROrigin } from '@react-three/xr';
import { useFrame, useThree, type ThreeEvent } from '@react-three/fiber';
import { useEffect, useRef, type ReactNode } from 'react';
import { Vector3, type Group } from 'three';
import { phase } from '../kit/phase';
import { Floors } from '../museum/Ground';
import { standable } from '../museum/path';
import { ring } from '../museum/plan';
import { land, visitor } from '../museum/visitor';
import { useSolids } from '../kit/Walkable';
import { useVisit } from '../visit';
import { store } from './store';

export default function World({ children }: { children: ReactNode }) {
  return (
    <XR store={store}>
      <Wearer />
      {children}
    </XR>
  );
}

const head = new Vector3();
const up = new Vector3(0, 1, 0);

/** Longest time, s, that a frame counts for in a headset: the easing of the teleport's arc overshoots beyond it and swings. */
const longest = 0.1;

/** Caps the time that frames are told has passed, while a headset is worn. */
function useShortFrames(isWorn: boolean): void {
  const clock = useThree((state) => state.clock);
  useEffect(() => {
    if (!isWorn) return;
    const measured = clock.getDelta;
    clock.getDelta = () => Math.min(longest, measured.call(clock));
    return () => void (clock.getDelta = measured);
  }, [clock, isWorn]);
}

function Wearer() {
  const origin = useRef<Group>(null);
  const session = useXR((xr) => xr.session);
  const camera = useThree((state) => state.camera);
  useShortFrames(session !== undefined);

  useEffect(() => {
    if (!session || !origin.current) return;
    visitor.isWearing = true;
    origin.current.position.copy(visitor.at);
    origin.current.rotation.y = visitor.yaw;
    const rig = origin.current;
    // The floor plan and links lead the wearer, too.
    const stop = useVisit.subscribe((now, before) => {
      if (now.jump !== before.jump)
        setTimeout(() => {
          rig.position.copy(visitor.at);
          rig.rotation.y = visitor.yaw;
        }, 260);
    });
    // Floors that come after the wearer has been led there lift them.
    const stopSolids = useSolids.subscribe(() =>
      setTimeout(() => {
        if (!visitor.isWearing) return;
        land();
        rig.position.y = visitor.at.y;
      }),
    );
    return () => {
      stop();
      stopSolids();
      visitor.isWearing = false;
      visitor.pitch = 0;
    };
  }, [session]);

  // Where the head is, the visitor is: rooms open by it.
  useFrame(() => {
    if (!visitor.isWearing) return;
    camera.getWorldPosition(head);
    visitor.at.set(head.x, origin.current?.position.y ?? 0, head.z);
  }, phase.input);

  useXRControllerLocomotion(
    (_, turn) => {
      const rig = origin.current;
      if (!rig || !turn) return;
      // Turns about the head, not about the middle of the wearer's real room.
      camera.getWorldPosition(head).setY(rig.position.y);
      rig.position.sub(head).applyAxisAngle(up, turn).add(head);
      rig.rotation.y += turn;
      visitor.yaw = rig.rotation.y;
    },
    false,
    { type: 'snap', degrees: 45 },
  );

  const jump = (event: ThreeEvent<MouseEvent>) => {
    const rig = origin.current;
    const spot = standable(ring, [event.point.x, event.point.z]);
    if (!rig || !spot) return;
    camera.getWorldPosition(head);
    rig.position.x += spot[0] - head.x;
    rig.position.z += spot[1] - head.z;
    rig.position.y = event.point.y;
  };

  return (
    <>
      <XROrigin ref={origin} name="wearer" disabled={!session} />
      {session && (
        <TeleportTarget onTeleport={(_, event) => jump(event)}>
          <Floors isDrawn />
        </TeleportTarget>
      )}
    </>
  );
}
