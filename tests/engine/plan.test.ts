// The plan of a network, held against what is known of it otherwise: its manifest, its config, and another size of it.
import { add, dispose, engine as tfjs, matMul, memory, ones, split, square, sum, type Tensor2D } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { EngineError, type Engine, type NetworkPlan } from '../../src/engine';
import { createModel } from '../../src/engine/model';
import { networks } from '../../src/engine/networks';
import { keepPulse } from '../../src/engine/pulse';
import { trace } from '../../src/engine/networks/trace';
import { normals } from '../../src/engine/noise';
import { planOf } from '../../src/engine/plan';
import type { Values } from '../../src/engine/weights';
import { local } from './link';
import { manifestOf, use } from './models';

let engine: Engine | undefined;
afterEach(() => engine?.close());
const planned = (model: string) => (engine = local().engine).plan(model);

const layer = ({ layers }: NetworkPlan, name: string) => layers.find((one) => one.name === name)!;
const top = ({ layers }: NetworkPlan) => layers.filter(({ block }) => block === undefined).map(({ name }) => name);
const edges = ({ connections }: NetworkPlan) => connections.map(({ from, to, name }) => `${from} ${name ? `(${name}) ` : ''}> ${to}`);

describe.each(['digits', 'cloud', 'judge'])('%s', (model) => {
  it('has as many parameters as its manifest says, in its layers and in all', async () => {
    const plan = await planned(model);
    const { tensors } = manifestOf(model);
    const sizes = Object.values(tensors).map(({ shape }) => shape.reduce((product, side) => product * side, 1));
    const leaves = plan.layers.filter(({ parts }) => parts.length === 0);
    expect(plan.parameters).toBe(sizes.reduce((sum, size) => sum + size, 0));
    expect(plan.parameters).toBe((manifestOf(model) as unknown as { parameters: number }).parameters);
    expect(leaves.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(plan.parameters);
    expect(leaves.reduce((sum, { operations }) => sum + operations, 0)).toBe(plan.operations);
  });

  // A judge's is not asked for beforehand: it does not denoise.
  if (model !== 'judge')
    it('has as many operations as are counted of it beforehand', async () => {
      const { network, config, classes } = manifestOf(model);
      const { operations } = networks[network as 'unet' | 'cloud'];
      expect(operations(config, classes.length)).toBe((await planned(model)).operations);
    });

  it('leads from its input to its output, and every source is a part of it', async () => {
    const plan = await planned(model);
    const names = plan.layers.map(({ name }) => name);
    const named = plan.connections.flatMap(({ name }) => name ?? []);
    expect([names[0], names.at(-1)]).toEqual(['input', 'output']);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, from } of plan.layers) for (const source of from) expect([...names, ...named], name).toContain(source);
    const reached = new Set(['input']);
    for (const { from, to } of plan.connections) if (reached.has(from)) reached.add(to);
    expect(reached).toContain('output');
  });
});

/** What a convolution costs, 2 a multiply-add, from its filter and the places it is put on. */
const convolution = (side: number, filter: number, fanIn: number, fanOut: number) => 2 * side * side * filter * filter * fanIn * fanOut;

describe('the digit network', () => {
  it('stands as a visitor walks it: down, bottleneck, up', async () => {
    const plan = await planned('digits');
    const blocks = ['encoder1', 'encoder2', 'bottleneck', 'decoder2', 'decoder1'];
    expect(top(plan).filter((name) => ['input', ...blocks, 'output'].includes(name))).toEqual(['input', ...blocks, 'output']);
    expect(plan.layers.filter(({ parts, block }) => parts.length > 0 && block === undefined).map(({ name }) => name)).toEqual(blocks);
    expect(blocks.map((name) => layer(plan, name).shape)).toEqual([[16, 16, 32], [8, 8, 64], [4, 4, 128], [8, 8, 64], [16, 16, 32]]); // prettier-ignore
    expect([layer(plan, 'input').shape, layer(plan, 'output').shape]).toEqual([[32, 32, 1], [32, 32, 1]]); // prettier-ignore
    expect(layer(plan, 'encoder2').parts).toEqual(['encoder2.0', 'encoder2.1']);
    expect(layer(plan, 'encoder2.0').parts).toEqual(
      ['norm1', 'conv1', 'film', 'norm2', 'shortcut', 'conv2'].map((part) => `encoder2.0.${part}`),
    );
  });

  it('has two skip connections, and no others than it computes', async () => {
    const found = edges(await planned('digits'));
    const walked = ['input', 'stem', 'encoder1', 'encoder2', 'bottleneck', 'decoder2', 'decoder1', 'norm', 'head', 'output'];
    const expected = walked.slice(1).map((name, at) => `${walked[at]!} > ${name}`);
    const given = walked.slice(2, 7).map((name) => `condition > ${name}`);
    const around = ['encoder1 (skip1) > decoder1', 'encoder2 (skip2) > decoder2', 'level1 > level2', 'level2 (time) > condition', 'label (class) > condition']; // prettier-ignore
    expect(found.filter((edge) => !edge.includes('.')).sort()).toEqual([...expected, ...given, ...around].sort());
    expect(found).toContain('encoder1.0 > encoder1.1');
    expect(found).toContain('encoder2.0.norm2 > encoder2.0.conv2');
  });

  it('counts operations by filters and places', async () => {
    const plan = await planned('digits');
    expect(layer(plan, 'stem').operations).toBe(convolution(16, 3, 4, 32));
    expect(layer(plan, 'decoder2.0.conv1').operations).toBe(convolution(8, 3, 128 + 64, 64));
    expect(layer(plan, 'decoder2.0.shortcut').operations).toBe(convolution(8, 1, 128 + 64, 64));
    expect(layer(plan, 'encoder1.0.film').operations).toBe(2 * 128 * 64);
    expect(layer(plan, 'level1').operations).toBe(2 * 64 * 128);
    expect(layer(plan, 'encoder1.0.norm1').operations).toBe(0);
  });
});

