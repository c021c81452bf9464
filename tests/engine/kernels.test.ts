// Our kernels on WebAssembly against tfjs's own operations on plain JavaScript, and their gradients against finite differences.
import { memory, profile, tensor, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { useKernels } from '../../src/engine/kernels';
import { convolve, spreadOf } from '../../src/engine/kernels/convolve';
import { normals } from '../../src/engine/noise';
import { cloudConfig, cloudOutput, computedBy, kernelCases, results, slope } from '../suites/kernels';
import { apart, use } from './models';

describe.each(kernelCases)('$name', (one) => {
  test('gives on wasm what tfjs gives on plain JavaScript, forward and back', async () => {
    await use('wasm');
    const before = memory().numTensors;
    const own = await results(one);
    expect(memory().numTensors).toBe(before);
    if (one.ownOnWasm) expect(await computedBy(one)).toContain(one.ownOnWasm);
    useKernels('stock');
    await use('cpu');
    const stock = await results(one);
    useKernels('own');
    expect(own.length).toBe(one.shapes.length + 1);
    own.forEach((values, at) => expect(apart(values, stock[at]!)).toBeLessThan(at === 0 ? 1e-5 : 1e-4));
  });

  test('its gradients are the slopes of finite differences', async () => {
    await use('cpu');
    const [, ...gradients] = await results(one);
    for (const [at, gradient] of gradients.entries()) {
      const { difference, direction } = await slope(one, at);
      const along = gradient.reduce((total, value, place) => total + value * direction[place]!, 0);
      // What the direction could have given: a slope near 0 is no measure of itself.
      const length = Math.hypot(...gradient);
      expect(Math.abs(along - difference) / length).toBeLessThan(1e-3);
    }
  });
});

describe('the cloud in one kernel', () => {
  test.each([
    // A few points, whole parts and a broken one; waves that are no multiple of four; nothing between stem and head.
    [3, cloudConfig],
    [64, cloudConfig],
    [131, { ...cloudConfig, points: 2, waves: 5, width: 40 }],
    [70, { ...cloudConfig, points: 4, waves: 1, width: 32, layers: 0 }],
  ] as const)('of %i points is the cloud layer by layer: %o', async (count, config) => {
    await use('wasm');
    const { kernelNames } = await profile(() => cloudOutput(count, config));
    expect(kernelNames).toContain('Particles');
    const found = await cloudOutput(count, config);
    await use('cpu');
    expect(apart(found, await cloudOutput(count, config))).toBeLessThan(1e-5);
  });
});

describe('a filter that was spread before', () => {
  const numbers = (at: number, shape: number[]) =>
    tensor(
      normals(
        3,
        at,
        shape.reduce((product, side) => product * side, 1),
      ),
      shape,
    );
  const given = () => [numbers(0, [2, 6, 5, 8]) as Tensor4D, numbers(1, [3, 3, 8, 12]) as Tensor4D, numbers(2, [12]) as Tensor1D] as const;

  test('gives the same numbers bit for bit, and is not spread again', async () => {
    await use('wasm');
    const [x, filter, bias] = given();
    const spread = spreadOf(filter)!;
    const anew = convolve(x, filter, bias);
    const { kernelNames } = await profile(() => convolve(x, filter, bias, { spread }));
    expect(kernelNames.filter((name) => /Winograd|Filter/.test(name))).toEqual(['Winograd']);
    expect(await convolve(x, filter, bias, { spread }).data()).toEqual(await anew.data());
  });

  test('there is none for what our kernel does not convolve, or where it is not in use', async () => {
    await use('wasm');
    expect(spreadOf(numbers(0, [1, 1, 8, 8]))).toBeUndefined();
    expect(spreadOf(numbers(0, [3, 3, 6, 8]))).toBeUndefined();
    expect(spreadOf(numbers(0, [8, 8]))).toBeUndefined();
    useKernels('stock');
    expect(spreadOf(numbers(0, [3, 3, 8, 8]))).toBeUndefined();
    useKernels('own');
    await use('cpu');
    expect(spreadOf(numbers(0, [3, 3, 8, 8]))).toBeUndefined();
  });
});
