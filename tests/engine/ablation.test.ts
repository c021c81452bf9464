// Parts of a network switched off or held still, through the public door: what changes, what must not, and what is refused.
import { afterEach, describe, expect, it } from 'vitest';
import { EngineError, type Ablation, type Engine, type Pixels, type SampleRequest, type SamplerStep } from '../../src/engine';
import { local } from './link';
import { shipped } from './models';

let engine: Engine;
let steps: SamplerStep[];
const open = (backend: 'wasm' | 'cpu' = 'wasm') => {
  steps = [];
  ({ engine } = local({ backend, heard: (message) => message.kind === 'step' && steps.push(message.step) }));
};
afterEach(() => engine.close());

const digit: SampleRequest = { model: 'digits', sampler: 'ddim', schedule: 'cosine', steps: 3, seed: 7, prompt: '3' };
/** The result, and all activations of each step. */
async function run(part: Partial<SampleRequest> = {}): Promise<{ values: Float32Array; heard: Readonly<Record<string, Pixels>>[] }> {
  steps = [];
  const { values } = await engine.sample({ ...digit, ...part }).result;
  return { values, heard: steps.map(({ activations = {} }) => activations) };
}
const apart = (one: Float32Array, other: Float32Array) => Math.max(...one.map((value, at) => Math.abs(value - other[at]!)));
const without = (layer: string, how: Ablation['how'] = 'zero'): Partial<SampleRequest> => ({ ablate: [{ layer, how }] });
const silu = (x: number) => x / (1 + Math.exp(-x));

const layers = ['skip1', 'skip2', 'bottleneck', 'time', 'encoder1', 'decoder2.1.conv2', 'encoder2.0.film', 'head'];

describe('each ablation changes the picture, and without it the picture is what it was', () => {
  it.each(['zero', 'freeze'] as const)(
    '%s',
    async (how) => {
      open();
      const { values: intact } = await run();
      for (const layer of layers) {
        const { values } = await run(without(layer, how));
        expect(values.every(Number.isFinite), layer).toBe(true);
        expect(apart(values, intact), layer).toBeGreaterThan(1e-2);
      }
      expect((await run()).values).toEqual(intact);
    },
    120_000,
  );

  it('on plain JavaScript too', async () => {
    open('cpu');
    const part = { steps: 2, schedule: 'linear' } as const;
    const { values: intact } = await run(part);
    for (const how of ['zero', 'freeze'] as const)
      expect(apart((await run({ ...part, ...without('bottleneck', how) })).values, intact)).toBeGreaterThan(1e-2);
    expect((await run(part)).values).toEqual(intact);
  }, 120_000);

  it('in a model of points too', async () => {
    open();
    const points: Partial<SampleRequest> = { model: 'cloud', prompt: 'noise', count: 1100 };
    const { values: intact } = await run(points);
    for (const how of ['zero', 'freeze'] as const)
      for (const layer of ['layers.1', 'time', 'gain'])
        expect(apart((await run({ ...points, ...without(layer, how) })).values, intact), layer).toBeGreaterThan(1e-2);
  });
});

describe('zero', () => {
  it('on a skip connection leaves the way down whole', async () => {
    open();
    const watch = ['encoder1', 'encoder2', 'bottleneck', 'decoder2', 'decoder1', 'skip1', 'skip2'];
    const changed = async (layer: string) => {
      const [[intact], [ablated]] = [(await run({ watch, steps: 1 })).heard, (await run({ watch, steps: 1, ...without(layer) })).heard];
      expect(Object.keys(ablated!).sort()).toEqual([...watch].sort());
      expect(ablated![layer]!.values.every((value) => value === 0)).toBe(true);
      return watch.filter((part) => apart(intact![part]!.values, ablated![part]!.values) > 0);
    };
    expect(await changed('skip1')).toEqual(['decoder1', 'skip1']);
    expect(await changed('skip2')).toEqual(['decoder2', 'decoder1', 'skip2']);
  });

  it('on the time signal leaves the class, and the other way round', async () => {
    open();
    const { values } = await shipped('digits');
    const { values: table, shape } = values['label.weight']!;
    const row = table.slice(3 * shape[1]!, 4 * shape[1]!);
    const { heard } = await run({ watch: ['condition', 'level2'], ...without('time') });
    for (const { condition } of heard) expect(apart(condition!.values, row.map(silu))).toBeLessThan(1e-5);
    const other = await run({ watch: ['condition', 'level2'], ...without('class') });
    for (const { condition, level2 } of other.heard) expect(apart(condition!.values, level2!.values.map(silu))).toBeLessThan(1e-5);
    expect(other.heard[0]!.level2!.values).toEqual(heard[0]!.level2!.values);
  });

  it('on a unit by its two paths is zero on the unit', async () => {
    open();
    const paths = ['decoder2.0.shortcut', 'decoder2.0.conv2'].map((layer): Ablation => ({ layer, how: 'zero' }));
    expect((await run({ ablate: paths })).values).toEqual((await run(without('decoder2.0'))).values);
  });
});

