// A big brass lever on a quadrant: it swings a metre from 0 to 1, dragged by mouse, finger or ray, and moves by itself when its value does.
import { useFrame, type ThreeElements, type ThreeEvent } from '@react-three/fiber';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { MeshBasicMaterial, Plane, Vector3, type Group, type MeshStandardMaterial } from 'three';
import { touch } from '../audio';
import { useCursor } from './cursor';
import { Furniture } from './Furniture';
import { box, knob, post, ring } from './furnish/pieces';
import { grip } from './grip';
import { hitBall, hitDisc } from './hit';
import { inkOf } from './ink';
import { write, type Pen } from './lettering';
import { phase } from './phase';
import { Print } from './Print';
import { ball, disc } from './shapes';

/** A notch of the scale: a place from 0 to 1 and the lines that stand there. */
export interface Notch {
  readonly at: number;
  readonly lines: readonly string[];
}
interface Props extends Omit<ThreeElements['group'], 'children' | 'scale'> {
  /** 0 to 1, read in each frame. */
  readonly value: () => number;
  readonly onChange: (value: number) => void;
  readonly notches: readonly Notch[];
  readonly hue: number;
}

const reach = 0.8;
const swing = 0.68;
/** Angle of a value, clockwise from upright. */
const angleOf = (value: number) => (value * 2 - 1) * swing;
const plate = { width: 1.56, height: 0.72 };
const unseen = new MeshBasicMaterial({ visible: false });
const facing = new Plane();
const [normal, place] = [new Vector3(), new Vector3()];

const arm = () => [
  post('brass', 0.017, reach - 0.05, [0, reach / 2, 0.06], [0, 0, 0], 0.026),
  knob('brass', 0.05, [0, 0, 0.06]),
  ring('brass', 0.036, 0.011, [0, reach - 0.1, 0.06]),
  post('wood', 0.04, 0.17, [0, reach, 0.06], [0, 0, 0], 0.032),
  knob('wood', 0.05, [0, reach + 0.09, 0.06]),
  knob('brass', 0.014, [0, reach + 0.142, 0.06]),
];
const hub = () => [
  box('wood', [1.3, 0.1, 0.4], [0, -0.03, -0.05], [0, 0, 0], 0.03),
  post('dark', 0.1, 0.07, [0, 0, 0.045], [Math.PI / 2, 0, 0]),
  ring('brass', 0.1, 0.012, [0, 0, 0.08], [0, 0, 0]),
];

