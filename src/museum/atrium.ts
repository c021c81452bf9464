// The atrium: floor with brass inlays, sides with doorways or windows, a ribbed roof open to the sky, pots and the basin.
import { boxShade, disc, lightAt, type Light, type V3 } from './bake';
import type { Finish, Mason, Shine } from './mason';
import { basin, door, sideAngle, type Ring } from './ring';

/** Radius of the opening in the roof, as a share of the apothem. */
export const oculus = 0.62;
const windowFoot = 0.55;
const windowTop = 5.2;

const frameOf = (ring: Ring, side: number, reach = ring.apothem) => {
  const angle = sideAngle(ring, side);
  return { x: Math.sin(angle) * reach, z: -Math.cos(angle) * reach, turn: -angle };
};

function atriumLight(ring: Ring): Light {
  const { apothem, height } = ring;
  const box = boxShade([-apothem, 0, -apothem], [apothem, height, apothem], 1.4, 0.26);
  return {
    ambient: [0.55, 0.555, 0.565],
    lamps: [{ points: disc(apothem * oculus, height + 0.4), strength: 46 + apothem * 2, colour: [1, 0.985, 0.95] }],
    shade: (at, normal) => {
      const far = Math.hypot(at[0], at[2]);
      // The floor darkens towards the walls, and in the basin's shade.
      const edge = Math.abs(normal[1]) > 0.5 ? 1 - 0.3 * Math.max(0, 1 - (apothem - far) / 1.4) ** 2 : 1;
      const near = at[1] < 0.05 ? 1 - 0.4 * Math.max(0, 1 - Math.abs(far - basin - 0.2) / 0.7) ** 2 : 1;
      return edge * near * (Math.abs(normal[1]) > 0.5 ? 1 : box([0, at[1], 0], normal));
    },
  };
}

export function buildAtrium(mason: Mason, ring: Ring): void {
  const light = atriumLight(ring);
  const world: Shine = (at, normal) => lightAt(light, at, normal);
  for (let side = 0; side < ring.sides; side++) {
    const frame = frameOf(ring, side);
    const [c, s] = [Math.cos(frame.turn), Math.sin(frame.turn)];
    const turned = ([x, y, z]: V3): V3 => [x * c + z * s, y, z * c - x * s];
    const shine: Shine = (at, normal) => {
      const [x, y, z] = turned(at);
      return world([x + frame.x, y, z + frame.z], turned(normal));
    };
    mason.in(frame);
    const plaster: Finish = { stuff: 'plaster', shine, solid: true };
    const isDoor = ring.places.some((place) => place.side === side);
    if (isDoor) doorSide(mason, ring, plaster);
    else windowSide(mason, ring, plaster);
    // A fluted oak post where two sides meet.
    mason.box([ring.side / 2, ring.height / 2, 0.1], [0.3, ring.height, 0.3], { stuff: 'oak', shine, solid: true, step: 1 }, 'xXZ');
    roofSide(mason, ring, shine);
    mason.sheet([ring.side / 2, 0, 0], [-ring.side, 0, 0], [-ring.side / 2, 0, ring.apothem], [0, 0, 0], {
      stuff: 'terrazzo',
      shine,
      solid: true,
    });
  }
  mason.in({ x: 0, z: 0, turn: 0 });
  inlays(mason, ring, world);
  bowl(mason, world);
}

function doorSide(mason: Mason, { side, height }: Ring, plaster: Finish): void {
  const [half, gap] = [side / 2, door.width / 2];
  mason.quad([-half, 0, 0], [half - gap, 0, 0], [0, height, 0], plaster);
  mason.quad([gap, 0, 0], [half - gap, 0, 0], [0, height, 0], plaster);
  mason.quad([-gap, door.height, 0], [door.width, 0, 0], [0, height - door.height, 0], plaster);
  skirting(mason, -half, -gap - 0.16, plaster.shine);
  skirting(mason, gap + 0.16, half, plaster.shine);
}

