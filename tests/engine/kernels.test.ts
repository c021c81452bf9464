// Our kernels on WebAssembly against tfjs's own operations on plain JavaScript, and their gradients against finite differences.
import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { useKernels } from '../../src/engine/kernels';
import { kernelCases, results, slope } from '../suites/kernels';
import { apart, use } from './models';

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
