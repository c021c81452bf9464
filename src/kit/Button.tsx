// A large brass button with a lit ring: it sinks under the pointer, glows, and counts a press.
import { useFrame, type ThreeElements } from '@react-three/fiber';
import { useRef, useState } from 'react';
import { MeshBasicMaterial, type Group, type MeshStandardMaterial } from 'three';
import { touch } from '../audio';
import { useCursor } from './cursor';
import { Furniture } from './Furniture';
import { knob, post, ring } from './furnish/pieces';
import { hitBall } from './hit';
import { phase } from './phase';
import { ball, rod } from './shapes';

interface Props extends Omit<ThreeElements['group'], 'children' | 'scale'> {
  readonly onPress: () => void;
  readonly hue: number;
  /** Breathes until it is pressed for the first time. */
  readonly isInviting?: boolean;
}

const unseen = new MeshBasicMaterial({ visible: false });
const head = () => {
  const dome = knob('brass', 0.15, [0, 0, 0]);
  dome.geometry.scale(1, 0.42, 1).translate(0, 0.03, 0);
  return [dome, post('brass', 0.15, 0.06, [0, 0, 0])];
};
const collar = () => [ring('brass', 0.185, 0.017, [0, 0, 0]), post('dark', 0.215, 0.05, [0, -0.04, 0], [0, 0, 0], 0.225)];

export function Button({ onPress, hue, isInviting = false, ...group }: Props) {
  const cap = useRef<Group>(null);
  const light = useRef<MeshStandardMaterial>(null);
  const [isOver, setOver] = useState(false);
  const [isDown, setDown] = useState(false);
  useCursor(isOver && 'pointer');
  useFrame(({ clock }, seconds) => {
    const share = 1 - 0.000001 ** Math.min(0.1, seconds);
    if (cap.current) cap.current.position.y += ((isDown ? -0.005 : isOver ? 0.05 : 0.035) - cap.current.position.y) * share;
    const breath = isInviting ? 0.55 + 0.45 * Math.sin(clock.elapsedTime * 2.2) : 0.35;
    const wish = isDown ? 3 : isOver ? 1.8 : breath;
    if (light.current) light.current.emissiveIntensity += (wish - light.current.emissiveIntensity) * share;
  }, phase.exhibits);
  return (
    <group {...group}>
      <Furniture pieces={collar} />
      <group ref={cap}>
        <Furniture pieces={head} />
      </group>
      <mesh geometry={rod} scale={[0.36, 0.012, 0.36]} position={[0, -0.012, 0]}>
        <meshStandardMaterial ref={light} color="#3b2c16" emissive={`hsl(${hue} 90% 58%)`} emissiveIntensity={0.4} />
      </mesh>
      <mesh
        name="button"
        geometry={ball}
        material={unseen}
        raycast={hitBall}
        scale={[0.5, 0.34, 0.5]}
        onPointerDown={(event) => {
          event.stopPropagation();
          setDown(true);
          touch('press');
        }}
        onPointerUp={() => setDown(false)}
        onPointerOver={() => setOver(true)}
        onPointerOut={() => {
          setOver(false);
          setDown(false);
        }}
        onClick={(event) => {
          event.stopPropagation();
          if (event.delta <= 12) onPress();
        }}
      />
    </group>
  );
}
