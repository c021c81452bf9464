// What furniture is made of: oak, brushed brass, dark glass, plaster and felt; one material each for the whole museum.
import { CanvasTexture, MeshStandardMaterial, RepeatWrapping, SRGBColorSpace, type Texture } from 'three';
import { sharpen } from '../sharpness';
import { penOf } from '../pen';

export type Matter = 'wood' | 'brass' | 'dark' | 'plaster' | 'felt';

/** A small seeded generator: the grain is the same in every visit. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Streaks along x on a ground colour. */
function streaked(ground: string, dark: string, light: string, count: number, seed: number): Texture {
  const side = 512;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const pen = penOf(canvas)!;
  const roll = dice(seed);
  pen.fillStyle = ground;
  pen.fillRect(0, 0, side, side);
  for (let i = 0; i < count; i++) {
    const [y, wide] = [roll() * side, 0.6 + roll() * 2.6];
    pen.globalAlpha = 0.05 + roll() * 0.16;
    pen.fillStyle = roll() < 0.62 ? dark : light;
    const [from, long] = [roll() * side, side * (0.3 + roll() * 0.7)];
    pen.fillRect(from, y, long, wide);
    pen.fillRect(from - side, y, long, wide);
  }
  const texture = new CanvasTexture(canvas);
  texture.wrapS = texture.wrapT = RepeatWrapping;
  texture.colorSpace = SRGBColorSpace;
  return sharpen(texture);
}

const makers: Record<Matter, () => MeshStandardMaterial> = {
  wood: () => new MeshStandardMaterial({ map: streaked('#8f5f38', '#4d2d16', '#c59463', 520, 7), roughness: 0.55 }),
  brass: () =>
    new MeshStandardMaterial({
      map: streaked('#c9a25a', '#8c6a2f', '#f1d695', 700, 3),
      metalness: 0.55,
      roughness: 0.34,
      emissive: '#3a2a0e',
    }),
  dark: () => new MeshStandardMaterial({ color: '#454a50', roughness: 0.5, metalness: 0.1 }),
  plaster: () => new MeshStandardMaterial({ color: '#efe6d6', roughness: 0.9 }),
  felt: () => new MeshStandardMaterial({ color: '#3d4a52', roughness: 1 }),
};

const made = new Map<Matter, MeshStandardMaterial>();

export function materialOf(matter: Matter): MeshStandardMaterial {
  const known = made.get(matter);
  if (known) return known;
  const fresh = makers[matter]();
  made.set(matter, fresh);
  return fresh;
}
