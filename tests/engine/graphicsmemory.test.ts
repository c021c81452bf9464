// Memory that runs out on a graphics device, played on wasm: less is computed at once, and nothing is lost by it.
import { beforeEach, expect, it, vi } from 'vitest';
import type { SampleRequest } from '../../src/engine';
import { betweenTests } from './between';
import { play, type Played } from './imitation';
import { local, type Local } from './link';
import { apart } from './models';

vi.mock('@tensorflow/tfjs-backend-webgpu', () => import('./imitation'));
// What only plays a card cannot run our kernels.
vi.mock('../../src/engine/kernels/webgpu', () => ({ registerKernels: () => undefined }));
vi.mock('../../src/engine/kernels/webgpu/measure', () => ({ chooseVariants: () => Promise.resolve({}) }));

let device: Played;
let inside: Local | undefined;
betweenTests(() => inside?.engine.close());
beforeEach(() => void (device = play()));
const open = () => (inside = local({ backend: 'webgpu' })).engine;

/** Points for two parts of a batch on a graphics device. */
const count = 16_384 + 1000;
const cloud: SampleRequest = { model: 'cloud', sampler: 'ddim', schedule: 'cosine', steps: 1, seed: 3, count, prompt: 'noise' };

it('memory that runs out over a large batch: it is computed in smaller parts, and the report says so', async () => {
  const engine = open();
  const whole = await engine.sample(cloud).result;
  expect(engine.report().reduced).toBeUndefined();
  const sizes: number[] = [];
  const { buffers } = device;
  const size = 4 * 16_384;
  const kept = buffers.acquireBuffer(size, 1);
  buffers.releaseBuffer(kept);
  device.read = (values) => {
    sizes.push(values.length / 3);
    // As a device does: the numbers come all the same, and mean nothing.
    if (sizes.length > 1) return values;
    device.runShort();
    return values.map(() => 7);
  };
  const { values } = await engine.sample(cloud).result;
  expect(sizes).toEqual([16_384, 8192, 8192, 1000]);
  expect(apart(values, whole.values)).toBeLessThan(1e-6);
  expect(engine.report()).toMatchObject({ backend: 'webgpu', reduced: 8192, losses: 0, gpuErrors: 4 });
  // A buffer that got no memory may have been among those that are kept for the next.
  expect([buffers.getNumFreeBuffers(), buffers.numBytesAllocated]).toEqual([0, 0]);
  expect(buffers.acquireBuffer(size, 1)).not.toBe(kept);
});

it('memory that runs out so that nothing can be read: smaller parts, too', async () => {
  const engine = open();
  const whole = await engine.sample(cloud).result;
  let reads = 0;
  device.read = (values) => {
    if (++reads > 1) return values;
    device.runShort();
    throw new DOMException('Buffer is invalid', 'OperationError');
  };
  expect(apart((await engine.sample(cloud).result).values, whole.values)).toBeLessThan(1e-6);
  expect(engine.report()).toMatchObject({ backend: 'webgpu', reduced: 8192, losses: 0 });
});

it.each(['before it', 'over it, but not by it', 'after that was said'])(
  'memory that runs out excuses nothing that is refused %s',
  async (when) => {
    const engine = open();
    const whole = await engine.sample(cloud).result;
    let reads = 0;
    device.read = (values) => {
      reads++;
      const refusal = new GPUValidationError('a bind group is not valid');
      if (reads === 1 && when === 'before it') device.report(refusal);
      if (reads === 1) device.runShort();
      if (reads === 1 && when.startsWith('over it')) device.report(new Error('internal'));
      if (reads === 2 && when.startsWith('after')) device.report(refusal);
      return values;
    };
    expect(apart((await engine.sample(cloud).result).values, whole.values)).toBeLessThan(1e-6);
    expect(engine.report()).toMatchObject({ backend: 'webgpu', losses: 1 });
  },
);

it('memory that runs out on a device that is lost over it makes nothing smaller on the next, nor on the processor', async () => {
  const engine = open();
  await engine.sample(cloud).result;
  for (let loss = 1; loss <= 3; loss++) {
    let reads = 0;
    device.read = (values) => {
      if (++reads > 1) return values;
      device.runShort();
      device.lose();
      return values;
    };
    await engine.sample(cloud).result;
    expect(engine.report()).toMatchObject({ backend: loss < 3 ? 'webgpu' : 'wasm', losses: loss });
    expect(engine.report().reduced).toBeUndefined();
  }
});

it('memory that runs out while a part is frozen: in smaller parts it stays what it was', async () => {
  const frozen: SampleRequest = { ...cloud, steps: 2, ablate: [{ layer: 'layers.1', how: 'freeze' }] };
  const engine = open();
  const whole = await engine.sample(frozen).result;
  let parts = 0;
  device.read = (values) => {
    // The outputs of the first step's two parts come first; each brings its frozen activations along.
    if (values.length === 16_384 * 3 && ++parts === 2) device.runShort();
    return values;
  };
  expect(apart((await engine.sample(frozen).result).values, whole.values)).toBeLessThan(1e-6);
  expect(engine.report()).toMatchObject({ backend: 'webgpu', reduced: 8192, losses: 0 });
});
