// An emulated headset (Meta Quest 3) for a page: where its wearer's head and hands are, and presses timed by frames.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';

type V3 = readonly [x: number, y: number, z: number];

const runtime = join(dirname(createRequire(import.meta.url).resolve('iwer')), '../build/iwer.min.js');

interface Posed {
  position: { set(x: number, y: number, z: number): void };
  quaternion: { set(x: number, y: number, z: number, w: number): void };
}
interface Controller extends Posed {
  updateButtonValue(id: string, value: number): void;
  updateAxes(id: string, x: number, y: number): void;
}
interface Thing {
  readonly name: string;
  readonly visible: boolean;
  readonly parent: Thing | null;
  readonly rotation: { readonly y: number; readonly z: number };
  readonly matrixWorld: { readonly elements: number[] };
  readonly material?: { readonly map?: { readonly image?: unknown } | null };
  updateWorldMatrix(up: boolean, down: boolean): void;
}
interface Rigged {
  headset: Posed & { controllers: { left: Controller; right: Controller } };
  museum: {
    info: { render: { frame: number } };
    scene: { getObjectByName(name: string): Thing | undefined; traverse(visit: (one: Thing) => void): void };
    visitor: { at: { x: number; y: number; z: number }; isWearing: boolean };
  };
}

/** Puts the headset into every page of the context, before the page's own scripts. */
export async function wear(context: BrowserContext): Promise<void> {
  await context.addInitScript({ path: runtime });
  await context.addInitScript(() => {
    const { XRDevice, metaQuest3 } = (
      window as unknown as {
        IWER: { XRDevice: new (config: unknown) => { installRuntime(o: object): void } & Posed; metaQuest3: unknown };
      }
    ).IWER;
    const headset = new XRDevice(metaQuest3);
    headset.installRuntime({ forceInstall: true });
    headset.position.set(0, 1.6, 0);
    Object.assign(window, { headset });
  });
}

/** Waits until the scene has been drawn this many times more. */
export async function frames(page: Page, count: number): Promise<void> {
  const from = await page.evaluate(() => (window as unknown as Rigged).museum.info.render.frame);
  await page.waitForFunction((end) => (window as unknown as Rigged).museum.info.render.frame >= end, from + count, { timeout: 60_000 });
}

/** How far above a spot on the floor to aim, so that the arc of a jump lands there: it leaves the hand 10 degrees below its ray and falls as the curve of @pmndrs/xr does. */
export function lift(far: number, height: number): number {
  const lands = (pitch: number) => {
    const [sine, cosine] = [Math.sin(pitch - Math.PI / 18), Math.cos(pitch - Math.PI / 18)];
    for (let t = 0; t <= 1; t += 0.002) {
      const [ahead, up] = [16 * t * (1 - t) + 15 * t * t, -20 * t * t];
      if (ahead * sine + up * cosine <= -height) return ahead * cosine - up * sine;
    }
    return Infinity;
  };
  let [low, high] = [-1.4, 0.5];
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    if (lands(middle) < far) low = middle;
    else high = middle;
  }
  return height + far * Math.tan(low);
}

/** Where the wearer's feet are. */
export const standsAt = (page: Page): Promise<{ x: number; y: number; z: number; isWearing: boolean }> =>
  page.evaluate(() => {
    const { at, isWearing } = (window as unknown as Rigged).museum.visitor;
    return { x: at.x, y: at.y, z: at.z, isWearing };
  });

export type Hand = 'left' | 'right';

