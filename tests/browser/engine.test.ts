// The engine in a browser, on each backend it has there: right, repeatable, and standing again after what breaks it.
import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { DeviceReport, Engine, SampleRequest, SamplerStep } from '../../src/engine';
import { normals } from '../../src/engine/noise';
import { openMuseum, ready } from './harness';
import { controlOf, pictureOf, pixelsOf, words } from './words';

type Backend = 'webgpu' | 'wasm';
type Fault = 'device' | 'worker' | 'hang';
interface Museum {
  museum: { createEngine(options: { backend: Backend }): Engine };
  trial: Engine;
}

const sha256 = (values: Float32Array | readonly number[]) =>
  createHash('sha256')
    .update(Buffer.from(Float32Array.from(values).buffer))
    .digest('hex');

/** A page with an engine of its own on the backend, and the digit model there. */
async function engineIn(backend: Backend, expected: readonly RegExp[] = []): Promise<Page> {
  const { page } = await openMuseum({ query: 'twin', expected });
  await ready(page);
  await page.evaluate(async (name) => {
    const inside = window as unknown as Museum;
    inside.trial = inside.museum.createEngine({ backend: name });
    await inside.trial.load('digits').result;
    // The test of a backend is over when a job behind it is.
    await inside.trial.classify({ values: new Float32Array(32 * 32), shape: [1, 32, 32, 1] });
  }, backend);
  return page;
}

const reportOf = (page: Page): Promise<DeviceReport> => page.evaluate(() => (window as unknown as Museum).trial.report());

const run = (steps: number): SampleRequest => ({
  model: 'digits',
  sampler: 'ddim',
  schedule: 'cosine',
  steps,
  seed: 11,
  prompt: '4',
  guidance: 2,
});

/** Samples; breaks what is asked for after the first step. The picture's numbers, and the losses told meanwhile. */
const sampled = (page: Page, request: SampleRequest, fault?: Fault) =>
  page.evaluate(
    async ([what, how]) => {
      const { trial } = window as unknown as Museum;
      const told: string[] = [];
      const stop = trial.onLost((lost) => told.push(lost));
      const job = trial.sample(what);
      if (how) {
        while (((job.latest as SamplerStep | undefined)?.index ?? -1) < 0) await new Promise((next) => setTimeout(next, 20));
        trial.fault(how);
      }
      const { values } = await job.result;
      stop();
      return { values: [...values], told };
    },
    [request, fault] as const,
  );

describe.each([
  ['wasm', 1e-4],
  ['webgpu', 1e-3],
] as const)('on %s', (backend, allowed) => {
  test('the golden output, no error of the device, the same bits twice, and noise as everywhere', { timeout: 240_000 }, async () => {
    const page = await engineIn(backend);
    const [first, second] = [await sampled(page, run(3)), await sampled(page, run(3))];
    const report = await reportOf(page);
    expect(report.backend).toBe(backend);
    const trial = report.trials.find((one) => one.backend === backend);
    expect(trial?.passed).toBe(true);
    expect(trial?.error).toBeGreaterThan(0);
    expect(trial?.error).toBeLessThanOrEqual(allowed);
    expect(report.gpuErrors).toBe(0);
    expect(first.values.some((value) => value > 0.5)).toBe(true);
    expect(sha256(second.values)).toBe(sha256(first.values));

    const level = 3;
    const noisy = await page.evaluate(async (sigma) => {
      const image = { values: new Float32Array(65_536), shape: [64, 32, 32, 1] };
      return [...(await (window as unknown as Museum).trial.noise({ image, level: sigma, seed: 42 })).values];
    }, level);
    const scale = 1 / Math.sqrt(1 + level * level);
    expect(sha256(noisy)).toBe(sha256(normals(42, 0, 65_536).map((eps) => level * eps * scale)));
  });
});

test.each([
  ['webgpu', 'device', 3],
  ['wasm', 'worker', 60],
  ['wasm', 'hang', 60],
] as const)(
  'on %s: a %s broken in the middle of a run is mended, and the picture is the same',
  { timeout: 240_000 },
  async (backend, fault, steps) => {
    const page = await engineIn(backend, [/broken on purpose/]);
    const whole = await sampled(page, run(steps));
    const broken = await sampled(page, run(steps), fault);
    expect(broken.told).toEqual([fault === 'device' ? 'device' : 'worker']);
    expect(sha256(broken.values)).toBe(sha256(whole.values));
    const { losses, restarts, backend: after, gpuErrors } = await reportOf(page);
    expect({ losses, restarts, after, gpuErrors }).toEqual({
      losses: fault === 'device' ? 1 : 0,
      restarts: fault === 'device' ? 0 : 1,
      after: backend,
      gpuErrors: 0,
    });
  },
);

test('a visitor who loses the graphics device in the middle of a dream is told so, and gets the digit', { timeout: 480_000 }, async () => {
  const { page } = await openMuseum({ query: 'twin&engine=webgpu', hash: '#/welcome/dream' });
  await ready(page);
  await page.waitForFunction(() => document.documentElement.dataset.engine === 'webgpu', undefined, { timeout: 90_000 });
  await controlOf(page, 'button', 'welcome', 'dream').click();
  const clean = pictureOf(page, 'welcome', 'clean');
  await clean.waitFor();
  await page.evaluate(() => (window as unknown as { museum: { engine: Engine } }).museum.engine.fault('device'));
  await page.waitForFunction(
    (text) => document.querySelector('.engine-lost')?.textContent === text,
    words('museum', 'engine.lost.device'),
    // Not by frames: while WebGPU is imitated in software, the page may get none for seconds.
    { timeout: 240_000, polling: 200 },
  );
  // A step may take seconds here: the picture's own words tell when it is whole.
  await page
    .locator(`[role=img][aria-label*="${words('welcome', 'said.dreamtPicture')}"]`)
    .first()
    .waitFor({ timeout: 240_000 });
  const pixels = await pixelsOf(clean);
  expect(pixels.filter((value) => value < 0.25 || value > 0.75).length / pixels.length).toBeGreaterThan(0.85);
});
