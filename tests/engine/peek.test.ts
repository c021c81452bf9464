// Live activations through the public door: of each step, on request while a job runs, and of what was computed last.
import { engine as tfjs, findBackend, type Tensor } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineError, type Engine, type Pixels, type SampleRequest, type SamplerStep } from '../../src/engine';
import { Explain } from '../../src/engine/explain';
import type { Held, Library } from '../../src/engine/library';
import type { Guard } from '../../src/engine/sample';
import { local, type Local } from './link';
import { apart, fixture, shipped } from './models';
import { toy } from './toys';

let inside: Local;
let engine: Engine;
let steps: SamplerStep[];
beforeEach(() => {
  steps = [];
  ({ engine } = inside = local({ heard: (message) => message.kind === 'step' && steps.push(message.step) }));
});
afterEach(() => {
  engine.close();
  vi.restoreAllMocks();
});

const digit: SampleRequest = { model: 'digits', sampler: 'ddim', schedule: 'cosine', steps: 4, seed: 7, prompt: '3' };
const pause = (milliseconds: number) => new Promise((go) => setTimeout(go, milliseconds));

describe('activations', () => {
  const golden = fixture('digits.golden');
  const parts = ['stem', 'encoder1', 'encoder2', 'bottleneck', 'decoder2', 'decoder1', 'condition'];
  /** A run whose first forward is the golden one. */
  const goldenRun = (part: Partial<SampleRequest>) => {
    const { values, shape } = golden['case0.x']!;
    const label = golden['case0.class']!.values[0]!;
    const level = Math.exp(-golden['case0.logSnr']!.values[0]! / 2);
    const start = { image: { values, shape }, level, noisy: true };
    const { prompt: _, ...rest } = { ...digit, steps: 1, count: shape[0]!, start, ...part };
    return engine.sample(label === 10 ? rest : { ...rest, prompt: String(label) }).result;
  };
  const first = (part: string, count: number) => {
    const { values, shape } = golden[`case0.${part}`]!;
    return { values: values.subarray(0, values.length / (shape[0] === 1 ? 1 : count)), shape: shape.slice(1) };
  };

  it('of a step, and peeked at after it, are those that PyTorch computed', async () => {
    const count = golden['case0.x']!.shape[0]!;
    await goldenRun({ watch: parts });
    const { activations = {} } = steps[0]!;
    expect(Object.keys(activations).sort()).toEqual([...parts].sort());
    for (const part of parts) {
      const { values, shape } = first(part, count);
      expect(activations[part]!.shape, part).toEqual(shape);
      expect(apart(activations[part]!.values, values), part).toBeLessThanOrEqual(1e-4);
      const peeked = await engine.peek('digits', part);
      expect(peeked.shape, part).toEqual(shape);
      expect(apart(peeked.values, values), part).toBeLessThanOrEqual(1e-4);
    }
  });

  it('come with every step, and change nothing', async () => {
    const plain = await engine.sample(digit).result;
    steps = [];
    const watched = await engine.sample({ ...digit, watch: ['bottleneck', 'skip1'] }).result;
    expect(watched.values).toEqual(plain.values);
    expect(steps.map(({ activations }) => Object.keys(activations!).sort())).toEqual(Array(4).fill(['bottleneck', 'skip1']));
    const [one, other] = [steps[0]!, steps[3]!].map(({ activations }) => activations!.bottleneck!.values);
    expect(apart(other!, one!)).toBeGreaterThan(0.1);
  });

  it('of a guided step are those towards the prompt, of a step of two evaluations those of the first', async () => {
    const { values } = await shipped('digits');
    const { values: table, shape } = values['label.weight']!;
    await engine.sample({ ...digit, guidance: 2, watch: ['label'] }).result;
    for (const { activations } of steps) expect(activations!.label!.values).toEqual(table.slice(3 * shape[1]!, 4 * shape[1]!));
    const levels = async (sampler: 'heun' | 'euler') => {
      steps = [];
      await engine.sample({ ...digit, sampler, watch: ['level1'] }).result;
      return steps.map(({ activations }) => activations!.level1!.values);
    };
    expect(await levels('heun')).toEqual(await levels('euler'));
  });

  it('of a batch are those of its first item, and so is what is peeked at in one', async () => {
    const { values } = await shipped('digits');
    const { values: table, shape } = values['label.weight']!;
    const first = table.slice(3 * shape[1]!, 4 * shape[1]!);
    const job = engine.sample({ ...digit, steps: 20, count: 3, prompt: ['3', '7', '1'], watch: ['label'] });
    while (!job.latest) await pause(2);
    expect((await engine.peek('digits', 'label')).values).toEqual(first);
    expect(job.latest.index).toBeLessThan(19);
    await job.result;
    expect(job.latest.activations!.label!.values).toEqual(first);
  });

  it('are cut at 64 KiB, by their last channels', async () => {
    await engine.sample({ ...digit, steps: 1, watch: ['decoder1.0.norm1'] }).result;
    const { values, shape } = steps[0]!.activations!['decoder1.0.norm1']!;
    expect([shape, values.length]).toEqual([[16, 16, 64], 1 << 14]);
  });
});