/** Holds a hand before its hip and points its ray at a place of the world, or at a place of a named object. */
export async function pointAt(page: Page, hand: Hand, target: V3, object = '', height = 1.2): Promise<void> {
  await page.evaluate(
    ([side, place, name, high]) => {
      const { headset, museum } = window as unknown as Rigged;
      const times = (m: number[], [x, y, z]: V3): V3 => [
        m[0]! * x + m[4]! * y + m[8]! * z + m[12]!,
        m[1]! * x + m[5]! * y + m[9]! * z + m[13]!,
        m[2]! * x + m[6]! * y + m[10]! * z + m[14]!,
      ];
      const matrixOf = (of: string) => {
        const found = museum.scene.getObjectByName(of);
        if (!found) throw new Error(`nothing is called ${of}`);
        found.updateWorldMatrix(true, false);
        return found.matrixWorld.elements;
      };
      const world = name ? times(matrixOf(name), place) : place;
      // The wearer's own space is turned about y and moved, never scaled: its inverse is its transpose.
      const m = matrixOf('wearer');
      const d: V3 = [world[0] - m[12]!, world[1] - m[13]!, world[2] - m[14]!];
      const local: V3 = [
        m[0]! * d[0] + m[1]! * d[1] + m[2]! * d[2],
        m[4]! * d[0] + m[5]! * d[1] + m[6]! * d[2],
        m[8]! * d[0] + m[9]! * d[1] + m[10]! * d[2],
      ];
      const held: V3 = [side === 'right' ? 0.2 : -0.2, high, -0.2];
      const [x, y, z] = [local[0] - held[0], local[1] - held[1], local[2] - held[2]];
      // Turn about y, then about x, so that -z looks there.
      const [yaw, pitch] = [Math.atan2(-x, -z) / 2, Math.atan2(y, Math.hypot(x, z)) / 2];
      const [sy, cy, sp, cp] = [Math.sin(yaw), Math.cos(yaw), Math.sin(pitch), Math.cos(pitch)];
      const controller = headset.controllers[side];
      controller.position.set(...held);
      controller.quaternion.set(cy * sp, sy * cp, -sy * sp, cy * cp);
    },
    [hand, target, object, height] as const,
  );
  await frames(page, 2);
}

const trigger = (page: Page, hand: Hand, value: number) =>
  page.evaluate(([side, v]) => (window as unknown as Rigged).headset.controllers[side].updateButtonValue('trigger', v), [
    hand,
    value,
  ] as const);

export async function hold(page: Page, hand: Hand): Promise<void> {
  await trigger(page, hand, 1);
  await frames(page, 1);
}
export async function release(page: Page, hand: Hand): Promise<void> {
  await trigger(page, hand, 0);
  await frames(page, 2);
}

export async function click(page: Page, hand: Hand): Promise<void> {
  await hold(page, hand);
  await release(page, hand);
}

/** Flicks the stick of a hand and lets it go. */
export async function flick(page: Page, hand: Hand, x: number, y: number): Promise<void> {
  for (const [sideways, ahead] of [
    [x, y],
    [0, 0],
  ] as const) {
    await page.evaluate(([side, a, b]) => (window as unknown as Rigged).headset.controllers[side].updateAxes('thumbstick', a, b), [
      hand,
      sideways,
      ahead,
    ] as const);
    await frames(page, 2);
  }
}

/** Turn of a named object about its own axis: y of a person, z of a lever; radians. */
export const turned = (page: Page, name: string, axis: 'y' | 'z'): Promise<number> =>
  page.evaluate(
    ([of, about]) => {
      const found = (window as unknown as Rigged).museum.scene.getObjectByName(of);
      if (!found) throw new Error(`nothing is called ${of}`);
      return found.rotation[about];
    },
    [name, axis] as const,
  );

export interface Sign {
  readonly said: string;
  /** Metres from the wearer's head to its middle. */
  readonly far: number;
  /** Its front is turned to the wearer. */
  readonly isFacing: boolean;
  /** Share of its surface that differs from its ground. */
  readonly ink: number;
}

/** The signs of the scene, which are meshes with letters drawn on them. */
export const signs = (page: Page): Promise<Sign[]> =>
  page.evaluate(() => {
    const found: Sign[] = [];
    const { scene, visitor } = (window as unknown as Rigged).museum;
    scene.traverse((object) => {
      const canvas = object.material?.map?.image;
      if (!object.name || !(canvas instanceof HTMLCanvasElement)) return;
      for (let above: Thing | null = object; above; above = above.parent) if (!above.visible) return;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      let differs = 0;
      for (let i = 0; i < data.length; i += 4) {
        const away = (of: number) => Math.abs(data[i + of]! - data[of]!);
        if (away(0) + away(1) + away(2) + away(3) > 120) differs++;
      }
      const m = object.matrixWorld.elements;
      const to = [visitor.at.x - m[12]!, visitor.at.y + 1.6 - m[13]!, visitor.at.z - m[14]!] as const;
      found.push({
        said: object.name,
        far: Math.hypot(...to),
        isFacing: to[0] * m[8]! + to[1] * m[9]! + to[2] * m[10]! > 0,
        ink: differs / (data.length / 4),
      });
    });
    return found;
  });