function windowSide(mason: Mason, { side, height }: Ring, plaster: Finish): void {
  const half = side / 2;
  const gap = Math.max(0.6, half - 0.95);
  const { shine } = plaster;
  mason.quad([-half, 0, 0], [side, 0, 0], [0, windowFoot, 0], plaster);
  mason.quad([-half, windowTop, 0], [side, 0, 0], [0, height - windowTop, 0], plaster);
  mason.quad([-half, windowFoot, 0], [half - gap, 0, 0], [0, windowTop - windowFoot, 0], plaster);
  mason.quad([gap, windowFoot, 0], [half - gap, 0, 0], [0, windowTop - windowFoot, 0], plaster);
  // Splayed reveals catch the daylight.
  const bright: Shine = (at, normal) => shine(at, normal).map((c) => Math.min(1.15, c * 0.5 + 0.6)) as [number, number, number];
  const reveal: Finish = { stuff: 'plaster', shine: bright };
  const deep = 0.5;
  mason.quad([-gap, windowFoot, 0], [0, 0, -deep], [0, windowTop - windowFoot, 0], reveal);
  mason.quad([gap, windowFoot, -deep], [0, 0, deep], [0, windowTop - windowFoot, 0], reveal);
  mason.quad([-gap, windowTop, 0], [2 * gap, 0, 0], [0, 0, -deep], { ...reveal, shine: bright });
  const oak: Finish = { stuff: 'oak', shine, step: 1 };
  const tall = windowTop - windowFoot;
  for (let i = 0; i <= 4; i++) mason.box([-gap + (gap * i) / 2, windowFoot + tall / 2, -deep + 0.05], [0.07, tall, 0.1], oak, 'xXZ');
  for (const y of [windowFoot + 0.03, windowFoot + tall * 0.62, windowTop - 0.03])
    mason.box([0, y, -deep + 0.05], [2 * gap, 0.07, 0.1], oak, 'yYZ');
  // The sill is a bench.
  mason.box([0, windowFoot - 0.05, 0.18], [2 * gap + 0.3, 0.09, 0.62], { ...oak, solid: true }, 'xXyYZ');
  for (const x of [-gap * 0.7, gap * 0.7]) mason.box([x, (windowFoot - 0.1) / 2, 0.24], [0.08, windowFoot - 0.1, 0.4], oak, 'xXZ');
  // Nobody climbs out.
  mason.quad([-gap, windowFoot, -0.05], [2 * gap, 0, 0], [0, 0.01, 0], { ...plaster, step: 9 });
  pot(mason, -gap - 0.42, shine);
  pot(mason, gap + 0.42, shine);
  skirting(mason, -half, half, shine);
}

function skirting(mason: Mason, from: number, to: number, shine: Shine): void {
  if (to - from > 0.05) mason.box([(from + to) / 2, 0.08, 0.012], [to - from, 0.16, 0.024], { stuff: 'oak', shine, step: 1.5 }, 'YZ');
}

const rim = 0.58;

/** Distance of a side's two pots from its middle. */
const potAt = ({ side }: Ring) => Math.max(0.6, side / 2 - 0.95) + 0.42;

/** Where a plant grows: the middle of the earth in each pot. */
export function pots(ring: Ring): V3[] {
  return Array.from({ length: ring.sides }, (_, side) => side)
    .filter((side) => !ring.places.some((place) => place.side === side))
    .flatMap((side) => {
      const { x, z, turn } = frameOf(ring, side);
      const [c, s] = [Math.cos(turn), Math.sin(turn)];
      return [-potAt(ring), potAt(ring)].map((right): V3 => [x + right * c + 0.4 * s, rim - 0.06, z - right * s + 0.4 * c]);
    });
}

/** A pot of pale stone, wider at its brass rim than at its foot. */
function pot(mason: Mason, x: number, shine: Shine): void {
  const [foot, wide, z] = [0.2, 0.29, 0.4];
  const lean = wide - foot;
  const stone: Finish = { stuff: 'terrazzo', shine, solid: true, step: 0.3, tint: [0.86, 0.82, 0.76] };
  mason.sheet([x - foot, 0, z + foot], [2 * foot, 0, 0], [-lean, rim, lean], [2 * wide, 0, 0], stone);
  mason.sheet([x + foot, 0, z + foot], [0, 0, -2 * foot], [lean, rim, lean], [0, 0, -2 * wide], stone);
  mason.sheet([x - foot, 0, z - foot], [0, 0, 2 * foot], [-lean, rim, -lean], [0, 0, 2 * wide], stone);
  mason.box([x, rim, z], [2 * wide + 0.03, 0.035, 2 * wide + 0.03], { stuff: 'brass', shine }, 'xXYZ');
  mason.quad([x - wide + 0.03, rim + 0.019, z + wide - 0.03], [2 * wide - 0.06, 0, 0], [0, 0, 0.06 - 2 * wide], {
    stuff: 'dark',
    shine: () => [1.6, 1.3, 1],
    step: 9,
  });
}