export function Lever({ value, onChange, notches, hue, ...group }: Props) {
  const pivot = useRef<Group>(null);
  const glow = useRef<MeshStandardMaterial>(null);
  const frame = useRef<Group>(null);
  const shown = useRef(value());
  const pointer = useRef<number | undefined>(undefined);
  const [isOver, setOver] = useState(false);
  const [isHeld, setHeld] = useState(false);
  useCursor(isHeld ? 'grabbing' : isOver && 'grab');
  const ink = useMemo(() => inkOf('glass', hue), [hue]);

  useFrame((_, seconds) => {
    shown.current += (value() - shown.current) * (1 - 0.00001 ** Math.min(0.1, seconds));
    if (pivot.current) pivot.current.rotation.z = -angleOf(shown.current);
    const wish = pointer.current !== undefined ? 1.6 : isOver ? 0.9 : 0.25;
    if (glow.current) glow.current.emissiveIntensity += (wish - glow.current.emissiveIntensity) * 0.25;
  }, phase.exhibits);

  const draw = useCallback(
    (pen: Pen, w: number, h: number) => {
      const [x, y] = [w / 2, h];
      const arc = (radius: number, wide: number, colour: string) => {
        pen.beginPath();
        pen.arc(x, y, radius, -Math.PI / 2 - swing - 0.1, -Math.PI / 2 + swing + 0.1);
        pen.lineWidth = wide;
        pen.strokeStyle = colour;
        pen.stroke();
      };
      arc(606, 172, ink.ground);
      arc(520, 8, '#c9a25a');
      arc(692, 8, '#c9a25a');
      for (let i = 0; i <= 40; i++) {
        const angle = angleOf(i / 40);
        const long = i % 10 === 0 ? 34 : i % 5 === 0 ? 24 : 13;
        pen.beginPath();
        pen.moveTo(x + Math.sin(angle) * 684, y - Math.cos(angle) * 684);
        pen.lineTo(x + Math.sin(angle) * (684 - long), y - Math.cos(angle) * (684 - long));
        pen.lineWidth = i % 10 === 0 ? 6 : 3;
        pen.strokeStyle = i % 10 === 0 ? ink.accent : ink.soft;
        pen.stroke();
      }
      for (const { at, lines } of notches) {
        pen.save();
        pen.translate(x, y);
        pen.rotate(angleOf(at));
        lines.forEach((line, i) =>
          write(pen, line, -100, -640 + i * 42, 200, {
            size: i ? 30 : 38,
            weight: i ? 400 : 600,
            colour: i ? ink.soft : ink.text,
            align: 'center',
            lead: 1,
          }),
        );
        pen.restore();
      }
    },
    [ink, notches],
  );

  const follow = (event: ThreeEvent<PointerEvent>) => {
    const stand = frame.current;
    if (!stand) return;
    facing.setFromNormalAndCoplanarPoint(stand.getWorldDirection(normal), stand.getWorldPosition(place));
    if (!event.ray.intersectPlane(facing, place)) return;
    stand.worldToLocal(place);
    const angle = Math.atan2(place.x, Math.max(0.05, place.y));
    onChange(Math.min(1, Math.max(0, (angle / swing + 1) / 2)));
  };
  const onPointerDown = (event: ThreeEvent<PointerEvent>) => {
    event.stopPropagation();
    (event.target as unknown as Element).setPointerCapture(event.pointerId);
    grip.hold(event.pointerId);
    pointer.current = event.pointerId;
    setHeld(true);
    touch('slide');
    follow(event);
  };
  const onPointerMove = (event: ThreeEvent<PointerEvent>) => {
    if (pointer.current !== event.pointerId) return;
    event.stopPropagation();
    follow(event);
  };
  const onPointerUp = (event: ThreeEvent<PointerEvent>) => {
    if (pointer.current !== event.pointerId) return;
    (event.target as unknown as Element).releasePointerCapture(event.pointerId);
    pointer.current = undefined;
    setHeld(false);
    grip.release(event.pointerId);
  };
  useEffect(() => () => void (pointer.current !== undefined && grip.release(pointer.current)), []);

  const hand = { onPointerDown, onPointerMove, onPointerUp, onPointerOver: () => setOver(true), onPointerOut: () => setOver(false) };
  return (
    <group {...group}>
      <group ref={frame} name="lever">
        <Furniture pieces={hub} />
        <Print width={plate.width} height={plate.height} density={800} position={[0, plate.height / 2, 0]} draw={draw} isClear />
        {/* The whole quadrant takes the hand: pressing a notch moves the lever there. */}
        <mesh geometry={disc} material={unseen} raycast={hitDisc} scale={[1.9, 1.9, 1]} position={[0, 0, 0.01]} {...hand} />
        <group ref={pivot} name="lever arm">
          <Furniture pieces={arm} />
          <mesh geometry={ball} position={[0, reach - 0.1, 0.06]} scale={0.1}>
            <meshStandardMaterial ref={glow} color="#f0d9a8" emissive={ink.accent} emissiveIntensity={0.3} roughness={0.3} />
          </mesh>
          <mesh geometry={ball} material={unseen} raycast={hitBall} position={[0, reach, 0.06]} scale={[0.2, 0.36, 0.2]} {...hand} />
        </group>
      </group>
    </group>
  );
}
