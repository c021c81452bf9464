// What the hall of the U-Net states: each figure is that of the part, the picture or the plan that the sentence names.
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { seat } from '../../scenes/03-unet/beliefs/seat';
import { spare } from '../../scenes/03-unet/beliefs/spare';
import type { Experiment } from '../../scenes/03-unet/beliefs/tools';
import { zip } from '../../scenes/03-unet/beliefs/zip';
import { blocks, unet } from '../../scenes/03-unet/controls';
import { besideGreat, great } from '../../scenes/03-unet/great';
import { layoutOf, type Layout } from '../../scenes/03-unet/layout';
import { live, show } from '../../scenes/03-unet/live';
import { openNetwork, useNetwork } from '../../scenes/03-unet/network';
import { paired } from '../../scenes/03-unet/paired';
import { openBlockSays } from '../../scenes/03-unet/blockSays';
import type { Ablation, Engine, NetworkPlan, Pixels } from '../../src/engine';
import { firstVisit, useVisit } from '../../src/visit';
import { local } from '../engine/link';

let plan: NetworkPlan;
let layout: Layout;
let close = () => {};
const values = () => unet.useValues.getState();

beforeAll(async () => {
  const { engine } = local();
  plan = await engine.plan('digits');
  layout = layoutOf(plan)!;
  engine.close();
});
beforeEach(() => {
  unet.reset();
  useVisit.setState(firstVisit());
});
afterEach(() => {
  close();
  close = () => {};
  show(undefined);
  live.cut = new Set();
  useNetwork.setState({ layout: undefined });
});

describe('a belief', () => {
  /** Counts for each network as told, and says which parts were zeroed in each. */
  async function tried(experiment: Experiment, agree: readonly number[], apart: readonly number[]) {
    let cut: string[][] = [];
    const { said } = await experiment({
      layout,
      count(ways) {
        cut = ways.map((way: readonly Ablation[]) => way.map(({ layer, how }) => `${layer} ${how}`));
        const pictures: Pixels = { values: new Float32Array(10 * 4), shape: [10, 2, 2, 1] };
        return Promise.resolve({ count: 10, ways: agree.map((one, at) => ({ agree: one, apart: apart[at]!, pictures })) });
      },
    });
    return { cut, said };
  }
  test('about the zip file is tried without either bridge', async () => {
    const { cut, said } = await tried(zip, [9, 2], [0, 0.3]);
    expect(cut).toEqual([[], ['skip1 zero', 'skip2 zero']]);
    expect(said).toEqual({
      key: 'finding.zip',
      with: { picture: 32 * 32, bottom: 4 * 4 * 128, times: 2, count: 10, whole: 9, alone: 2, apart: 30 },
    });
    expect((await tried(zip, [9, 6], [0, 0.3])).said.key).toBe('finding.zipOdd');
  });
  test('about the bottleneck is tried without it, and without the upper bridge', async () => {
    const { cut, said } = await tried(seat, [9, 4, 1], [0, 0.2, 0.4]);
    expect(cut).toEqual([[], ['bottleneck zero'], ['skip1 zero']]);
    expect(said).toEqual({ key: 'finding.seat', with: { count: 10, whole: 9, middle: 4, bridge: 1, middleApart: 20, bridgeApart: 40 } });
    expect((await tried(seat, [9, 4, 1], [0, 0.4, 0.2])).said.key).toBe('finding.seatOdd');
  });
  test('about the bridges is tried without the one, and without the other', async () => {
    const { cut, said } = await tried(spare, [9, 1, 7], [0, 0.2, 0.1]);
    expect(cut).toEqual([[], ['skip1 zero'], ['skip2 zero']]);
    expect(said).toEqual({ key: 'finding.spareOne', with: { count: 10, whole: 9, upper: 1, lower: 7 } });
    expect((await tried(spare, [9, 7, 1], [0, 0.2, 0.1])).said.key).toBe('finding.spare');
    expect((await tried(spare, [9, 7, 7], [0, 0.2, 0.1])).said.key).toBe('finding.spareOdd');
  });
});

