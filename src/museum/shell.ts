// The rooms' shells: floor, walls, a luminous ceiling, skirting, and the doorway with its oak lining.
import type { Floor } from './contract';
import { boxShade, lightAt, panel, type Light, type V3 } from './bake';
import type { Finish, Mason, Shine } from './mason';
import { door, wall, type Place } from './ring';

const floors = { terrazzo: 'terrazzo', wood: 'planks', carpet: 'carpet' } as const;

/** A hue as a light tint for plaster: 0 strength is white. */
export function tinted(hue: number, strength: number): V3 {
  const channel = (shift: number) => 1 - strength * (0.5 - 0.5 * Math.cos(((hue - shift) * Math.PI) / 180));
  return [channel(0), channel(120), channel(240)];
}

function roomLight({ width, depth, height, pit }: Floor): Light {
  const ceiling = panel(width * 0.62, depth * 0.66, height - 0.25, -depth / 2);
  const daylight: V3[] = [-1, 0, 1].flatMap((x) => [0.8, 1.8, 2.8].map((y): V3 => [x, y, 0.2]));
  return {
    ambient: [0.44, 0.435, 0.43],
    lamps: [
      { points: ceiling, strength: 15 + width * 0.6, colour: [1, 0.965, 0.9] },
      { points: daylight, facing: [0, 0, -1], strength: 2.2, colour: [0.92, 0.97, 1] },
    ],
    shade: boxShade([-width / 2, -(pit?.deep ?? 0), -depth], [width / 2, height, 0], 1.3, 0.34),
  };
}

export function buildRoom(mason: Mason, place: Place): void {
  const { width: w, depth: d, height: h, material, pit = { from: place.floor.depth, deep: 0 } } = place.floor;
  const light = roomLight(place.floor);
  const shine: Shine = (at, normal) => lightAt(light, at, normal);
  const plaster: Finish = { stuff: 'plaster', shine, solid: true };
  const accent: Finish = { ...plaster, tint: tinted(place.hue, 0.2) };
  const [half, gap] = [w / 2, door.width / 2];
  mason.in(place);
  const floor: Finish = { stuff: floors[material], shine, solid: true, tint: [0.98, 0.98, 0.98] };
  mason.quad([-half, 0, 0], [w, 0, 0], [0, 0, -pit.from], floor);
  mason.quad([-half, h, -d], [w, 0, 0], [0, 0, d], { ...plaster, tint: [0.97, 0.97, 0.97] });
  mason.quad([-half, -pit.deep, -d], [w, 0, 0], [0, h + pit.deep, 0], accent);
  mason.quad([-half, 0, 0], [0, 0, -d], [0, h, 0], plaster);
  mason.quad([half, 0, -d], [0, 0, d], [0, h, 0], plaster);
  // The wall with the doorway, seen from inside.
  mason.quad([half, 0, 0], [gap - half, 0, 0], [0, h, 0], plaster);
  mason.quad([-gap, 0, 0], [gap - half, 0, 0], [0, h, 0], plaster);
  mason.quad([gap, door.height, 0], [-door.width, 0, 0], [0, h - door.height, 0], plaster);
  if (pit.deep > 0) {
    const long = d - pit.from;
    mason.quad([-half, -pit.deep, -pit.from], [w, 0, 0], [0, 0, -long], floor);
    mason.quad([half, -pit.deep, -pit.from], [-w, 0, 0], [0, pit.deep, 0], plaster);
    mason.quad([-half, -pit.deep, -pit.from], [0, 0, -long], [0, pit.deep, 0], plaster);
    mason.quad([half, -pit.deep, -d], [0, 0, long], [0, pit.deep, 0], plaster);
  }
  buildTrim(mason, place.floor, shine);
}

/** Oak on both sides of the wall and over the head; the threshold is brass. It stands also while the room is closed. */
export function buildDoorway(mason: Mason, place: Place): void {
  const light = roomLight(place.floor);
  const shine: Shine = (at, normal) => lightAt(light, at, normal);
  const floor = floors[place.floor.material];
  mason.in(place);
  const [gap, top] = [door.width / 2, door.height];
  const oak: Finish = { stuff: 'oak', shine, solid: true, step: 0.5 };
  mason.quad([-gap, 0, wall], [0, 0, -wall], [0, top, 0], oak);
  mason.quad([gap, 0, 0], [0, 0, wall], [0, top, 0], oak);
  mason.quad([-gap, top, 0], [door.width, 0, 0], [0, 0, wall], oak);
  mason.quad([-gap, 0, wall], [door.width, 0, 0], [0, 0, -wall], { stuff: floor, shine, solid: true });
  mason.box([0, 0.004, wall / 2], [door.width, 0.008, 0.05], { stuff: 'brass', shine }, 'Y');
  // A frame that stands out a little, towards the atrium and towards the room.
  for (const [z, face] of [
    [wall + 0.03, 'Z'],
    [-0.03, 'z'],
  ] as const) {
    const faces = `xXyY${face}`;
    mason.box([-gap - 0.08, top / 2 + 0.08, z], [0.16, top + 0.16, 0.06], oak, faces);
    mason.box([gap + 0.08, top / 2 + 0.08, z], [0.16, top + 0.16, 0.06], oak, faces);
    mason.box([0, top + 0.08, z], [door.width, 0.16, 0.06], oak, faces);
  }
}

/** Skirting, and a luminous ceiling in an oak frame. */
function buildTrim(mason: Mason, { width: w, depth: d, height: h, pit }: Floor, shine: Shine): void {
  const oak: Finish = { stuff: 'oak', shine, step: 1.2 };
  const gap = door.width / 2 + 0.16;
  const skirt = 0.14;
  const long = pit?.from ?? d;
  mason.box([0, skirt / 2 - (pit?.deep ?? 0), -d + 0.012], [w, skirt, 0.024], oak, 'YZ');
  mason.box([-w / 2 + 0.012, skirt / 2, -long / 2], [0.024, skirt, long], oak, 'YX');
  mason.box([w / 2 - 0.012, skirt / 2, -long / 2], [0.024, skirt, long], oak, 'Yx');
  for (const side of [-1, 1]) mason.box([(side * (w / 2 + gap)) / 2, skirt / 2, -0.012], [w / 2 - gap, skirt, 0.024], oak, 'Yz');
  const [pw, pd, y] = [w * 0.62, d * 0.66, h - 0.16];
  const full: Shine = () => [1.12, 1.1, 1.05];
  mason.quad([-pw / 2, y, -d / 2 - pd / 2], [pw, 0, 0], [0, 0, pd], { stuff: 'glow', shine: full, step: 4 });
  for (const side of [-1, 1]) {
    mason.box([(side * pw) / 2, y + 0.02, -d / 2], [0.07, 0.2, pd + 0.07], oak);
    mason.box([0, y + 0.02, -d / 2 + (side * pd) / 2], [pw + 0.07, 0.2, 0.07], oak);
    mason.box([(side * pw) / 6, y - 0.01, -d / 2], [0.035, 0.04, pd], oak, 'xXy');
  }
}