describe('freeze', () => {
  it('holds what the part was at the first step', async () => {
    open();
    const [intact, frozen] = [
      await run({ watch: ['bottleneck'] }),
      await run({ watch: ['bottleneck'], ...without('bottleneck', 'freeze') }),
    ];
    const first = intact.heard[0]!.bottleneck!.values;
    expect(frozen.heard.map(({ bottleneck }) => bottleneck!.values)).toEqual([first, first, first]);
    expect(apart(intact.heard[2]!.bottleneck!.values, first)).toBeGreaterThan(1e-2);
  });

  it('changes nothing in a run of one step; of two evaluations in it the second is held', async () => {
    open();
    const one = { steps: 1, ...without('bottleneck', 'freeze') };
    expect((await run(one)).values).toEqual((await run({ steps: 1 })).values);
    const heun = { sampler: 'heun', steps: 2 } as const;
    expect(apart((await run({ ...heun, ...without('bottleneck', 'freeze') })).values, (await run(heun)).values)).toBeGreaterThan(1e-2);
  });

  it('holds each branch of guidance and each part of a batch by itself: a class never changes on the way', async () => {
    open();
    const prompt = Array.from({ length: 18 }, (_, at) => String(at % 10));
    const many: Partial<SampleRequest> = { prompt, count: 18, guidance: 2, steps: 2 };
    const { values } = await run({ ...many, watch: ['label'], ...without('label', 'freeze') });
    expect(values).toEqual((await run(many)).values);
    expect((await run({ guidance: 2, ...without('label', 'freeze') })).values).toEqual((await run({ guidance: 2 })).values);
    expect(apart((await run({ ...many, ...without('bottleneck', 'freeze') })).values, values)).toBeGreaterThan(1e-2);
  }, 120_000);
});

it('a job cancelled in the middle leaves no tensor, ablated, watched and peeked as it is', async () => {
  open();
  const ablate: Ablation[] = [
    { layer: 'time', how: 'freeze' },
    { layer: 'skip1', how: 'zero' },
  ];
  const all = { ...digit, ablate, watch: ['encoder1'], guidance: 2 };
  await engine.sample(all).result;
  const { tensors } = await engine.memory();
  for (let turn = 0; turn < 3; turn++) {
    const job = engine.sample({ ...all, steps: 500 });
    while (!job.latest) await new Promise((go) => setTimeout(go, 2));
    const peeked = engine.peek('digits', 'decoder1');
    job.cancel();
    expect((await peeked).shape).toEqual([16, 16, 32]);
    await engine.sample({ ...all, steps: 1 }).result;
  }
  expect((await engine.memory()).tensors).toBe(tensors);
});

it.each<[string, Partial<SampleRequest>, RegExp]>([
  ['an unknown layer', without('skip3'), /no layer called skip3; it has .*encoder1\.0\.conv1.*skip1/],
  ['an unknown layer to watch', { watch: ['input'] }, /no layer called input; it has /],
  [
    'a layer of another model',
    { model: 'cloud', prompt: 'noise', ...without('skip1') },
    /cloud has no layer called skip1; it has .*layers\.0/,
  ],
  ['an unknown way', without('skip1', 'halve' as 'zero'), /'zero' or 'freeze'/],
  ['two ways at once', { ablate: [...without('skip1').ablate!, ...without('skip1', 'freeze').ablate!] }, /in one way/],
  [
    'more than can be held',
    {
      model: 'cloud',
      prompt: 'noise',
      count: 1 << 18,
      ablate: [...without('layers.0', 'freeze').ablate!, ...without('layers.1', 'freeze').ablate!],
    },
    /too many to freeze/,
  ],
])('%s is refused', async (_what, part, words) => {
  open();
  const why: unknown = await run(part).catch((error: unknown) => error);
  expect(why).toBeInstanceOf(EngineError);
  expect(why).toMatchObject({ code: 'bad-request', detail: expect.stringMatching(words) as string });
});
