// Training through the engine's door, on wasm: it learns, repeats, can be steered, leaves checkpoints that sample, and nothing else.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EngineError, type Engine, type SampleRequest, type Training, type TrainRequest, type TrainStep } from '../../src/engine';
import { local, type LocalOptions } from './link';
import { bars, lines, toy } from './toys';

const opened: Engine[] = [];
/** An engine, and all that its trainings told. */
function open(options: LocalOptions = {}) {
  const steps: TrainStep[] = [];
  const made = local({ ...options, heard: (message) => message.kind === 'trained' && steps.push(message.step) });
  opened.push(made.engine);
  made.engine.attend('here');
  return { ...made, steps };
}
afterEach(() => opened.splice(0).forEach((engine) => engine.close()));

const codeOf = (job: { result: Promise<unknown> }) =>
  job.result.then(
    () => 'no error',
    (why: unknown) => (why instanceof EngineError ? why.code : String(why)),
  );
const lossesOf = (steps: readonly TrainStep[]) => steps.map(({ loss }) => loss);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const drawing = (model: string, part: Partial<SampleRequest> = {}): SampleRequest => ({
  ...{ model, sampler: 'ddim', schedule: 'cosine', steps: 10, seed: 5, count: 8, prompt: 'left', room: 'here' },
  ...part,
});
const reached = (training: Training, step: number) =>
  vi.waitUntil(() => (training.latest?.step ?? 0) >= step, { timeout: 20_000, interval: 1 });
/** The share of pictures whose brighter half is the left one. */
const leftOf = (values: Float32Array) => {
  const halves = Array.from({ length: values.length / 64 }, (_, item) =>
    values.subarray(64 * item, 64 * item + 64).reduce((sum, value, at) => sum + (at % 8 < 4 ? value : -value), 0),
  );
  return halves.filter((one) => one > 0).length / halves.length;
};

describe('a training', () => {
  it('learns what it is shown, by class, and is a model at each checkpoint', async () => {
    const { engine, steps } = open();
    const training = engine.train({ ...toy, steps: 160, every: 80, average: 0.9, rate: 8e-3 });
    const model = await training.result;
    expect(model).toBe('training:toy@160');
    expect(mean(lossesOf(steps.slice(-20)))).toBeLessThan(0.7 * mean(lossesOf(steps.slice(0, 5))));
    expect(training.latest).toMatchObject({ step: 160, examples: 1280, reduced: false, halved: false, piece: 8 });
    expect(training.latest!.bands).toHaveLength(5);
    expect(training.checkpoints().map(({ step }) => step)).toEqual([0, 80, 160]);
    const { raw } = training.checkpoints()[2]!;
    const pictures = await Promise.all(
      [drawing(model), drawing(model, { prompt: 'right' }), drawing(raw), drawing('training:toy@0')].map(
        (one) => engine.sample(one).result,
      ),
    );
    const [left, right, ofRaw, untrained] = pictures.map(({ values }) => values) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    expect(leftOf(left)).toBeGreaterThan(0.8);
    expect(leftOf(right)).toBeLessThan(0.2);
    expect(leftOf(ofRaw)).toBeGreaterThan(0.8);
    expect(ofRaw).not.toEqual(left);
    expect(leftOf(untrained)).toBeLessThan(0.8);
    expect(engine.training('toy')).toBe(training);
  }, 120_000);

  it('repeats bit for bit from its seed, and not from another', async () => {
    const { engine, steps } = open();
    const run = async (seed: number) => {
      await engine.train({ ...toy, seed }).result;
      const { values } = await engine.sample(drawing('training:toy@20')).result;
      return { losses: lossesOf(steps.splice(0)), values };
    };
    const [a, b, c] = [await run(3), await run(3), await run(4)];
    expect(b).toEqual(a);
    expect(c.losses).not.toEqual(a.losses);
  });

  it.each([toy, lines])('agrees to three digits with plain JavaScript over 20 steps: $name', async (request) => {
    const runs: number[][] = [];
    for (const backend of ['wasm', 'cpu'] as const) {
      const { engine, steps } = open({ backend });
      await engine.train(request).result;
      runs.push(lossesOf(steps));
    }
    expect(runs[0]).toHaveLength(20);
    runs[0]!.forEach((loss, at) => expect(Math.abs(loss / runs[1]![at]! - 1)).toBeLessThan(1e-3));
  });

  it('of points learns, too', async () => {
    const { engine, steps } = open();
    await engine.train({ ...lines, steps: 100 }).result;
    expect(mean(lossesOf(steps.slice(-10)))).toBeLessThan(0.8 * mean(lossesOf(steps.slice(0, 5))));
  });

  it('in pieces gives the gradient of the whole', async () => {
    const { engine, steps } = open();
    await engine.train(toy).result;
    const whole = lossesOf(steps.splice(0));
    await engine.train({ ...toy, piece: 3 }).result;
    expect(steps[0]!.piece).toBe(3);
    lossesOf(steps).forEach((loss, at) => expect(Math.abs(loss / whole[at]! - 1)).toBeLessThan(1e-3));
  });

  it('of a heavy network is computed in small pieces, whatever was asked for', async () => {
    const { engine } = open();
    const network = { kind: 'unet', config: { ...toy.network.config, size: 32, patch: 1, widths: [232, 8, 8] } } as const;
    const data = { images: { shape: [1, 32, 32, 1], values: new Uint8Array(1024) }, labels: ['left'] };
    const training = engine.train({ ...toy, network, data, batch: 3, piece: 96, steps: 1 });
    await training.result;
    expect(training.latest).toMatchObject({ piece: 2, reduced: false });
  });

  it('keeps its pieces within a budget of time, and makes them larger for a larger one', async () => {
    const { engine, steps } = open();
    const training = engine.train({ ...toy, batch: 16, steps: 1000, budget: 1 });
    await reached(training, 2);
    training.pause();
    const small = Math.max(...steps.slice(1).map(({ piece }) => piece));
    training.set({ budget: 10_000 });
    training.resume();
    await vi.waitUntil(() => training.latest!.piece === 16, { timeout: 20_000 });
    training.cancel();
    expect(small).toBeLessThan(16);
  });
});

