// A tablet of words on a hinge: pressed, it swings open towards the visitor and lights up.
import { useFrame, type ThreeElements } from '@react-three/fiber';
import { useCallback, useRef, useState } from 'react';
import type { Group } from 'three';
import { touch } from '../audio';
import { useCursor } from './cursor';
import { hitPlane } from './hit';
import { inkOf } from './ink';
import { heightOf, write, type Pen, type Type } from './lettering';
import { round } from './panel/paint';
import { phase } from './phase';
import { usePrint } from './Print';
import { cube, plane } from './shapes';

interface Props extends Omit<ThreeElements['group'], 'children' | 'scale'> {
  readonly width: number;
  readonly height: number;
  readonly hue: number;
  readonly text: string;
  readonly isOpen: boolean;
  readonly onPick: () => void;
}

export function Tablet({ width, height, hue, text, isOpen, onPick, ...group }: Props) {
  const leaf = useRef<Group>(null);
  const [isOver, setOver] = useState(false);
  useCursor(isOver && 'pointer');
  const draw = useCallback(
    (pen: Pen, w: number, h: number) => {
      const ink = inkOf('glass', hue);
      round(pen, { x: 0, y: 0, w, h }, 0, isOpen ? ink.accent : isOver ? ink.hover : ink.raised);
      const type: Type = { size: 62, weight: 600, colour: isOpen ? ink.onAccent : ink.text, align: 'center', lead: 1.16 };
      let size = type.size;
      while (size > 30 && heightOf(pen, text, w - 80, { ...type, size }) > h - 60) size -= 2;
      const high = heightOf(pen, text, w - 80, { ...type, size });
      write(pen, text, 40, (h - high) / 2, w - 80, { ...type, size });
    },
    [hue, text, isOpen, isOver],
  );
  const texture = usePrint({ width, height, draw });
  useFrame((_, seconds) => {
    if (!leaf.current) return;
    const share = 1 - 0.0005 ** Math.min(0.1, seconds);
    const wish = isOpen ? -0.3 : isOver ? -0.1 : 0;
    leaf.current.rotation.y += (wish - leaf.current.rotation.y) * share;
  }, phase.exhibits);
  return (
    <group {...group}>
      <group ref={leaf} position={[-width / 2, 0, 0]}>
        <mesh geometry={cube} position={[width / 2, 0, -0.022]} scale={[width + 0.03, height + 0.03, 0.04]}>
          <meshStandardMaterial color="#c9a25a" metalness={0.5} roughness={0.35} emissive="#3a2a0e" />
        </mesh>
        <mesh
          geometry={plane}
          raycast={hitPlane}
          position={[width / 2, 0, 0.001]}
          scale={[width, height, 1]}
          onPointerOver={() => setOver(true)}
          onPointerOut={() => setOver(false)}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={(event) => {
            event.stopPropagation();
            if (event.delta > 12) return;
            touch('choice');
            onPick();
          }}
        >
          <meshBasicMaterial map={texture} toneMapped={false} />
        </mesh>
      </group>
    </group>
  );
}
