// The hall of noise with the shipped models: what a visitor does at the lever, at the pad and on the bench, computed by the real engine.
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openBench } from '../../scenes/02-noise/bench';
import { apart } from '../../scenes/02-noise/closed';
import { noise } from '../../scenes/02-noise/controls';
import { openDance, type Dance } from '../../scenes/02-noise/dance';
import { original } from '../../scenes/02-noise/original';
import { openPick } from '../../scenes/02-noise/pick';
import type { Said } from '../../src/controls';
import type { Engine } from '../../src/engine';
import { createEngine } from '../../src/engine/client';
import { createCore } from '../../src/engine/core';
import { EngineError } from '../../src/engine/errors';
import { root } from '../engine/models';
import { read } from '../sources';

const bytes = (path: string) => {
  const file = readFileSync(root(`assets/weights/${path}`));
  return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
};
/** Models whose files are not to be found. */
const missing = new Set<string>();

function openEngine(): Engine {
  const wasm = root('node_modules/@tensorflow/tfjs-backend-wasm/dist/');
  return createEngine({
    backend: 'wasm',
    wasm: { plain: `${wasm}tfjs-backend-wasm.wasm`, simd: `${wasm}tfjs-backend-wasm-simd.wasm` },
    link: ({ hear }) => {
      const core = createCore(hear, (path) =>
        missing.has(path.split('/')[0]!) ? Promise.reject(new EngineError('weights-missing', path)) : Promise.resolve(bytes(path)),
      );
      return { post: core, close: () => undefined };
    },
  });
}

const values = () => noise.useValues.getState();
/** Resolves when `holds` does. */
async function until(what: string, holds: () => boolean, seconds = 50): Promise<void> {
  for (const end = Date.now() + seconds * 1000; !holds();) {
    if (Date.now() > end)
      throw new Error(`${what}: ${JSON.stringify([values().leverSays, values().digitSays, values().compare, values().finding])}`);
    await new Promise((next) => setTimeout(next, 20));
  }
}

/** Everything that was said in these tests, with the names that its words leave open and nobody filled. */
const said = new Map<string, string[]>();
const words = JSON.parse(read('scenes/02-noise/text/en.json')) as { said: Record<string, unknown> };
function hear(): void {
  for (const value of Object.values(values())) {
    const one = (value as { said?: Said } | null)?.said ?? (value as Said | null);
    if (typeof one !== 'object' || one === null || typeof one.key !== 'string' || said.has(one.key)) continue;
    const text = JSON.stringify(
      one.key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], words.said) ?? '',
    );
    said.set(
      one.key,
      [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).filter((name) => one.with?.[name] === undefined),
    );
  }
}

let engine: Engine;
let dance: Dance;
let closePick = () => {};
let closeBench = () => {};
let deafen = () => {};
beforeAll(() => {
  engine = openEngine();
  deafen = noise.useValues.subscribe(hear);
});
afterAll(() => {
  deafen();
  engine.close();
});
afterEach(() => {
  closeBench();
  closePick();
  dance.close();
  noise.reset();
  missing.clear();
});

function enter(here = engine): void {
  dance = openDance(here, () => {});
  closeBench = openBench(here);
  closePick = openPick(here, (image) => {
    original.image = image;
    dance.take(image);
  });
}
const isMade = () => values().digitSays?.key === 'madeJudged';

test('the model makes the digit that was asked for, and another one of the same', async () => {
  enter();
  await until('a digit', isMade);
  expect(values().digitSays?.with?.['label']).toBe('3');
  const first = values().chosen!.values;
  noise.press('another');
  await until('another digit', () => isMade() && values().chosen!.values !== first);
  expect(values().digitSays?.with?.['label']).toBe('3');
  expect(apart(values().chosen!.values, first)).toBeGreaterThan(0.02);
});

test('from little noise the same digit comes back; scrubbing shows what was recorded', async () => {
  enter();
  await until('a digit', isMade);
  noise.set('lever', 0.4);
  expect(values().leverSays?.key).toBe('forward');
  noise.set('expect', 'same');
  noise.press('denoise');
  await until('the comparison', () => values().foretold !== null);
  expect(values().lever).toBe(0);
  expect(values().compare?.key).toMatch(/compare\.(same|relative)/);
  expect(values().compare?.with).toMatchObject({ first: '3', second: '3', from: 40 });
  expect(values().foretold?.key).toBe('foretold.right.same');
});

