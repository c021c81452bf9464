// A drawn surface: a plane whose picture is drawn in millimetres on a canvas, again whenever what it shows has changed.
import type { ThreeElements } from '@react-three/fiber';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { CanvasTexture, SRGBColorSpace } from 'three';
import { loadLetters, useLetters, type Pen } from './lettering';
import { plane } from './shapes';
import { sharpen } from './sharpness';
import { copiesOf, shrink } from './shrunk';
import { penOf } from './pen';
import { useVisit } from '../visit';

export interface Surface {
  /** Metres. */
  readonly width: number;
  readonly height: number;
  /** Pixels a metre. */
  readonly density?: number;
  /** Draws in millimetres from the top left corner; a new function draws again. */
  readonly draw: (pen: Pen, width: number, height: number) => void;
}

/** Pixels of a surface, as a share of those asked for, where fewer of them are drawn on the screen, too. */
const coarse = 0.65;
/** Between two drawings of one surface there, ms: each is read back and uploaded by the processor, which computes the pictures as well. */
const pace = 120;

export function usePrint({ width, height, density = 620, draw }: Surface): CanvasTexture {
  const arrived = useLetters((l) => l.arrived);
  const isLow = useVisit((v) => v.tier === 'low');
  const texture = useMemo(() => {
    const canvas = document.createElement('canvas');
    const pixels = (metres: number) => Math.min(2048, Math.round(metres * density * (isLow ? coarse : 1)));
    canvas.width = pixels(width);
    canvas.height = pixels(height);
    const made = new CanvasTexture(canvas);
    made.colorSpace = SRGBColorSpace;
    if (isLow) made.mipmaps = copiesOf(canvas);
    return sharpen(made);
  }, [width, height, density, isLow]);
  useEffect(() => void loadLetters(), []);
  useEffect(() => () => texture.dispose(), [texture]);
  const last = useRef<{ texture: CanvasTexture; when: number } | undefined>(undefined);
  useLayoutEffect(() => {
    const canvas = texture.image as HTMLCanvasElement;
    const pen = penOf(canvas);
    if (!pen) return;
    const paint = () => {
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.clearRect(0, 0, canvas.width, canvas.height);
      pen.scale(canvas.width / (width * 1000), canvas.height / (height * 1000));
      draw(pen, width * 1000, height * 1000);
      shrink(texture.mipmaps as HTMLCanvasElement[]);
      texture.needsUpdate = true;
      last.current = { texture, when: performance.now() };
    };
    const wait = isLow && last.current?.texture === texture ? last.current.when + pace - performance.now() : 0;
    if (wait <= 0) return paint();
    const timer = setTimeout(paint, wait);
    return () => clearTimeout(timer);
  }, [texture, draw, width, height, arrived, isLow]);
  return texture;
}

type Mesh = Omit<ThreeElements['mesh'], 'children' | 'scale'>;
interface Props extends Surface, Mesh {
  /** Seen through where nothing is drawn: letters on the wall itself. */
  readonly isClear?: boolean;
}

export function Print({ width, height, density, draw, isClear = false, ...mesh }: Props) {
  const texture = usePrint({ width, height, draw, ...(density === undefined ? {} : { density }) });
  return (
    <mesh geometry={plane} scale={[width, height, 1]} renderOrder={isClear ? 2 : 0} {...mesh}>
      <meshBasicMaterial map={texture} transparent={isClear} depthWrite={!isClear} toneMapped={false} />
    </mesh>
  );
}