/** The ceiling from the side to the oculus, and the rib above it. */
function roofSide(mason: Mason, { side, apothem, height }: Ring, shine: Shine): void {
  const deep = apothem * (1 - oculus);
  const inner = (side / 2) * oculus;
  mason.sheet([-side / 2, height, 0], [side, 0, 0], [side / 2 - inner, 0, deep], [2 * inner, 0, 0], { stuff: 'plaster', shine });
  // Upstand of the skylight, and oak beams.
  mason.quad([inner, height, deep], [-2 * inner, 0, 0], [0, 1, 0], { stuff: 'plaster', shine: () => [1.08, 1.08, 1.08] });
  mason.box([0, height - 0.06, deep - 0.06], [2 * inner, 0.3, 0.14], { stuff: 'oak', shine, step: 1 }, 'yzZ');
  for (const x of [-0.5, 0.5])
    mason.box([x * side * 0.62, height - 0.1, deep / 2], [0.16, 0.22, deep], { stuff: 'oak', shine, step: 1 }, 'xXyZ');
  mason.box(
    [0, height + 0.95, deep + (apothem - deep) / 2],
    [0.1, 0.16, apothem - deep],
    { stuff: 'oak', shine: () => [0.5, 0.5, 0.52], step: 9 },
    'xXy',
  );
}

function inlays(mason: Mason, ring: Ring, shine: Shine): void {
  const brass: Finish = { stuff: 'brass', shine, step: 0.6 };
  // A line from the basin to every doorway, and two circles.
  for (const { side } of ring.places) {
    const frame = frameOf(ring, side);
    mason.in(frame);
    const local: Shine = (at) => shine([frame.x * 0.6, at[1], frame.z * 0.6], [0, 1, 0]);
    const from = ring.apothem - basin - 0.55;
    for (const x of [-0.09, 0.09]) mason.quad([x - 0.02, 0.006, from], [0.04, 0, 0], [0, 0, -from], { ...brass, shine: local, step: 2 });
  }
  mason.in({ x: 0, z: 0, turn: 0 });
  for (const radius of [basin + 0.5, ring.apothem * 0.78]) circle(mason, radius, 0.05, brass);
}

function circle(mason: Mason, radius: number, width: number, finish: Finish): void {
  const pieces = 96;
  for (let i = 0; i < pieces; i++) {
    const [a, b] = [(2 * Math.PI * i) / pieces, (2 * Math.PI * (i + 1)) / pieces];
    const corner: V3 = [Math.cos(a) * radius, 0.007, Math.sin(a) * radius];
    const along: V3 = [Math.cos(b) * radius - corner[0], 0, Math.sin(b) * radius - corner[2]];
    mason.quad(corner, [Math.cos(a) * width, 0, Math.sin(a) * width], along, { ...finish, step: 2 });
    mason.quad(corner, along, [Math.cos(a) * width, 0, Math.sin(a) * width], { ...finish, step: 2 });
  }
}

/** The basin's wall and its brass rim; the water in it moves, and is drawn by itself. */
function bowl(mason: Mason, shine: Shine): void {
  const pieces = 48;
  const oak: Finish = { stuff: 'oak', shine, step: 1 };
  for (let i = 0; i < pieces; i++) {
    const [a, b] = [(2 * Math.PI * i) / pieces, (2 * Math.PI * (i + 1)) / pieces];
    const at = (angle: number, radius: number, y: number): V3 => [Math.cos(angle) * radius, y, Math.sin(angle) * radius];
    const band = (low: V3, lowNext: V3, up: V3, finish: Finish) =>
      mason.quad(low, [lowNext[0] - low[0], lowNext[1] - low[1], lowNext[2] - low[2]], up, finish);
    band(at(b, basin, 0), at(a, basin, 0), [0, 0.42, 0], { stuff: 'plaster', shine, solid: true, step: 1 });
    band(at(b, basin, 0.42), at(a, basin, 0.42), [-Math.cos((a + b) / 2) * 0.3, 0, -Math.sin((a + b) / 2) * 0.3], {
      ...oak,
      stuff: 'brass',
    });
  }
}
