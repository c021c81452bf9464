// What the building is made of: drawn textures and one baked material each, made once for the page.
import { CanvasTexture, MeshBasicMaterial, RepeatWrapping, SRGBColorSpace, type Texture } from 'three';
import { sharpen } from './sharpness';
import { penOf } from './pen';

export type Stuff = 'plaster' | 'terrazzo' | 'planks' | 'carpet' | 'oak' | 'brass' | 'dark' | 'glow' | 'leaf';

type Pen = CanvasRenderingContext2D;

/** A small seeded generator: the stone is the same in every visit. */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A texture that repeats every `metres`; `draw` paints a square of `side` pixels, wrapping by itself. */
function drawn(side: number, metres: number, draw: (pen: Pen, side: number, roll: () => number) => void): Texture {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  draw(penOf(canvas)!, side, dice(side + metres * 17));
  const texture = new CanvasTexture(canvas);
  texture.wrapS = texture.wrapT = RepeatWrapping;
  texture.repeat.setScalar(1 / metres);
  texture.colorSpace = SRGBColorSpace;
  return sharpen(texture);
}

function terrazzo(pen: Pen, side: number, roll: () => number): void {
  pen.fillStyle = '#e9e2d5';
  pen.fillRect(0, 0, side, side);
  const chips = ['#d8cdbb', '#c9bca8', '#b9a890', '#f6f1e6', '#a79a88', '#cdb08e', '#8e8578'];
  for (let i = 0; i < 1500; i++) {
    const [x, y, size, turn] = [roll() * side, roll() * side, 1.2 + roll() ** 3 * 8, roll() * 6.3];
    pen.fillStyle = chips[Math.floor(roll() * chips.length)]!;
    pen.globalAlpha = 0.5 + roll() * 0.4;
    // Chips that cross an edge come in again on the other side.
    for (const ox of [0, side, -side])
      for (const oy of [0, side, -side]) {
        if (x + ox < -9 || x + ox > side + 9 || y + oy < -9 || y + oy > side + 9) continue;
        pen.beginPath();
        for (let corner = 0; corner < 6; corner++) {
          const angle = turn + (corner * Math.PI) / 3;
          const reach = size * (0.6 + ((corner * 7 + i) % 5) * 0.12);
          pen.lineTo(x + ox + Math.cos(angle) * reach, y + oy + Math.sin(angle) * reach * 0.75);
        }
        pen.fill();
      }
  }
}

function planks(pen: Pen, side: number, roll: () => number): void {
  const rows = 6;
  for (let row = 0; row < rows; row++) {
    const tone = 0.9 + roll() * 0.2;
    const joint = roll() * side;
    pen.globalAlpha = 1;
    pen.fillStyle = `rgb(${150 * tone} ${108 * tone} ${70 * tone})`;
    pen.fillRect(0, (row * side) / rows, side, side / rows);
    for (let i = 0; i < 70; i++) {
      pen.globalAlpha = 0.05 + roll() * 0.12;
      pen.fillStyle = roll() < 0.6 ? '#4a2f1a' : '#d2a878';
      pen.fillRect(0, row * (side / rows) + roll() * (side / rows), side, 0.5 + roll() * 1.6);
    }
    pen.globalAlpha = 0.5;
    pen.fillStyle = '#3a2413';
    pen.fillRect(0, (row * side) / rows, side, 1.5);
    pen.fillRect(joint, (row * side) / rows, 1.5, side / rows);
  }
}

function streaks(ground: string, dark: string, light: string, count: number) {
  return (pen: Pen, side: number, roll: () => number) => {
    pen.fillStyle = ground;
    pen.fillRect(0, 0, side, side);
    for (let i = 0; i < count; i++) {
      pen.globalAlpha = 0.05 + roll() * 0.14;
      pen.fillStyle = roll() < 0.55 ? dark : light;
      pen.fillRect(roll() * side, 0, 0.5 + roll() * 2.2, side);
    }
  };
}

function speckle(ground: string, dark: string, light: string, count: number, most: number) {
  return (pen: Pen, side: number, roll: () => number) => {
    pen.fillStyle = ground;
    pen.fillRect(0, 0, side, side);
    for (let i = 0; i < count; i++) {
      pen.globalAlpha = 0.03 + roll() * 0.08;
      pen.fillStyle = roll() < 0.5 ? dark : light;
      const size = 0.6 + roll() * most;
      pen.fillRect(roll() * side, roll() * side, size, size);
    }
  };
}

const textures: Partial<Record<Stuff, () => Texture>> = {
  plaster: () => drawn(256, 1.6, speckle('#f3ede2', '#d9cfbf', '#ffffff', 2600, 5)),
  terrazzo: () => drawn(512, 1.8, terrazzo),
  planks: () => drawn(512, 1.1, planks),
  carpet: () => drawn(256, 0.7, speckle('#5b6670', '#39434c', '#83909b', 9000, 1.6)),
  oak: () => drawn(256, 0.9, streaks('#a87b50', '#63401f', '#d9b084', 220)),
  brass: () => drawn(128, 0.5, streaks('#c79f56', '#8d6b30', '#f0d798', 160)),
  leaf: () => drawn(128, 0.6, speckle('#6f8a5a', '#3f5a35', '#a8bf85', 1600, 4)),
};

const plain: Partial<Record<Stuff, string>> = { dark: '#171c20', glow: '#fff9ee' };
const made = new Map<Stuff, MeshBasicMaterial>();

/** The material; its light is in the vertices, so that it costs the same on every device. */
export function materialOf(stuff: Stuff): MeshBasicMaterial {
  let material = made.get(stuff);
  if (!material) {
    material = new MeshBasicMaterial({ map: textures[stuff]?.() ?? null, color: plain[stuff] ?? '#ffffff', vertexColors: true });
    material.name = stuff;
    made.set(stuff, material);
  }
  return material;
}
