// A model in plain numbers: guidance, batches, refusals, and nothing left behind.
import { backend, memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { createModel, type Model } from '../../src/engine/model';
import { networks } from '../../src/engine/networks';
import { normals } from '../../src/engine/noise';
import type { Values } from '../../src/engine/weights';
import { apart, shipped, use } from './models';

let digits: Model;
let cloud: Model;
let judge: Model;
beforeAll(async () => {
  await use('wasm');
  const open = async (name: string) => {
    const { manifest, values } = await shipped(name);
    return createModel(manifest, values);
  };
  [digits, cloud, judge] = [await open('digits'), await open('cloud'), await open('judge')];
});

const LEVEL = 1.3;
const noisy = (count: number, size = 1024) => normals(9, 0, count * size).map((value) => value * Math.sqrt(1 + LEVEL ** 2));

describe('guidance', () => {
  const at = (options: Parameters<Model['denoise']>[0]) => digits.denoise(options)(noisy(1), LEVEL);
  test('1 is the conditioned model, 0 the unconditioned, bit for bit', async () => {
    expect(await at({ prompt: '3', guidance: 1 })).toEqual(await at({ prompt: '3' }));
    expect(await at({ prompt: '3', guidance: 0 })).toEqual(await at({}));
  });
  test('2 goes as far beyond the conditioned guess as that is from the unconditioned', async () => {
    const [without, plain, guided] = [await at({}), await at({ prompt: '3' }), await at({ prompt: '3', guidance: 2 })];
    expect(
      apart(
        guided,
        plain.map((value, index) => 2 * value - without[index]!),
      ),
    ).toBeLessThan(1e-6);
    expect(apart(plain, without)).toBeGreaterThan(0.05);
  });
});

describe('batches', () => {
  test('each picture is what it is alone, whatever stands beside it', async () => {
    const x = noisy(35);
    const prompts = Array.from({ length: 35 }, (_, picture) => String(picture % 10));
    const together = await digits.denoise({ prompt: prompts })(x, LEVEL);
    for (const picture of [0, 15, 16, 34]) {
      const alone = await digits.denoise({ prompt: prompts[picture]! })(x.slice(picture * 1024, (picture + 1) * 1024), LEVEL);
      expect(apart(together.slice(picture * 1024, (picture + 1) * 1024), alone), `picture ${picture}`).toBeLessThan(1e-5);
    }
  });
  test('points too, over the edge of a part', async () => {
    const x = noisy(2500, 3);
    const together = await cloud.denoise({ prompt: 'noise' })(x, LEVEL);
    const some = await cloud.denoise({ prompt: 'noise' })(x.slice(3 * 1000, 3 * 1100), LEVEL);
    expect(apart(together.slice(3 * 1000, 3 * 1100), some)).toBeLessThan(1e-5);
  });
  test('of a heavy network are small, so that a slow device is not silent for long', async () => {
    const config = { ...digits.manifest.config, patch: 1, widths: [160, 8, 8], depths: [1, 1, 1], embedding: 8, frequencies: 4 };
    const shapes = networks.unet.shapes(config, 10);
    const values = Object.entries(shapes).map(([name, shape]): [string, Values] => {
      const size = shape.reduce((product, side) => product * side, 1);
      return [name, { dtype: 'F32', shape, values: new Float32Array(size) }];
    });
    const model = createModel({ ...digits.manifest, config }, Object.fromEntries(values));
    // 2 GFlop each.
    const most = Math.floor(2 ** 34 / networks.unet.operations(config, 10));
    expect(most).toBeLessThan(16);
    let parts = 1;
    await model.predict(new Float32Array((most + 1) * 1024), 0, [0], undefined, () => Promise.resolve(void parts++));
    model.dispose();
    expect(parts).toBe(2);
  });
  test('others get their turn between the parts', async () => {
    let turns = 0;
    const breathe = () => Promise.resolve(void turns++);
    await cloud.denoise({ prompt: 'noise', breathe })(noisy(3000, 3), LEVEL);
    expect(turns).toBe(2);
    await judge.read(new Float32Array(65 * 1024), breathe);
    expect(turns).toBe(3);
  });
  test('and between the two evaluations of guidance', async () => {
    let turns = 0;
    await digits.denoise({ prompt: '3', guidance: 2, breathe: () => Promise.resolve(void turns++) })(noisy(1), LEVEL);
    expect(turns).toBe(1);
  });
  test('on plain JavaScript after every picture', async () => {
    const { manifest, values } = await shipped('digits');
    await use('cpu');
    const model = createModel(manifest, values);
    let turns = 0;
    await model.denoise({ prompt: '3', breathe: () => Promise.resolve(void turns++) })(noisy(2), LEVEL);
    model.dispose();
    await use('wasm');
    expect(turns).toBe(1);
  });
});

describe('numbers that are none', () => {
  const changed = async (name: string, tensor: string, change: (value: number) => number) => {
    const { manifest, values } = await shipped(name);
    const one = values[tensor]!;
    return createModel(manifest, { ...values, [tensor]: { ...one, values: one.values.map(change) } });
  };
  test('are no verdict', async () => {
    const model = await changed('judge', 'head.bias', () => NaN);
    await expect(model.read(new Float32Array(1024).fill(-1))).rejects.toMatchObject({ code: 'numbers' });
    model.dispose();
  });
  test('are told where guidance alone goes beyond them', async () => {
    const model = await changed('digits', 'head.weight', (value) => value * 5e37);
    expect((await model.denoise({ prompt: '3' })(noisy(1), LEVEL)).every(Number.isFinite)).toBe(true);
    await expect(model.denoise({ prompt: '3', guidance: 100 })(noisy(1), LEVEL)).rejects.toMatchObject({ code: 'numbers' });
    model.dispose();
  });
});

test('the judge is sure, and its shares make one', async () => {
  const { verdicts } = await judge.read(new Float32Array(2 * 1024).fill(-1));
  expect(verdicts).toHaveLength(2);
  for (const { label, confidence, probabilities } of verdicts) {
    expect(probabilities.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
    expect(probabilities[Number(label)]).toBe(confidence);
    expect(confidence).toBe(Math.max(...probabilities));
  }
});

test('forwards leave no tensor; dispose leaves none at all', async () => {
  const before = memory().numTensors;
  const { manifest, values } = await shipped('digits');
  const model = createModel(manifest, values);
  const loaded = memory().numTensors;
  for (let turn = 0; turn < 3; turn++) await model.denoise({ prompt: '1', guidance: 2 })(noisy(1), LEVEL);
  expect(memory().numTensors).toBe(loaded);
  model.dispose();
  expect(memory().numTensors).toBe(before);
});

test('dispose frees all others where one cannot be freed', async () => {
  const before = memory().numTensors;
  const { manifest, values } = await shipped('cloud');
  const model = createModel(manifest, values);
  const refused = vi.spyOn(backend(), 'disposeData').mockImplementationOnce(() => {
    throw new Error('gone');
  });
  expect(() => model.dispose()).not.toThrow();
  expect(refused).toHaveBeenCalled();
  refused.mockRestore();
  expect(memory().numTensors).toBeLessThanOrEqual(before + 1);
});

describe('weights and the network of their manifest', () => {
  const withOther = async (name: string, change: (values: Record<string, Values>) => Record<string, Values | undefined>) => {
    const { manifest, values } = await shipped(name);
    const kept = Object.entries(change({ ...values })).filter((entry): entry is [string, Values] => entry[1] !== undefined);
    return () => createModel(manifest, Object.fromEntries(kept));
  };
  const ones = (...shape: number[]): Values => ({
    dtype: 'F32',
    shape,
    values: new Float32Array(shape.reduce((product, side) => product * side, 1)).fill(1),
  });
  test.each<[string, string, string, Values | undefined]>([
    ['digits', 'a norm of one number', 'encoder1.0.norm1.weight', ones(1)],
    ['digits', 'no head', 'head.weight', undefined],
    ['digits', 'a class too many', 'label.weight', ones(12, 128)],
    ['digits', 'something that nobody reads', 'tail.weight', ones(3)],
    ['cloud', 'a narrower film', 'films.4.weight', ones(48, 128)],
    ['cloud', 'no gain', 'gain.bias', undefined],
    ['judge', 'a verdict too many', 'head.bias', ones(11)],
    ['judge', 'no convolution', 'conv2.weight', undefined],
  ])('%s with %s do not fit', async (name, _what, tensor, value) => {
    const before = memory().numTensors;
    const make = await withOther(name, (values) => ({ ...values, [tensor]: value }));
    expect(make).toThrow(/^weights-shape/);
    expect(make).toThrow(tensor);
    expect(memory().numTensors).toBe(before);
  });
});

test('weights that are sound but of another network are told as such, and leave no tensor', async () => {
  const { manifest, values } = await shipped('cloud');
  const before = memory().numTensors;
  expect(() => createModel({ ...manifest, network: 'unet', config: { ...digits.manifest.config, classes: 9 } }, values)).toThrow(
    'weights-shape',
  );
  expect(() => createModel({ ...manifest, network: 'constructor' }, values)).toThrow('weights-header');
  expect(memory().numTensors).toBe(before);
});

describe('refusals', () => {
  const refused = { name: 'EngineError', code: 'bad-request' };
  const thrown = async (act: () => unknown) => {
    try {
      await act();
    } catch (error) {
      return error;
    }
    return undefined;
  };
  test.each<[string, () => unknown]>([
    ['a class nobody knows', () => digits.denoise({ prompt: 'seven' })],
    ['one bad class among good ones', () => digits.denoise({ prompt: ['1', '__proto__'] })],
    ['guidance that is no number', () => digits.denoise({ prompt: '1', guidance: NaN })],
    ['a cloud of nothing', () => cloud.denoise({})],
    ['guidance where there is no null class', () => cloud.denoise({ prompt: 'noise', guidance: 2 })],
    ['more classes than pictures', () => digits.denoise({ prompt: ['1', '2'] })(noisy(1), LEVEL)],
    ['half a picture', () => digits.denoise({ prompt: '1' })(new Float32Array(512), LEVEL)],
    ['no picture', () => judge.read(new Float32Array(0))],
    ['a judge that should draw', () => judge.denoise({ prompt: '1' })],
    ['a drawer that should judge', () => digits.read(new Float32Array(1024))],
  ])('%s', async (_what, act) => expect(await thrown(act)).toMatchObject(refused));
  test('a picture of no numbers is told as such', async () => {
    expect(await thrown(() => digits.denoise({ prompt: '1' })(new Float32Array(1024).fill(NaN), LEVEL))).toMatchObject({ code: 'numbers' });
  });
});
