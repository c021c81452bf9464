// Our WGSL kernels on Chromium's WebGPU: every variant against tfjs's operations on plain JavaScript, without an error of the device.
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useKernels } from '../../src/engine/kernels';
import { normals } from '../../src/engine/noise';
import { readSafetensors, type Values } from '../../src/engine/weights';
import { launchOptions } from '../../tools/chromium.mjs';
import { serve } from '../../tools/serve.mjs';
import { apart, bytesOf, shipped, use } from '../engine/models';
import { adamStep } from '../suites/adam';
import { cloudOutput, inWords, kernelCases, none, placeOf, results, type KernelCase } from '../suites/kernels';
import type { Bare, Trials } from './kernels/page';

const here = fileURLToPath(new URL('./kernels/', import.meta.url));
const folder = fileURLToPath(new URL('../../.cache/kernels-page', import.meta.url));

let browser: Browser;
let page: Page;
let close: () => Promise<unknown>;

interface Inside {
  trials: Trials;
}

beforeAll(async () => {
  await build({
    root: here,
    configFile: false,
    logLevel: 'error',
    base: './',
    build: { outDir: folder, emptyOutDir: true, target: 'es2022', modulePreload: false },
  });
  const server = await serve({ folder, port: 0 });
  browser = await chromium.launch(launchOptions());
  close = () => Promise.all([browser.close(), server.close()]);
  page = await browser.newPage();
  await page.goto(server.address);
  await page.waitForFunction(() => 'trials' in window);
  await page.evaluate(() => (window as unknown as Inside).trials.open());
});
afterAll(() => close());

const noErrors = async () => expect(await page.evaluate(() => (window as unknown as Inside).trials.errors())).toEqual([]);

const bare = async (what: Bare) =>
  Float32Array.from(await page.evaluate((asked) => (window as unknown as Inside).trials.bare(asked), what));

/** Output and gradients of a case are those of tfjs's own operations on plain JavaScript. */
async function holdAgainstPlain(one: KernelCase, own: readonly number[][]): Promise<void> {
  await use('cpu');
  useKernels('stock');
  const expected = await results(one);
  useKernels('own');
  expect(own).toHaveLength(expected.length);
  own.forEach((values, at) =>
    expect(apart(Float32Array.from(values), expected[at]!), placeOf(one, at)).toBeLessThan(at === 0 ? 1e-5 : 1e-4),
  );
}

describe.each([
  { convolveFew: 'registers', convolveMany: 'registers', normalise: 1, parts: 'one' },
  { convolveFew: 'tiled', convolveMany: 'tiled', normalise: 64, parts: 'many' },
  { convolveFew: 'split', convolveMany: 'split', normalise: 64, parts: 'many' },
] as const)('%o', (variants) => {
  test.each(kernelCases)('$name', async (one) => {
    // First of all our own: a buffer that is used again cannot hold the expected numbers then.
    const own = await page.evaluate(([what, how]) => (window as unknown as Inside).trials.case(what, how, 'own'), [
      one.name,
      variants,
    ] as const);
    await noErrors();
    await holdAgainstPlain(one, own);
  });

  test.each(kernelCases)('$name is computed by our kernels, or by none of them where those of tfjs are chosen', async ({ name, own }) => {
    const by = (which: 'own' | 'stock') =>
      page.evaluate((given) => (window as unknown as Inside).trials.by(...given), [name, variants, which] as const);
    const { forward, backward } = own.webgpu;
    const isSummed = variants.parts === 'many' && backward.includes('ConvolveFilterGradient');
    const expected = { forward, backward: [...backward, ...(isSummed ? ['SumRows'] : [])] };
    expect(inWords(await by('own')), 'own').toBe(inWords(expected));
    expect(inWords(await by('stock')), 'stock').toBe(inWords(none));
  });
});

describe('on WebAssembly with its fused multiply-add', () => {
  test('which Chromium has', async () => {
    expect(await page.evaluate(() => (window as unknown as Inside).trials.products())).toBe('fused');
  });

  test.each(kernelCases.filter(({ own }) => own.wasm.backward.length > 0))('$name', async (one) => {
    const { values, by } = await page.evaluate((what) => (window as unknown as Inside).trials.onWasm(what), one.name);
    expect(inWords(by)).toBe(inWords(one.own.wasm));
    await holdAgainstPlain(one, values);
  });
});

test('normals are those of the processor, to single precision, whatever the seed', async () => {
  for (const [seed, stream] of [
    [42, 0],
    [-7, 3],
  ] as const) {
    const found = await bare({ kernel: 'Normals', inputs: {}, attributes: { seed, stream, count: 40_001 } });
    expect(apart(found, normals(seed, stream, 40_001))).toBeLessThan(2e-6);
  }
  await noErrors();
});

test('a step of Adam is the step that its paper describes', async () => {
  const { state, gradient, expected, options, count } = adamStep();
  const inputs = { state: { values: state, shape: [4, count] }, gradient: { values: gradient, shape: [count] } };
  const found = await bare({ kernel: 'Adam', inputs, attributes: { ...options } });
  expect(apart(found, expected)).toBeLessThan(1e-6);
  await noErrors();
});

test('the cloud in one dispatch is the cloud layer by layer, in whole and in broken workgroups', async () => {
  for (const count of [64, 61]) {
    const found = await page.evaluate((points) => (window as unknown as Inside).trials.cloud(points), count);
    await use('cpu');
    const expected = await cloudOutput(count);
    expect(Math.max(...expected)).toBeGreaterThan(0.1);
    expect(apart(Float32Array.from(found), expected)).toBeLessThan(1e-4);
  }
  await noErrors();
});

test.each(['cloud', 'judge'])('%s is off in its self-test by a hundredth of what is allowed, at most', async (name) => {
  const plain = (values: Readonly<Record<string, Values>>) =>
    Object.fromEntries(Object.entries(values).map(([key, one]) => [key, { ...one, values: [...one.values] }]));
  const { manifest, values } = await shipped(name);
  const golden = readSafetensors(bytesOf(`assets/weights/${name}/selftest.safetensors`));
  const error = await page.evaluate((given) => (window as unknown as Inside).trials.selfTest(...given), [
    manifest,
    plain(values),
    plain(golden),
  ] as const);
  expect(error).toBeGreaterThan(0);
  expect(error).toBeLessThan(1e-5);
  await noErrors();
});

test('more workgroups than one direction takes are laid in lines', async () => {
  // Adam takes 64 weights a workgroup.
  const count = 64 * 65_535 + 70;
  const ends = await page.evaluate((weights) => (window as unknown as Inside).trials.longAdam(weights), count);
  // From a state of ones with gradients of one: one step of rate 0.5 with moments 0.1 and 0.01 before.
  const step = (0.5 * (0.1 * 0.9 + 0.1)) / (Math.sqrt(0.01 * 0.99 + 0.01) + 1e-8);
  for (const weight of ends) expect(weight).toBeCloseTo(1 - step, 5);
  expect(ends).toHaveLength(4);
  await noErrors();
});
