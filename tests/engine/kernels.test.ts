// Our kernels on WebAssembly against tfjs's own operations on plain JavaScript, and their gradients against finite differences.
import { memory, profile, tensor, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test } from 'vitest';
import { useKernels } from '../../src/engine/kernels';
import { adam } from '../../src/engine/kernels/adam';
import { convolve, spreadOf } from '../../src/engine/kernels/convolve';
import { normals } from '../../src/engine/noise';
import { adamStep } from '../suites/adam';
import { cloudAngles, cloudConfig, cloudOutput, computedBy, inWords, kernelCases, none, placeOf, results, slope } from '../suites/kernels';
import { apart, use } from './models';

afterEach(() => useKernels('own'));

describe.each(kernelCases)('$name', (one) => {
  test('gives on wasm what tfjs gives on plain JavaScript, forward and back', async () => {
    await use('wasm');
    const before = memory().numTensors;
    const own = await results(one);
    expect(memory().numTensors).toBe(before);
    useKernels('stock');
    await use('cpu');
    const stock = await results(one);
    useKernels('own');
    expect(own.length).toBe(Object.keys(one.inputs).length + 1);
    own.forEach((values, at) => expect(apart(values, stock[at]!), placeOf(one, at)).toBeLessThan(at === 0 ? 1e-5 : 1e-4));
  });

  test('is computed on wasm by our kernels, or by none of them where those of tfjs are chosen', async () => {
    await use('wasm');
    expect(inWords(await computedBy(one)), 'own').toBe(inWords(one.own.wasm));
    useKernels('stock');
    expect(inWords(await computedBy(one)), 'stock').toBe(inWords(none));
  });

  test('its gradients are the slopes of finite differences', async () => {
    await use('cpu');
    const [, ...gradients] = await results(one);
    for (const [at, gradient] of gradients.entries()) {
      const { difference, direction } = await slope(one, at);
      const along = gradient.reduce((total, value, place) => total + value * direction[place]!, 0);
      // What the direction could have given: a slope near 0 is no measure of itself.
      const length = Math.hypot(...gradient);
      expect(Math.abs(along - difference) / length, placeOf(one, at + 1)).toBeLessThan(1e-3);
    }
  });
});

describe('the cloud in one kernel', () => {
  const clouds = [
    // A few points, whole parts and a broken one; waves that are no multiple of four; nothing between stem and head.
    [3, cloudConfig],
    [64, cloudConfig],
    [131, { ...cloudConfig, points: 2, waves: 5, width: 40 }],
    [70, { ...cloudConfig, points: 4, waves: 1, width: 32, layers: 0 }],
  ] as const;

  test.each(clouds)('of %i points is the cloud layer by layer: %o', async (count, config) => {
    await use('wasm');
    const { kernelNames } = await profile(() => cloudOutput(count, config));
    expect(kernelNames).toContain('Particles');
    const found = await cloudOutput(count, config);
    useKernels('stock');
    expect((await profile(() => cloudOutput(count, config))).kernelNames).not.toContain('Particles');
    await use('cpu');
    expect(apart(found, await cloudOutput(count, config))).toBeLessThan(1e-5);
  });

  test.each(clouds.slice(1))('of %i points turns through all four quarters in both directions, more than once: %o', (count, config) => {
    const angles = cloudAngles(count, config);
    const quarters = new Set(angles.map((angle) => `${angle < 0 ? '-' : '+'}${Math.floor(Math.abs(angle) / (Math.PI / 2)) % 4}`));
    expect([...quarters].sort()).toEqual(['+0', '+1', '+2', '+3', '-0', '-1', '-2', '-3']);
    expect(Math.max(...angles)).toBeGreaterThan(3 * Math.PI);
    expect(Math.min(...angles)).toBeLessThan(-3 * Math.PI);
  });
});

describe('a step of Adam', () => {
  test.each(['own', 'stock'] as const)('is on wasm the step that its paper describes: %s', async (which) => {
    await use('wasm');
    useKernels(which);
    const { state, gradient, expected, options, count } = adamStep();
    const step = () => adam(tensor(state, [4, count]), tensor(gradient, [count]), options);
    expect((await profile(step)).kernelNames.includes('Adam'), 'whether ours computes').toBe(which === 'own');
    const found = (await step().data()) as Float32Array;
    ['weights', 'first moments', 'second moments', 'averages'].forEach((row, at) => {
      const part = (values: Float32Array) => values.slice(at * count, (at + 1) * count);
      expect(apart(part(found), part(expected)), row).toBeLessThan(1e-6);
    });
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