it('a U-Net of another size tells of itself', async () => {
  await use('wasm');
  const before = memory().numTensors;
  const config = {
    size: 24,
    channels: 3,
    patch: 1,
    widths: [4, 8, 12],
    depths: [1, 3, 2],
    groups: 2,
    embedding: 10,
    frequencies: 4,
    classes: 2,
  };
  const shapes = networks.unet.shapes(config, 2);
  const values = Object.fromEntries(
    Object.entries(shapes).map(([name, shape], at): [string, Values] => {
      const size = shape.reduce((product, side) => product * side, 1);
      return [name, { dtype: 'F32', shape: [...shape], values: normals(1, at, size).map((value) => value / 10) }];
    }),
  );
  const model = createModel({ ...manifestOf('digits'), model: 'toy', classes: ['a', 'b'], config }, values);
  const plan = planOf('toy', ...model.trace());
  expect(plan.parameters).toBe(Object.values(values).reduce((sum, { values: numbers }) => sum + numbers.length, 0));
  expect(plan.operations).toBe(networks.unet.operations(config, 2));
  expect(layer(plan, 'encoder2').parts).toHaveLength(3);
  expect(layer(plan, 'bottleneck').shape).toEqual([6, 6, 12]);
  expect(layer(plan, 'decoder1.0.conv1').operations).toBe(convolution(24, 3, 8 + 4, 4));
  expect(edges(plan)).toContain('encoder2 (skip2) > decoder2');
  // The forward is heard and no more: the same numbers after it, and nothing left.
  const ask = () => model.predict(normals(2, 0, 24 * 24 * 3), 0, [1]);
  const prediction = await ask();
  keepPulse(() => undefined);
  const standing = tfjs().runKernel;
  model.trace();
  expect(await ask()).toEqual(prediction);
  // Whatever stood before the kernels stands there again: the worker's signs of life.
  expect(tfjs().runKernel).toBe(standing);
  model.dispose();
  expect(memory().numTensors).toBe(before);
});

it('what two parts are made of is counted once, a constant for nothing, and what is split by its shares', async () => {
  await use('wasm');
  const [x, weight, constant] = [ones([1, 4]), ones([4, 6]), ones([2, 2])];
  const traced = trace(x, { 'layer.weight': weight }, (watch) => {
    const [narrow, wide] = split(matMul(x as Tensor2D, weight as Tensor2D), [2, 4], 1) as [Tensor2D, Tensor2D];
    watch('narrow', add(narrow, square(narrow)));
    const grouped = matMul(narrow, constant as Tensor2D);
    watch('grouped', grouped);
    return add(sum(grouped), matMul(wide, wide, false, true));
  });
  dispose([x, weight, constant]);
  expect(traced.map(({ part, operations, from }) => [part, operations, from])).toEqual([
    ['narrow', (2 * 4 * 6) / 3, ['input']],
    ['grouped', 0, ['input']],
    ['output', (2 * 4 * 6 * 2) / 3 + 2 * 4, ['grouped', 'input']],
  ]);
});

it('of a model that is not there is refused as its jobs are', async () => {
  await expect(planned('nothing')).rejects.toMatchObject({ code: 'weights-missing' });
  await expect(planned('__proto__')).rejects.toBeInstanceOf(EngineError);
});
