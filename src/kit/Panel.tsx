// A control panel in the room, drawn from any of its controls: one surface for every pointer, be it mouse, finger or ray.
import type { ThreeElements, ThreeEvent } from '@react-three/fiber';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { Plane, Vector3, type Mesh } from 'three';
import type { Controls } from '../controls';
import { touch } from '../audio';
import { useNumber, type Words } from '../text';
import { useCursor } from './cursor';
import { grip } from './grip';
import { hitPlane } from './hit';
import { inkOf, type Tone } from './ink';
import type { Pen } from './lettering';
import { layoutOf, partAt, type Layout, type Part } from './panel/layout';
import { paintPanel, round } from './panel/paint';
import { clickPart, dragPart, isDragged } from './panel/use';
import type { Spot } from './panel/pencil';
import { usePrint } from './Print';
import { plane } from './shapes';

type Group = Omit<ThreeElements['group'], 'children' | 'scale' | 'type'>;
interface Props extends Group {
  readonly controls: Controls;
  readonly names: readonly string[];
  readonly words: Words;
  /** Metres. */
  readonly size: readonly [width: number, height: number];
  readonly hue: number;
  readonly tone?: Tone;
  readonly title?: string | undefined;
  readonly text?: string | undefined;
  /** Largest type, mm. */
  readonly type?: number;
  /** Largest side of a picture, mm. */
  readonly pictures?: number;
  /** Shows its controls also while they do not apply; `onUse` can make them apply. */
  readonly isAlways?: boolean;
  readonly onUse?: () => void;
}

const nobody = -1;

type Hand = 'pointer' | 'grab' | 'crosshair' | undefined;
/** What the mouse pointer looks like over a part. */
const handOn = (part: Part | undefined): Hand =>
  part && (!isDragged(part) ? 'pointer' : part.control.kind === 'slider' ? 'grab' : 'crosshair');

/** The values of the controls that apply now, and of no others: what else changes in the room is no reason to draw anew. */
const shownOf = ({ list }: Controls, names: readonly string[], all: Readonly<Record<string, unknown>>, isAlways: boolean) =>
  Object.fromEntries(names.filter((name) => isAlways || (list[name]?.when?.(all) ?? true)).map((name) => [name, all[name]]));

const facing = new Plane();
const normal = new Vector3();
const spot = new Vector3();

/** Where the pointer's ray meets the plane of the panel, in millimetres from its top left corner; also beyond its edges. */
function placeOn(mesh: Mesh, event: ThreeEvent<PointerEvent>, width: number, height: number): Spot | undefined {
  mesh.getWorldDirection(normal);
  facing.setFromNormalAndCoplanarPoint(normal, mesh.getWorldPosition(spot));
  if (!event.ray.intersectPlane(facing, spot)) return undefined;
  mesh.worldToLocal(spot);
  return { x: (spot.x + 0.5) * width, y: (0.5 - spot.y) * height };
}

const within = (value: number) => Math.min(1, Math.max(0, value));
const inPart = (part: Part, { x, y }: Spot): Spot =>
  part.control.kind === 'slider'
    ? { x: within((x - part.x - 28) / (part.w - 56)), y: 0 }
    : { x: within((x - part.x) / part.w), y: within((y - part.y) / part.h) };

export function Panel({
  controls,
  names: listed,
  words,
  size: [width, height],
  hue,
  tone = 'paper',
  title,
  text,
  type,
  pictures,
  isAlways = false,
  onUse,
  ...group
}: Props) {
  const together = listed.join();
  // The same names in another list are no reason to draw again.
  const names = useMemo(() => together.split(','), [together]);
  const values = controls.useValues(useShallow((all) => shownOf(controls, names, all, isAlways)));
  const number = useNumber();
  const [over, setOver] = useState(nobody);
  const [down, setDown] = useState(nobody);
  const layout = useRef<Layout>({ parts: [], notes: [], size: 40 });
  const [hand, setHand] = useState<Hand>();
  useCursor(hand);
  const drag = useRef<{ part: Part; from: Spot; pointer: number } | undefined>(undefined);
  const ink = useMemo(() => inkOf(tone, hue), [tone, hue]);

  const draw = useCallback(
    (pen: Pen, w: number, h: number) => {
      layout.current = layoutOf(pen, { controls, names, values, words, number, title, text, ink, pictures }, w, h, type);
      round(pen, { x: 0, y: 0, w, h }, 0, ink.ground);
      paintPanel(pen, layout.current, values, ink, { over, down });
    },
    [controls, names, values, words, number, title, text, ink, over, down, type, pictures],
  );
  const texture = usePrint({ width, height, draw });

  const at = (event: ThreeEvent<PointerEvent>) => {
    const place = placeOn(event.eventObject as Mesh, event, width * 1000, height * 1000);
    return { place, index: place ? partAt(layout.current, place.x, place.y) : nobody };
  };
  const onPointerDown = (event: ThreeEvent<PointerEvent>) => {
    const { place, index } = at(event);
    const part = layout.current.parts[index];
    if (!place || !part) return;
    event.stopPropagation();
    setDown(index);
    onUse?.();
    if (!isDragged(part)) return;
    (event.target as unknown as Element).setPointerCapture(event.pointerId);
    grip.hold(event.pointerId);
    const from = inPart(part, place);
    drag.current = { part, from, pointer: event.pointerId };
    dragPart(controls, part, from, from);
    touch('slide');
  };
  const onPointerMove = (event: ThreeEvent<PointerEvent>) => {
    const { place, index } = at(event);
    const held = drag.current;
    if (held && held.pointer === event.pointerId && place) {
      const to = inPart(held.part, place);
      dragPart(controls, held.part, to, held.from);
      held.from = to;
    } else {
      setOver(index);
      setHand(handOn(layout.current.parts[index]));
    }
  };
  const onPointerUp = (event: ThreeEvent<PointerEvent>) => {
    setDown(nobody);
    if (drag.current?.pointer !== event.pointerId) return;
    (event.target as unknown as Element).releasePointerCapture(event.pointerId);
    drag.current = undefined;
    grip.release(event.pointerId);
  };
  const onClick = (event: ThreeEvent<MouseEvent>) => {
    const { index } = at(event as unknown as ThreeEvent<PointerEvent>);
    const part = layout.current.parts[index];
    if (!part || event.delta > 12) return;
    event.stopPropagation();
    clickPart(controls, part);
  };
  const onPointerLeave = () => {
    setOver(nobody);
    setDown(nobody);
    setHand(undefined);
  };
  return (
    <group {...group}>
      <mesh
        geometry={plane}
        raycast={hitPlane}
        scale={[width, height, 1]}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerLeave={onPointerLeave}
        onClick={onClick}
      >
        <meshBasicMaterial map={texture} toneMapped={false} />
      </mesh>
    </group>
  );
}