describe('a training that runs', () => {
  it('may stand still from the start, and then takes as many steps as it is asked for', async () => {
    const { engine } = open();
    const training = engine.train({ ...toy, steps: 40, paused: true });
    expect(training.isPaused).toBe(true);
    training.step();
    await reached(training, 1);
    await engine.sample(drawing('digits', { prompt: '3', count: 1 })).result;
    expect(training.latest!.step).toBe(1);
    training.cancel();
    await expect(engine.train({ ...toy, paused: 1 as never }).result).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('pauses, takes single steps, and goes on', async () => {
    const { engine } = open();
    const training = engine.train({ ...toy, steps: 40 });
    await reached(training, 3);
    training.pause();
    await vi.waitUntil(() => training.checkpoints().at(-1)!.step === training.latest!.step && training.latest!.step > 0);
    const { step } = training.latest!;
    await engine.sample(drawing('digits', { prompt: '3', count: 1 })).result;
    expect(training.latest!.step).toBe(step);
    training.step();
    await reached(training, step + 1);
    await engine.sample(drawing('digits', { prompt: '3', count: 1 })).result;
    expect(training.latest!.step).toBe(step + 1);
    expect(training.isPaused).toBe(true);
    training.resume();
    expect(await training.result).toBe('training:toy@40');
  });

  it('takes another rate, more data, and an early end', async () => {
    const { engine } = open();
    const training = engine.train({ ...toy, steps: 100_000 });
    await reached(training, 7);
    training.set({ rate: 1e-3 });
    await vi.waitUntil(() => training.latest!.rate === 1e-3);
    await training.add(bars(4, 10));
    await training.add({ images: { shape: [1, 8, 8, 1], values: new Uint8Array(64).fill(255) }, labels: ['left'] });
    for (const wrong of [
      { ...bars(4), labels: ['left'] },
      { ...bars(1), labels: ['up'] },
      { images: { shape: [1, 9], values: new Float32Array(9) }, labels: ['left'] },
    ])
      // prettier-ignore
      expect(await codeOf({ result: training.add(wrong) })).toBe('bad-request');
    training.finish();
    expect(await training.result).toBe(`training:toy@${training.latest!.step}`);
  });

  it('is refused a second time under its name, and forgotten with its checkpoints when it is cancelled', async () => {
    const { engine } = open();
    const training = engine.train({ ...toy, steps: 100_000 });
    await reached(training, 1);
    expect(await codeOf(engine.train(toy))).toBe('bad-request');
    expect(engine.training('toy')).toBe(training);
    training.cancel();
    expect(await codeOf(training)).toBe('cancelled');
    expect(engine.training('toy')).toBeUndefined();
    expect(await codeOf(engine.sample(drawing('training:toy@0')))).toBe('unknown-model');
  });

  it('goes on beside another and beside a job, which goes first', async () => {
    const { engine, steps } = open();
    engine.attend('elsewhere');
    const both = ['one', 'two'].map((name) => engine.train({ ...toy, name, steps: 12 }));
    await Promise.all(both.map((one) => reached(one, 1)));
    await engine.sample(drawing('digits', { prompt: '3', count: 1, room: 'elsewhere' })).result;
    expect(Math.max(...both.map(({ latest }) => latest!.step))).toBeLessThan(12);
    expect(await Promise.all(both.map(({ result }) => result))).toEqual(['training:one@12', 'training:two@12']);
    expect(lossesOf(steps.filter(({ step }) => step === 12))).toHaveLength(2);
  });

  it('leaves no tensor behind in 20 starts and stops', async () => {
    const { engine } = open();
    const once = async (stopped: boolean) => {
      const training = engine.train({ ...toy, steps: 3, every: 2 });
      if (stopped) await reached(training, 1);
      else await engine.sample(drawing(await training.result, { count: 1, steps: 1 })).result;
      training.cancel();
      await engine.load('digits').result;
    };
    await once(false);
    const before = await engine.memory();
    for (let turn = 0; turn < 20; turn++) await once(turn % 2 === 0);
    await vi.waitFor(async () => expect((await engine.memory()).tensors).toBe(before.tensors), 5000);
  });
});

describe('what cannot be right', () => {
  const { config } = toy.network;
  it.each<[string, Partial<TrainRequest>]>([
    ['a network that does not denoise', { network: { kind: 'judge' as 'unet', config } }],
    ['a config that does not fit', { network: { kind: 'unet', config: { ...config, widths: [8, 9, 8] } } }],
    ['a network that is too large', { network: { kind: 'unet', config: { ...config, widths: [4096, 4096, 4096] } } }],
    ['no classes', { classes: [] }],
    ['a class twice', { classes: ['left', 'right', 'left'] }],
    ['an unknown class', { data: { ...bars(1), labels: ['up'] } }],
    ['data of another shape', { data: { images: { shape: [1, 9, 9, 1], values: new Float32Array(81) }, labels: ['left'] } }],
    ['a class that is none', { data: { ...bars(1), labels: [undefined as unknown as string] } }],
    ['data with a hole', { data: { images: { shape: [1, 8, 8, 1], values: new Float32Array(64).fill(NaN) }, labels: ['left'] } }],
    ['data out of range', { data: { images: { shape: [1, 8, 8, 1], values: new Float32Array(64).fill(2) }, labels: ['left'] } }],
    ['no data', { data: { images: { shape: [0, 8, 8, 1], values: new Float32Array(0) }, labels: [] } }],
    ['an unknown schedule', { schedule: 'steep' as 'cosine' }],
    ['no rate', { rate: 0 }],
    ['a seed that is no number', { seed: 0.5 }],
    ['a batch of none', { batch: 0 }],
    ['a budget of nothing', { budget: 0 }],
    ['a name that is none', { name: '../toy' }],
    ['an end of the rate without an end', { decay: 'cosine', steps: undefined as unknown as number }],
  ])('%s is refused', async (_, part) => {
    const { engine } = open();
    expect(await codeOf(engine.train({ ...toy, ...part }))).toBe('bad-request');
  });

  it('a batch of large pictures is refused for their numbers; one of 8192 pictures of 32 x 32 is not', async () => {
    const { engine } = open();
    const batchOf = (batch: number, size: number) => ({
      ...{ ...toy, batch, paused: true, network: { kind: 'unet', config: { ...config, size, patch: 4 } } as const },
      data: { images: { shape: [1, size, size, 1], values: new Uint8Array(size * size) }, labels: ['left'] },
    });
    for (const [batch, size] of [
      [8192, 256],
      [129, 256],
      [2049, 64],
    ] as const)
      // prettier-ignore
      await expect(engine.train(batchOf(batch, size)).result, `${batch} of ${size}`).rejects.toThrow(
        `a batch of ${batch} items [${size}, ${size}, 1] has ${batch * size * size} numbers; 8388608 are the most`,
      );
    const training = engine.train(batchOf(8192, 32));
    training.finish();
    expect(await training.result).toBe('training:toy@0');
  });
});