describe('peek', () => {
  it('shows a running job as it is at a step', async () => {
    const job = engine.sample({ ...digit, steps: 60, watch: ['encoder2'] });
    while (!job.latest) await pause(2);
    const peeked: Pixels[] = [];
    for (let turn = 0; turn < 3; turn++) peeked.push(await engine.peek('digits', 'encoder2'));
    expect(job.latest.index).toBeLessThan(59);
    await job.result;
    const shown = steps.map(({ activations }) => activations!.encoder2!.values.join());
    const places = peeked.map(({ values }) => shown.indexOf(values.join()));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(new Set(places).size).toBe(3);
  });

  it('of many layers at once is of one forward', async () => {
    const job = engine.sample({ ...digit, steps: 20 });
    while (!job.latest) await pause(2);
    const [a, b, c] = await Promise.all(['encoder2', 'encoder2.1', 'decoder1'].map((layer) => engine.peek('digits', layer)));
    expect(a!.values).toEqual(b!.values);
    expect(c!.shape).toEqual([16, 16, 32]);
    await job.result;
  });

  it('shows what a job computes, with what it leaves out', async () => {
    const job = engine.sample({ ...digit, steps: 60, ablate: [{ layer: 'bottleneck', how: 'zero' }] });
    while (!job.latest) await pause(2);
    expect((await engine.peek('digits', 'bottleneck')).values.every((value) => value === 0)).toBe(true);
    expect(job.latest.index).toBeLessThan(59);
    await job.result;
    expect((await engine.peek('digits', 'bottleneck')).values.every((value) => value === 0)).toBe(false);
  });

  it('that the last forward of the last job did not hear computes anew when that job ends', async () => {
    const last: Pixels = { values: new Float32Array(1), shape: [1] };
    const traced = { part: 'layer', shape: [1], operations: 0, from: ['input'], same: undefined };
    const model = { trace: () => [[1], [traced], {}], peek: () => Promise.resolve(last) };
    const held = { name: 'digits', volume: { manifest: {} }, release: () => undefined } as unknown as Held;
    const library = { open: () => Promise.resolve(model) } as unknown as Library;
    const explain = new Explain(library);
    const guard: Guard = (part) => part(() => Promise.resolve());
    const jobs = [await explain.listen(held, digit, guard), await explain.listen(held, digit, guard)];
    let found: Pixels | undefined;
    const peeking = explain.peek(held, 'layer', guard).then((pixels) => (found = pixels));
    await pause(5);
    jobs[0]!.end();
    await pause(5);
    expect(found).toBeUndefined();
    jobs[1]!.end();
    expect(await peeking).toBe(last);
  });

  it('of a model that no job asks computes anew, before any job what its self-test asks', async () => {
    const tested = await engine.peek('digits', 'bottleneck');
    expect(tested.shape).toEqual([4, 4, 128]);
    await engine.sample({ ...digit, steps: 1, watch: ['bottleneck'], guidance: 2 }).result;
    const after = await engine.peek('digits', 'bottleneck');
    expect(after.values).toEqual(steps[0]!.activations!.bottleneck!.values);
    expect(after.values).not.toEqual(tested.values);
  });

  it('answers what a model was last asked while its tensors are gone, too; in a new worker that is not known', async () => {
    const training = engine.train({ ...toy, steps: 6, every: 1 });
    await training.result;
    const names = training.checkpoints().map(({ model }) => model);
    const asked = (model: string) => engine.sample({ ...digit, model, prompt: 'left' }).result;
    await asked(names[6]!);
    const { values } = await engine.peek(names[6]!, 'bottleneck');
    // So many that the first had to make room.
    for (const other of names.slice(0, 5)) await asked(other);
    expect((await engine.peek(names[6]!, 'bottleneck')).values).toEqual(values);
    vi.spyOn(console, 'warn').mockReturnValue();
    inside.crash();
    for (const [model, layer] of [
      [names[6]!, 'bottleneck'],
      ['judge', 'head'],
    ] as const)
      // prettier-ignore
      await expect(engine.peek(model, layer)).rejects.toMatchObject({ code: 'bad-request' });
    await asked(names[6]!);
    expect((await engine.peek(names[6]!, 'bottleneck')).values).toEqual(values);
  });

  it('shows what the judge saw last', async () => {
    const image = await engine.sample(digit).result;
    const [verdict] = await engine.classify(image);
    const { values } = await engine.peek('judge', 'head');
    const largest = Math.max(...values);
    const shares = Array.from(values, (logit) => Math.exp(logit - largest));
    const total = shares.reduce((sum, share) => sum + share, 0);
    verdict!.probabilities.forEach((share, at) => expect(shares[at]! / total).toBeCloseTo(share, 5));
    expect((await engine.peek('judge', 'conv1')).shape).toEqual([32, 32, 16]);
  });

  it.each([
    ['digits', 'encoder9', 'bad-request'],
    ['digits', 'output', 'bad-request'],
    ['judge', 'skip1', 'bad-request'],
    ['nothing', 'encoder1', 'weights-missing'],
    ['digits', undefined as unknown as string, 'bad-request'],
  ])('of %s at %s is refused', async (model, layer, code) => {
    const why: unknown = await engine.peek(model, layer).catch((error: unknown) => error);
    expect(why).toBeInstanceOf(EngineError);
    expect(why).toMatchObject({ code });
  });

  it('at every step costs less than a fifth of the step: nothing is multiplied again, and few numbers are written beside', async () => {
    // Tried at the start, the backend computes, too.
    await vi.waitUntil(() => engine.report().reason === 'only', 20_000);
    const kernels = vi.spyOn(tfjs(), 'runKernel');
    const reads = vi.spyOn(findBackend('wasm'), 'read');
    const spent = async (how: Partial<SampleRequest>) => {
      await engine.sample({ ...digit, ...how }).result;
      [kernels, reads].forEach((spy) => spy.mockClear());
      steps = [];
      await engine.sample({ ...digit, ...how }).result;
      const multiplying: Record<string, number> = {};
      let written = 0;
      kernels.mock.calls.forEach(([name], at) => {
        if (/Conv|MatMul|Winograd|Normalise/.test(name)) multiplying[name] = (multiplying[name] ?? 0) + 1;
        // Another shape is no other numbers.
        const { value } = kernels.mock.results[at]! as { value: Tensor | Tensor[] };
        if (name !== 'Reshape') for (const { size } of [value].flat()) written += size;
      });
      const values = await Promise.all(reads.mock.results.map(({ value }) => value as Promise<Float32Array>));
      return { multiplying, written, read: values.reduce((sum, { length }) => sum + length, 0) };
    };
    const [plain, watched] = [await spent({}), await spent({ watch: ['encoder1'] })];
    const shown = 4 * 16 * 16 * 32;
    expect(steps.reduce((sum, { activations }) => sum + activations!.encoder1!.values.length, 0)).toBe(shown);
    expect(watched.read - plain.read).toBe(shown);
    expect(watched.multiplying).toEqual(plain.multiplying);
    expect(watched.written / plain.written).toBeLessThan(1.2);
  });
});