describe('a pair', () => {
  const even = (value: number): Pixels => ({ values: new Float32Array(16).fill(value), shape: [1, 4, 4, 1] });
  const [ink, paper, grey] = [even(1), even(-1), even(0)];
  /** A judge that reads ink as 3 and all else as told. */
  const judge = (label: string, confidence = 0.8) =>
    ({
      classify: ({ values: [first] }: Pixels) =>
        Promise.resolve([first === 1 ? { label: '3', confidence: 0.95, probabilities: [] } : { label, confidence, probabilities: [] }]),
    }) as unknown as Engine;
  const said = (engine: Engine, changed: Pixels, expect: string) => paired(engine, [ink, changed], { digit: '3', expect });

  test('is told with the whole network’s reading first, and the cut one’s second', async () => {
    const { done, pair, foretold } = await said(judge('8'), paper, 'other');
    expect(pair).toEqual({ key: 'pair.other', with: { apart: 100, first: '3', second: '8', sure: 80, clean: 100, cleanWhole: 100 } });
    expect(foretold).toEqual({ key: 'foretold.right' });
    expect(done.key).toBe('doneCut');
  });
  test('is the same, another, or no clean digit, and a guess is right for its own outcome alone', async () => {
    const cases = [
      ['same', judge('3'), paper],
      ['other', judge('8'), paper],
      ['nothing', judge('3'), grey],
      ['nothing', judge('3', 0.2), paper],
    ] as const;
    for (const [outcome, engine, changed] of cases)
      for (const guess of ['same', 'other', 'nothing']) {
        const { pair, foretold } = await said(engine, changed, guess);
        expect(pair.key).toBe(`pair.${outcome}`);
        expect(foretold).toEqual({ key: guess === outcome ? 'foretold.right' : 'foretold.wrong' });
      }
    expect((await said(judge('3'), grey, '')).pair.with).toMatchObject({ clean: 0, cleanWhole: 100 });
    expect((await said(judge('3'), grey, '')).foretold).toBeNull();
  });
});

describe('a block', () => {
  test.each(blocks)('%s is told with its own size, and the range of its own map', (name) => {
    useNetwork.setState({ layout });
    // Each block puts out a number of its own.
    const maps = Object.fromEntries(blocks.map((block, at) => [block, { values: new Float32Array(4).fill(at + 1), shape: [2, 2, 1] }]));
    show({ index: 2, steps: 5, noise: 0.5, maps });
    close = openBlockSays();
    unet.set('block', name);
    const at = blocks.indexOf(name) + 1;
    const isEnd = name === 'input' || name === 'output';
    expect(values().blockSays).toEqual({ key: `block.${name}` });
    expect(values().blockSaw).toEqual({ key: isEnd ? 'sawEnd' : 'saw', with: { least: at, most: at, below: 0, step: 3 } });
    const layer = plan.layers.find((one) => one.name === name)!;
    const [height, width, channels] = layer.shape;
    expect(values().blockShape).toMatchObject({ with: { height, width, channels, numbers: height! * width! * channels! } });
    if (isEnd) return;
    const operations = Number((layer.operations / 1e6).toFixed(1));
    expect(values().blockShape).toMatchObject({ key: 'blockShape', with: { parameters: layer.parameters, operations } });
  });
  test('that is off passes on zeros; one that is stuck passes on numbers', () => {
    useNetwork.setState({ layout });
    const bottleneck = (value: number) => ({ bottleneck: { values: new Float32Array(4).fill(value), shape: [2, 2, 1] } });
    live.cut = new Set(['bottleneck']);
    unet.set('block', 'bottleneck');
    for (const [value, key] of [
      [0, 'sawOff'],
      [2, 'sawFrozen'],
    ] as const) {
      show({ index: 1, steps: 5, noise: 0.5, maps: bottleneck(value) });
      close = openBlockSays();
      expect(values().blockSaw?.key).toBe(key);
      close();
    }
  });
});

describe('the sizes', () => {
  test('are those of the plan, whatever it says', async () => {
    for (const parameters of [plan.parameters, 1_234_567]) {
      const engine = {
        load: () => ({ result: Promise.resolve() }),
        plan: () => Promise.resolve({ ...plan, parameters, operations: 9_870_000 }),
      } as unknown as Engine;
      await new Promise<void>((changed) => (close = openNetwork(engine, () => changed())));
      const stands = useNetwork.getState().layout!;
      expect(besideGreat(stands)).toEqual([{ name: 'own', parameters }, ...great]);
      const counted = stands.stations.reduce((sum, one) => sum + one.parameters, 0);
      expect(values().ours!.with).toEqual({
        ...{
          parameters,
          signal: parameters - counted,
          operations: 9.9,
          times: Math.round(35.7e6 / parameters),
          scale: stands.scale * 1000,
        },
      });
      expect(values().networkSays).toEqual({ key: 'network.shipped', with: { parameters } });
      close();
    }
  });
});
