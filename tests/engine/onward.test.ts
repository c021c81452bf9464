// A training that starts from a model: trained before, imported or shipped, and from no other.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EngineError, type Engine, type TrainRequest, type TrainStep } from '../../src/engine';
import { local, type Local } from './link';
import { manifestOf } from './models';
import { toy } from './toys';

let engine: Engine;
let crash: Local['crash'];
let steps: TrainStep[];
beforeEach(() => {
  steps = [];
  ({ engine, crash } = local({ heard: (message) => message.kind === 'trained' && steps.push(message.step) }));
  engine.attend('here');
});
afterEach(() => engine.close());

const draw = async (model: string) =>
  (await engine.sample({ model, sampler: 'ddim', schedule: 'cosine', steps: 3, seed: 2, prompt: 'left', room: 'here' }).result).values;
const codeOf = (request: TrainRequest) =>
  engine.train(request).result.then(
    () => 'no error',
    (why: unknown) => (why instanceof EngineError ? why.code : String(why)),
  );
const mean = (some: readonly TrainStep[]) => some.reduce((sum, { loss }) => sum + loss, 0) / some.length;

it('begins as that model and goes on learning where it was, an imported one in a new worker too', async () => {
  const model = await engine.train({ ...toy, steps: 120, average: 0.9, rate: 8e-3 }).result;
  const [first, last] = [mean(steps.slice(0, 5)), mean(steps.slice(-5))];
  const file = await engine.exportModel(model);
  crash();
  const imported = await engine.importModel(file);
  for (const startFrom of [model, imported]) {
    steps.length = 0;
    const training = engine.train({ ...toy, name: 'onward', startFrom, steps: 5, seed: 8, rate: 1e-3 });
    await training.result;
    expect(await draw(training.checkpoints()[0]!.model)).toEqual(await draw(model));
    expect(mean(steps)).toBeLessThan((first + last) / 2);
  }
});

it('a steering that comes while its model does is not lost', async () => {
  const model = await engine.train({ ...toy, steps: 1 }).result;
  const training = engine.train({ ...toy, name: 'onward', startFrom: model, steps: 3 });
  training.pause();
  await new Promise((go) => setTimeout(go, 200));
  // The step that was under way when it came is done.
  expect(training.latest?.step ?? 0).toBeLessThan(2);
  training.resume();
  expect(await training.result).toBe('training:onward@3');
});

it('a shipped model can be trained on', async () => {
  const { config, classes } = manifestOf('cloud');
  const { classes: _, ...rest } = config as Record<string, number>;
  const values = new Float32Array(3 * classes.length).fill(0.5);
  const data = { images: { values, shape: [classes.length, 3] }, labels: classes };
  const asked: TrainRequest = {
    ...toy,
    name: 'cloud',
    network: { kind: 'cloud', config: rest },
    classes,
    data,
    startFrom: 'cloud',
    steps: 1,
  };
  expect(await codeOf(asked)).toBe('no error');
});

it('another network, other classes or no model at all are refused', async () => {
  const model = await engine.train({ ...toy, steps: 1 }).result;
  const { network } = toy;
  const start: TrainRequest = { ...toy, name: 'onward', startFrom: model, steps: 1 };
  expect(await codeOf({ ...start, network: { ...network, config: { ...network.config, widths: [8, 8, 16] } } })).toBe('bad-request');
  expect(await codeOf({ ...start, network: { ...network, config: { ...network.config, groups: 4 } } })).toBe('bad-request');
  const labels = toy.data.labels.map((label) => label.toUpperCase());
  expect(await codeOf({ ...start, classes: ['LEFT', 'RIGHT'], data: { ...toy.data, labels } })).toBe('bad-request');
  expect(await codeOf({ ...start, startFrom: 'training:nobody@3' })).toBe('unknown-model');
  expect(await codeOf({ ...start, startFrom: 'judge' })).toBe('bad-request');
  expect(await codeOf(start)).toBe('no error');
});
