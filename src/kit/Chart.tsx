// A chart on a plate: named curves over one axis, a marker that follows, and, where it may be drawn, a curve drawn by the pointer.
import { useFrame, type ThreeElements, type ThreeEvent } from '@react-three/fiber';
import { useCallback, useMemo, useRef, useState } from 'react';
import { type Mesh } from 'three';
import { touch } from '../audio';
import { useCursor } from './cursor';
import { grip } from './grip';
import { hitPlane } from './hit';
import { inkOf, type Tone } from './ink';
import { setFont, write, type Pen } from './lettering';
import { round, trace } from './panel/paint';
import type { Spot } from './panel/pencil';
import { phase } from './phase';
import { usePrint } from './Print';
import { cube, plane } from './shapes';

export interface Line {
  readonly name: string;
  /** In the visitor's words. */
  readonly label: string;
  /** 0 to 1 at equal steps of the axis. */
  readonly shares: readonly number[];
  readonly isChosen: boolean;
  /** Share of the axis at which the line ends; 1 when left out: it reaches across. */
  readonly until?: number;
}
/** What stands at the beginning, the middle and the end of an axis. */
type Ticks = readonly [string, string, string];
interface Props extends Omit<ThreeElements['group'], 'children' | 'scale'> {
  readonly width: number;
  readonly height: number;
  readonly hue: number;
  readonly tone?: Tone;
  readonly title: string;
  /** Names of the two axes. */
  readonly across: string;
  readonly upward: string;
  readonly lines: readonly Line[];
  /** 0, 0.5 and 1 when left out. */
  readonly ticks?: { readonly across: Ticks; readonly upward: Ticks };
  /** Place of the marker on the axis, 0 to 1; read in each frame. */
  readonly marker?: () => number;
  /** The pointer draws: places from 0 to 1 from the top left corner of the field. */
  readonly onDraw?: ((at: Spot, from: Spot) => void) | undefined;
}

const inset = { left: 140, right: 50, top: 270, bottom: 150 };
/** A curve that is not the chosen one: dashed, each in its own way, so that colour is not what tells them apart. */
const dashes = [[], [26, 16], [6, 14], [40, 12, 6, 12], [60, 20], [2, 24]];
const shares: Ticks = ['0', '0.5', '1'];
const usual = { across: shares, upward: shares };

export function Chart({
  width,
  height,
  hue,
  tone = 'glass',
  title,
  across,
  upward,
  lines,
  ticks = usual,
  marker,
  onDraw,
  ...group
}: Props) {
  const ink = useMemo(() => inkOf(tone, hue), [tone, hue]);
  const needle = useRef<Mesh>(null);
  const [isOver, setOver] = useState(false);
  useCursor(onDraw && isOver && 'crosshair');
  const last = useRef<Spot | undefined>(undefined);
  const field = { x: inset.left, y: inset.top, w: width * 1000 - inset.left - inset.right, h: height * 1000 - inset.top - inset.bottom };

  const draw = useCallback(
    (pen: Pen, w: number, h: number) => {
      const box = { x: inset.left, y: inset.top, w: w - inset.left - inset.right, h: h - inset.top - inset.bottom };
      round(pen, { x: 0, y: 0, w, h }, 0, ink.ground);
      write(pen, title, 46, 30, w - 92, { size: 68, weight: 600, colour: ink.accent });
      let legend = 46;
      lines.forEach((line, i) => {
        // A line alone needs no name beside the title.
        if (!line.label) return;
        setFont(pen, 48, line.isChosen ? 600 : 400);
        const wide = pen.measureText(line.label).width;
        trace(
          pen,
          [0.5, 0.5],
          { x: legend, y: 118, w: 70, h: 48 },
          line.isChosen ? ink.accent : ink.soft,
          line.isChosen ? 11 : 4,
          dashes[i],
        );
        write(pen, line.label, legend + 84, 112, wide + 20, {
          size: 48,
          weight: line.isChosen ? 600 : 400,
          colour: line.isChosen ? ink.accent : ink.soft,
        });
        legend += wide + 130;
      });
      write(pen, upward, 46, 186, w - 92, { size: 50, colour: ink.soft });
      round(pen, box, 8, ink.raised, ink.line);
      for (const [at, share] of [0, 0.5, 1].entries()) {
        const y = box.y + box.h * (1 - share);
        round(pen, { x: box.x, y: y - 1, w: box.w, h: 2 }, 0, ink.line);
        write(pen, ticks.upward[at]!, 0, y - 36, inset.left - 18, { size: 54, colour: ink.soft, align: 'right' });
        write(pen, ticks.across[at]!, box.x + box.w * share - 50, box.y + box.h + 4, 100, { size: 54, colour: ink.soft, align: 'center' });
      }
      write(pen, across, box.x, box.y + box.h + 66, box.w, { size: 54, colour: ink.soft, align: 'center' });
      const order = lines.map((line, i) => ({ ...line, dash: dashes[i] })).sort((a, b) => Number(a.isChosen) - Number(b.isChosen));
      for (const { shares, isChosen, dash, until = 1 } of order)
        if (shares.length > 1)
          trace(pen, shares, { ...box, w: box.w * until }, isChosen ? ink.accent : ink.soft, isChosen ? 11 : 4, isChosen ? [] : dash);
    },
    [ink, title, across, upward, lines, ticks],
  );
  const texture = usePrint({ width, height, draw });

  useFrame(() => {
    if (needle.current && marker) needle.current.position.x = (field.x + field.w * marker()) / 1000 - width / 2;
  }, phase.exhibits);

  const spotOf = (event: ThreeEvent<PointerEvent>): Spot | undefined => {
    const uv = event.uv;
    if (!uv) return undefined;
    const inside = (share: number) => Math.min(1, Math.max(0, share));
    return { x: inside((uv.x * width * 1000 - field.x) / field.w), y: inside(((1 - uv.y) * height * 1000 - field.y) / field.h) };
  };
  const drawing = onDraw && {
    onPointerDown: (event: ThreeEvent<PointerEvent>) => {
      const at = spotOf(event);
      if (!at) return;
      event.stopPropagation();
      grip.hold(event.pointerId);
      last.current = at;
      onDraw(at, at);
      touch('slide');
    },
    onPointerMove: (event: ThreeEvent<PointerEvent>) => {
      const at = spotOf(event);
      if (!at || !last.current) return;
      onDraw(at, last.current);
      last.current = at;
    },
    onPointerUp: (event: ThreeEvent<PointerEvent>) => {
      last.current = undefined;
      grip.release(event.pointerId);
    },
    onPointerEnter: () => setOver(true),
    onPointerLeave: () => {
      last.current = undefined;
      setOver(false);
    },
  };
  return (
    <group {...group}>
      <mesh geometry={plane} raycast={hitPlane} scale={[width, height, 1]} {...drawing}>
        <meshBasicMaterial map={texture} toneMapped={false} />
      </mesh>
      {marker && (
        <mesh ref={needle} geometry={cube} scale={[0.008, field.h / 1000, 0.012]} position={[0, (inset.bottom - inset.top) / 2000, 0.008]}>
          <meshBasicMaterial color="#ffe2a8" toneMapped={false} />
        </mesh>
      )}
    </group>
  );
}
