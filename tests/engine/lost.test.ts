// Devices that are lost, hang or are wrong in the middle of a job, played on wasm: the job goes on elsewhere, and the others with it.
import { beforeEach, expect, it, vi } from 'vitest';
import type { SampleRequest, SamplerStep } from '../../src/engine';
import { readSafetensors } from '../../src/engine/weights';
import { betweenTests } from './between';
import { play, type Played } from './imitation';
import { local, type Local, type LocalOptions } from './link';
import { apart } from './models';
import { lines, toy } from './toys';

vi.mock('@tensorflow/tfjs-backend-webgpu', () => import('./imitation'));
// What only plays a card cannot run our kernels.
vi.mock('../../src/engine/kernels/webgpu', () => ({ registerKernels: () => undefined }));
vi.mock('../../src/engine/kernels/webgpu/measure', () => ({ chooseVariants: () => Promise.resolve({}) }));

let device: Played;
let inside: Local | undefined;
betweenTests(() => inside?.engine.close());
beforeEach(() => void (device = play()));
const open = (options: LocalOptions = {}) => {
  inside = local({ backend: 'webgpu', ...options });
  return inside.engine;
};

/** Points for two parts of a batch on a graphics device. */
const count = 16_384 + 1000;
const cloud: SampleRequest = { model: 'cloud', sampler: 'ddim', schedule: 'cosine', steps: 1, seed: 3, count, prompt: 'noise' };

it('lost while two large batches rest: both begin anew, one at a time, and turns go on', async () => {
  const engine = open();
  engine.attend('elsewhere');
  const whole = await engine.sample({ ...cloud, room: 'atrium' }).result;
  let parts = 0;
  device.read = (values) => {
    if (values.length === 16_384 * 3 && ++parts === 2) setTimeout(() => device.lose(), 5);
    return values;
  };
  const runs = [1, 2].map(() => engine.sample({ ...cloud, room: 'atrium' }).result);
  for (const { values } of await Promise.all(runs)) expect(apart(values, whole.values)).toBeLessThan(1e-6);
  expect(engine.report()).toMatchObject({ backend: 'webgpu', losses: 1 });
  expect(device.opened).toBe(2);
  await engine.sample({ ...cloud, count: 64 }).result;
  expect(device.most).toBe(1);
});

it('something that the device refused, without a word to who reads: nothing of it is handed on, the step is computed anew', async () => {
  const engine = open();
  const whole = await engine.sample({ ...cloud, steps: 3, count: 64 }).result;
  let refusals = 0;
  let left = 1;
  device.read = (values) => {
    if (values.length !== 64 * 3 || left === 0) return values;
    left--;
    refusals++;
    device.report(new Error('a bind group is not valid'));
    return values.map(() => 0.5);
  };
  const run = engine.sample({ ...cloud, steps: 3, count: 64 });
  expect(apart((await run.result).values, whole.values)).toBeLessThan(1e-6);
  expect(engine.report()).toMatchObject({ backend: 'webgpu', losses: 1, gpuErrors: 1 });
  // A device on which that happens again and again is left for the processor.
  left = 10;
  expect(apart((await engine.sample({ ...cloud, steps: 3, count: 64 }).result).values, whole.values)).toBeLessThan(1e-4);
  expect(engine.report()).toMatchObject({ backend: 'wasm', reason: 'lost', losses: 3 });
  expect(refusals).toBeLessThan(5);
});

it('lost in the middle of a step: what was given up of it is not counted', async () => {
  const engine = open();
  let reads = 0;
  device.read = (values) => {
    if (values.length === 64 * 3 && ++reads === 3) device.lose();
    return values;
  };
  const run = engine.sample({ ...cloud, sampler: 'euler', steps: 10, count: 64 });
  await run.result;
  expect(reads).toBeGreaterThan(10);
  expect(engine.report()).toMatchObject({ backend: 'webgpu', losses: 1 });
  expect(run.latest).toMatchObject({ index: 9, evaluations: 10 });
});

it('lost after a model was asked: what it was asked is answered on the next one, too', async () => {
  const engine = open();
  const image = await engine.sample({ ...cloud, count: 64 }).result;
  const pictures = { values: new Float32Array(1024).map((_, at) => image.values[at % 192]!), shape: [1, 32, 32, 1] };
  await engine.classify(pictures);
  const asked = async () => [(await engine.peek('cloud', 'layers.1')).values, (await engine.peek('judge', 'head')).values] as const;
  const before = await asked();
  device.lose();
  const after = await asked();
  expect(engine.report()).toMatchObject({ backend: 'webgpu', losses: 1 });
  before.forEach((values, at) => expect(apart(after[at]!, values)).toBeLessThan(1e-6));
});

it('lost while a part is frozen: it stays what it was', async () => {
  const frozen: SampleRequest = { ...cloud, steps: 4, count: 64, ablate: [{ layer: 'layers.1', how: 'freeze' }] };
  const engine = open();
  const [whole, intact] = [await engine.sample(frozen).result, await engine.sample({ ...frozen, ablate: [] }).result];
  expect(apart(whole.values, intact.values)).toBeGreaterThan(1e-2);
  let steps = 0;
  device.read = (values) => {
    if (values.length === 64 * 3 && ++steps === 3) setTimeout(() => device.lose());
    return values;
  };
  expect(apart((await engine.sample(frozen).result).values, whole.values)).toBeLessThan(1e-6);
  expect(engine.report()).toMatchObject({ backend: 'webgpu', losses: 1 });
});

