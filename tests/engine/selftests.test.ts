// Self-tests: a model that computes something else than where it was trained is refused, and a backend that does so is left.
import { getKernel, registerKernel, unregisterKernel, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EngineError, type SampleRequest } from '../../src/engine';
import { createModel } from '../../src/engine/model';
import { selfTest } from '../../src/engine/selftest';
import { readSafetensors, type Values } from '../../src/engine/weights';
import { local, type Local, type LocalOptions } from './link';
import { apart, bytesOf, consistent, shipped, use } from './models';

let inside: Local | undefined;
const open = (options: LocalOptions = {}) => {
  inside = local(options);
  return inside.engine;
};
beforeEach(() => void vi.spyOn(console, 'warn').mockReturnValue());
afterEach(() => {
  inside?.engine.close();
  inside = undefined;
  vi.restoreAllMocks();
});

const digit: SampleRequest = { model: 'digits', sampler: 'ddim', schedule: 'cosine', steps: 1, seed: 7, prompt: '3' };
const cloud: SampleRequest = { ...digit, model: 'cloud', count: 64, prompt: 'noise' };
const codeOf = (job: { result: Promise<unknown> }) =>
  job.result.then(
    () => 'no error',
    (why: unknown) => (why instanceof EngineError ? why.code : String(why)),
  );
/** The self-test's last number, in `x`, becomes another. */
const misled = (model: string) =>
  consistent((path, bytes) => {
    if (path === `${model}/selftest.safetensors`) new DataView(bytes.buffer).setFloat32(bytes.byteLength - 4, 3, true);
  });

it('of a model that is off refuses that model alone', async () => {
  const engine = open({ spoil: misled('cloud') });
  expect(await codeOf(engine.sample(cloud))).toBe('weights-shape');
  expect(await codeOf(engine.sample(digit))).toBe('no error');
  expect(await codeOf(engine.sample(cloud))).toBe('weights-shape');
  await vi.waitUntil(() => engine.report().reason === 'only', 20_000);
  expect(engine.report().backend).toBe('wasm');
});

it('of many pictures lets messages be heard between its parts', async () => {
  await use('wasm');
  const { manifest, values } = await shipped('digits');
  const { x, v, ...rest } = readSafetensors(bytesOf('assets/weights/digits/selftest.safetensors'));
  const often = ({ dtype, shape, values: one }: Values): Values => ({
    dtype,
    shape: [33, ...shape.slice(1)],
    values: new Float32Array(33 * one.length).map((_, at) => one[at % one.length]!),
  });
  const model = createModel(manifest, values);
  let tasks = 0;
  let next = setImmediate(function count() {
    tasks++;
    next = setImmediate(count);
  });
  expect(await selfTest(model, { ...rest, x: often(x!), v: often(v!) })).toBeLessThan(1e-4);
  clearImmediate(next);
  model.dispose();
  expect(tasks).toBeGreaterThanOrEqual(2);
});

it('that neither wasm nor plain JavaScript passes leaves nothing to compute on', async () => {
  const engine = open({ spoil: misled('digits') });
  const jobs = [engine.sample(digit), engine.classify({ values: new Float32Array(1024), shape: [1, 32, 32, 1] })] as const;
  expect(await codeOf(jobs[0])).toBe('no-backend');
  await jobs[1].catch(() => undefined);
  expect(await codeOf(engine.sample(digit))).toBe('no-backend');
  expect(await codeOf(engine.sample(cloud))).toBe('no-backend');
  const { backend, reason, trials } = engine.report();
  expect({ backend, reason }).toEqual({ backend: undefined, reason: 'failed' });
  expect(trials.map(({ backend: name, passed }) => [name, passed])).toEqual([
    ['wasm', false],
    ['cpu', false],
  ]);
});

/** Another kernel on wasm instead of tfjs's, until the test is over. */
function instead(name: string, other: (own: KernelConfig) => KernelConfig['kernelFunc']): () => void {
  const own = getKernel(name, 'wasm');
  unregisterKernel(name, 'wasm');
  registerKernel({ ...own, kernelFunc: other(own) });
  return () => {
    unregisterKernel(name, 'wasm');
    registerKernel(own);
  };
}

it('of the judge is held against its reading: with a wrong kernel it is refused, and reads nothing wrong', async () => {
  const picture = { values: new Float32Array(1024).fill(-1), shape: [1, 32, 32, 1] as const };
  // The judge alone takes the largest of four.
  const restore = instead('MaxPool', (own) => (call) => {
    const found = own.kernelFunc(call) as TensorInfo;
    (call.backend as unknown as { typedArrayFromHeap(of: TensorInfo): Float32Array }).typedArrayFromHeap(found).fill(0.5);
    return found;
  });
  try {
    const engine = open();
    expect(await codeOf({ result: engine.classify(picture) })).toBe('weights-shape');
    expect(await codeOf(engine.sample(digit))).toBe('no error');
  } finally {
    restore();
  }
});

it('that wasm does not pass moves a large batch, which rests, to plain JavaScript', async () => {
  const large = { ...cloud, count: 2100, room: 'atrium' };
  let engine = open();
  const whole = await engine.sample(large).result;
  engine.close();

  let release = () => {};
  const held = new Promise<void>((go) => (release = go));
  // The cloud alone is particles, and digits alone pool: those go wrong.
  const restore = [
    instead('Particles', (own) => (call) => {
      if (call.inputs.x!.shape[0] === 1024) release();
      return own.kernelFunc(call);
    }),
    instead('AvgPool', () => getKernel('MaxPool', 'wasm').kernelFunc),
  ];
  try {
    engine = open({ before: (path) => (path === 'digits/selftest.safetensors' ? held : Promise.resolve()) });
    engine.attend('elsewhere');
    const job = engine.sample(large);
    await vi.waitUntil(() => engine.report().backend === 'cpu', 20_000);
    engine.attend('atrium');
    const { values } = await job.result;
    expect(apart(values, whole.values)).toBeLessThan(1e-4);
  } finally {
    restore.forEach((undo) => undo());
  }
});