test('from almost pure noise comes something else, by hand as by the button', async () => {
  enter();
  await until('a digit', isMade);
  noise.set('lever', 1);
  expect(values().leverSays?.key).toBe('farOut');
  noise.set('lever', 0.6);
  const midway = values().noisy!.values;
  noise.set('lever', 0);
  await until('the comparison', () => values().compare !== null);
  expect(Number(values().compare?.with?.['apart'])).toBeGreaterThan(3);
  expect(values().foretold?.key).toBe('foretold.none');
  expect(midway).toHaveLength(1024);
});

test('the guess at a place of the lever is a picture nearer to the original than the noisy one', async () => {
  enter();
  await until('a digit', isMade);
  noise.set('lever', 0.5);
  await until('a guess', () => values().guess?.said.with?.['percent'] === 51);
  const chosen = values().chosen!.values;
  expect(apart(values().guess!.values, chosen)).toBeLessThan(apart(values().noisy!.values, chosen) / 3);
});

test('a drawing takes the place of the made digit; an empty pad asks for one', async () => {
  enter();
  noise.set('source', 'drawn');
  expect(values().digitSays?.key).toBe('drawHint');
  expect(values().leverSays?.key).toBe('pickFirst');
  noise.press('denoise');
  expect(values().leverSays?.key).toBe('pickFirst');
  const one = Float32Array.from({ length: 28 * 28 }, (_, i) => (Math.abs((i % 28) - 13) < 2 && i > 28 * 4 && i < 28 * 24 ? 1 : 0));
  noise.set('pad', one);
  await until('the reading', () => values().digitSays?.key === 'drawnJudged');
  expect(values().digitSays?.with?.['label']).toBe('1');
});

describe('the bench', () => {
  test.each(['filter', 'stepwise', 'pure'] as const)('%s answers with figures that hold', async (belief) => {
    enter();
    await until('a digit', isMade);
    noise.set('belief', belief);
    noise.set('agree', 'no');
    noise.press('test');
    await until('a finding', () => values().cured !== null);
    const found = values().finding!.with as Record<string, number>;
    if (belief === 'filter') expect(found['far']).toBeGreaterThan(found['near']!);
    if (belief === 'stepwise') {
      expect(found['signalSlow']).toBeCloseTo(found['signal']!, 1);
      expect(found['noiseQuick']).toBeCloseTo(found['noise']!, 1);
    }
    if (belief === 'pure') {
      expect(found['foundDdpm']).toBeCloseTo(0.0064, 2);
      expect(found['foundLatent']).toBeCloseTo(0.068, 2);
    }
    expect(values().cured?.key).toBe('cured.right');
    expect(values().result!.values).toHaveLength(values().result!.width * 32);
  });
});

test('without the model the room says so, and the drawing still goes into the noise', async () => {
  const bare = openEngine();
  missing.add('digits');
  enter(bare);
  await until('the message', () => values().digitSays?.key === 'engine.error.weights-missing');
  noise.set('source', 'drawn');
  noise.set('pad', new Float32Array(28 * 28).fill(1));
  await until('the drawing', () => values().noisy !== null);
  noise.set('lever', 0.5);
  expect(values().noisy!.said.with?.['percent']).toBe(51);
  closePick();
  dance.close();
  bare.close();
});

test('who leaves in the middle leaves no job behind', async () => {
  enter();
  const stop = noise.useValues.subscribe(({ chosen }) => {
    if (!chosen) return;
    stop();
    closePick();
    dance.close();
  });
  await until('the first step', () => values().chosen !== null);
  const before = values().chosen;
  await new Promise((next) => setTimeout(next, 600));
  expect(values().chosen).toBe(before);
  expect(values().noisy).toBeNull();
});

test('all that was said in these tests had its names filled in', () => {
  expect(said.size).toBeGreaterThan(15);
  expect([...said].filter(([, open]) => open.length > 0)).toEqual([]);
});
