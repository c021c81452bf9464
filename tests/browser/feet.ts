// Walks the museum as visitors do, by keys or by the stick, watching where the feet are.
import type { CDPSession, Page } from 'playwright-core';
import { rooms } from '../../tools/rooms';
import { ringOf, toWorld, type Place } from '../../src/museum/ring';

export type Spot = readonly [x: number, z: number];

export const ring = ringOf(await rooms());
export const placeOf = (room: string): Place => {
  const place = ring.places.find(({ name }) => name === room);
  if (!place) throw new Error(`there is no room ${room}`);
  return place;
};

/** From the door of one room, the shorter way around the basin, through the door of another. */
export function wayBetween(from: string, to: string): Spot[] {
  const [start, end] = [toWorld(placeOf(from), [0, 2]), toWorld(placeOf(to), [0, 2])];
  const bearing = ([x, z]: Spot) => Math.atan2(z, x);
  const turn = bearing(end) - bearing(start);
  const arc = Math.atan2(Math.sin(turn), Math.cos(turn));
  // Chords of an eighth of a turn at most stay well clear of the rim.
  const chords = Math.ceil(Math.abs(arc) / (Math.PI / 4));
  const reach = Math.hypot(...start);
  const around = Array.from({ length: chords - 1 }, (_, index): Spot => {
    const angle = bearing(start) + (arc * (index + 1)) / chords;
    return [Math.cos(angle) * reach, Math.sin(angle) * reach];
  });
  return [start, ...around, end, toWorld(placeOf(to), [0, -1.6])];
}

export interface Feet {
  readonly x: number;
  readonly z: number;
  readonly yaw: number;
}

/** Where the visitor stands; builds of mode 'test' tell. */
export const feet = (page: Page): Promise<Feet> =>
  page.evaluate(() => {
    const { visitor } = (window as unknown as { museum: { visitor: { at: { x: number; z: number }; yaw: number } } }).museum;
    return { x: visitor.at.x, z: visitor.at.z, yaw: visitor.yaw };
  });

/** What is left to a spot: metres, and radians to turn to the left until it lies ahead. */
function left({ x, z, yaw }: Feet, [toX, toZ]: Spot): { far: number; turn: number } {
  const turn = Math.atan2(x - toX, z - toZ) - yaw;
  return { far: Math.hypot(toX - x, toZ - z), turn: Math.atan2(Math.sin(turn), Math.cos(turn)) };
}

/** Steers to each spot in turn by what `steer` holds down; stops within a metre's half. */
async function walk(
  page: Page,
  way: readonly Spot[],
  steer: (turn: number) => Promise<void>,
  rest: () => Promise<void>,
  patience = 150_000,
) {
  const end = Date.now() + patience;
  for (const spot of way) {
    for (;;) {
      const now = await feet(page);
      const { far, turn } = left(now, spot);
      if (far < 0.6) break;
      if (Date.now() > end) throw new Error(`stuck at ${now.x.toFixed(2)}, ${now.z.toFixed(2)} on the way to ${spot.join(', ')}`);
      await steer(turn);
      await page.waitForTimeout(60);
    }
  }
  await rest();
}

/** By the arrow keys. */
export async function walkByKeys(page: Page, way: readonly Spot[], patience?: number): Promise<void> {
  const held = new Set<string>();
  const hold = async (key: string, isHeld: boolean) => {
    if (held.has(key) === isHeld) return;
    await (isHeld ? page.keyboard.down(key) : page.keyboard.up(key));
    if (isHeld) held.add(key);
    else held.delete(key);
  };
  const steer = async (turn: number) => {
    await hold('ArrowLeft', turn > 0.15);
    await hold('ArrowRight', turn < -0.15);
    await hold('ArrowUp', Math.abs(turn) < 0.5);
  };
  await walk(
    page,
    way,
    steer,
    async () => {
      for (const key of [...held]) await hold(key, false);
    },
    patience,
  );
}

/** By the stick for the left thumb, which walks to any side. */
export async function walkByTouch(page: Page, way: readonly Spot[]): Promise<void> {
  const stick = (await page.locator('.joystick').boundingBox())!;
  const fingers: CDPSession = await page.context().newCDPSession(page);
  const [x, y] = [stick.x + stick.width / 2, stick.y + stick.height / 2];
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
    fingers.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  await touch('touchStart', [{ x, y }]);
  const steer = async (turn: number) => {
    const reach = stick.width * 0.45;
    await touch('touchMove', [{ x: x - Math.sin(turn) * reach, y: y - Math.cos(turn) * reach }]);
  };
  await walk(page, way, steer, async () => void (await touch('touchEnd', [])));
}