it('something that the device refused while a part was being frozen: what is frozen and watched is of the next device', async () => {
  const frozen: SampleRequest = { ...cloud, steps: 3, count: 64, ablate: [{ layer: 'layers.1', how: 'freeze' }], watch: ['layers.1'] };
  const steps: SamplerStep[] = [];
  const engine = open({ heard: (message) => message.kind === 'step' && steps.push(message.step) });
  const whole = await engine.sample(frozen).result;
  const watched = steps.splice(0).map(({ activations }) => activations!['layers.1']!.values);
  let isRefused = false;
  device.read = (values) => {
    // Both the output of the first forward and what is kept of it.
    if (values.length < 64 * 3 || engine.report().gpuErrors > 0) return values;
    if (!isRefused) device.report(new Error('a bind group is not valid'));
    isRefused = true;
    return values.map(() => 0.5);
  };
  expect(apart((await engine.sample(frozen).result).values, whole.values)).toBeLessThan(1e-6);
  steps.forEach(({ activations }, at) => expect(apart(activations!['layers.1']!.values, watched[at]!)).toBeLessThan(1e-6));
  expect(engine.report()).toMatchObject({ backend: 'webgpu', losses: 1, gpuErrors: 1 });
});

it('something that the device refused over the self-test of a trained model: that is made anew', async () => {
  const engine = open();
  engine.attend('here');
  const model = await engine.train(toy).result;
  let left = 1;
  device.read = (values) => {
    if (values.length !== 64 || left === 0) return values;
    left--;
    device.report(new Error('a bind group is not valid'));
    return values.map(() => 0.5);
  };
  const { values } = await engine.sample({ ...cloud, model, count: 1, prompt: 'left' }).result;
  expect(values).toHaveLength(64);
  expect(await engine.importModel(await engine.exportModel(model))).toMatch(/^import:/);
  expect(engine.report()).toMatchObject({ backend: 'webgpu', losses: 1 });
});

it('lost for good: a cloud that was trained on it, and is as rough as a card may be, is drawn and taken along on the processor', async () => {
  const engine = open();
  engine.attend('here');
  const model = await engine.train({ ...lines, steps: 5 }).result;
  device.read = (values) => (values.length === 3 ? values.map((value, at) => value * (1 + (at % 2 ? 1 : -1) * 1e-3)) : values);
  const file = await engine.exportModel(model);
  const drawn = () => engine.sample({ ...cloud, model, prompt: 'left', count: 64 }).result;
  for (let loss = 0; loss < 3; loss++) {
    device.lose();
    expect((await drawn()).values).toHaveLength(64 * 3);
  }
  expect(engine.report()).toMatchObject({ backend: 'wasm', losses: 3 });
  expect(await engine.exportModel(model)).toEqual(file);
  expect(await engine.importModel(file)).toMatch(/^import:/);
  // What one that was made on the processor may show there stays what it was.
  const own = await engine.train({ ...lines, steps: 5 }).result;
  const body = await engine.exportModel(own);
  const tested = readSafetensors(body.slice().buffer)['selftest.limit']!;
  expect(tested.values[0]).toBeCloseTo(1e-4, 8);
});

it('lost while it is tried at the start: a fresh one is tried, once, but none after one that refused something', async () => {
  const chosen = async (spoil: (values: Float32Array) => Float32Array) => {
    device = play();
    device.read = spoil;
    const { engine } = (inside = local({ backend: 'measured' }));
    await vi.waitUntil(() => engine.report().reason !== 'starting', 20_000);
    await engine.sample({ ...cloud, count: 64 }).result;
    engine.close();
    return { ...engine.report(), opened: device.opened };
  };
  let reads = 0;
  const once = await chosen((values) => {
    if (++reads === 1) device.lose();
    return values;
  });
  expect(once).toMatchObject({ losses: 1, opened: 2 });
  expect(['faster', 'slower']).toContain(once.reason);
  expect(once.trials.find(({ backend }) => backend === 'webgpu')).toMatchObject({ passed: true });
  const again = await chosen((values) => (device.lose(), values));
  expect(again).toMatchObject({ backend: 'wasm', reason: 'failed', opened: 2 });
  const refused = await chosen((values) => (device.report(new Error('a bind group is not valid')), values));
  expect(refused).toMatchObject({ backend: 'wasm', reason: 'failed', losses: 0, opened: 1 });
});

it.each(['is wrong', 'is lost in its turn'])(
  'a device that follows a lost one and %s when it is tried is left for the processor',
  async (how) => {
    const engine = open();
    const small = { ...cloud, count: 64 };
    const whole = await engine.sample(small).result;
    device.read = (values) => {
      if (values.length === 64 * 3) return values;
      if (how !== 'is wrong') device.lose();
      return values.map((value) => value * 1.5);
    };
    device.lose();
    expect(apart((await engine.sample(small).result).values, whole.values)).toBeLessThan(1e-4);
    expect(engine.report()).toMatchObject({ backend: 'wasm', reason: 'lost', losses: 1 });
  },
);

it('that never answers a step is given up, and the job goes on', async () => {
  const engine = open({ limits: { stuck: 2000 } });
  const small = { ...cloud, count: 64 };
  const whole = await engine.sample(small).result;
  device.isStuck = true;
  expect((await engine.sample(small).result).values).toEqual(whole.values);
  expect(device.destroyed).toBe(1);
  expect(engine.report()).toMatchObject({ backend: 'webgpu', losses: 1 });
});

it('that is wrong for one model alone is left for the processor, be it by five thousandths', async () => {
  device.read = (values) => (values.length === 64 * 3 ? values.map((value) => value * 1.005) : values);
  const engine = open();
  const { values } = await engine.sample({ ...cloud, count: 64 }).result;
  expect(engine.report()).toMatchObject({ backend: 'wasm', reason: 'wrong', losses: 0 });
  device.read = (numbers) => numbers;
  inside?.engine.close();
  expect((await open({ backend: 'wasm' }).sample({ ...cloud, count: 64 }).result).values).toEqual(values);
});
