// What one process computes: samples of a model, or what the judge reads in pictures.
import { createModel, type Model } from '../../src/engine/model';
import { normals } from '../../src/engine/noise';
import { ddim } from '../../src/engine/samplers/ddim';
import { levelsOf } from '../../src/engine/schedules';
import { shipped, use } from '../../tests/engine/models';

export interface SampleTask {
  readonly kind: 'sample';
  readonly model: string;
  readonly steps: number;
  readonly seed: number;
  readonly count: number;
  readonly prompt: string | readonly string[];
  readonly guidance?: number;
  /** DDIM's eta; 0 when left out. */
  readonly eta?: number;
}

export interface ReadTask {
  readonly kind: 'read';
  readonly images: Float32Array;
}

export interface ReadResult {
  readonly labels: readonly string[];
  readonly features: Float32Array;
}

export type Task = SampleTask | ReadTask;
export type Result<T extends Task> = T extends SampleTask ? Float32Array : ReadResult;

const models = new Map<string, Promise<Model>>();

async function open(name: string): Promise<Model> {
  await use('wasm');
  const { manifest, values } = await shipped(name);
  return createModel(manifest, values);
}

function modelOf(name: string): Promise<Model> {
  const model = models.get(name) ?? open(name);
  models.set(name, model);
  return model;
}

/** DDIM on the cosine schedule. */
async function sample({ model: name, steps, seed, count, prompt, guidance, eta = 0 }: SampleTask): Promise<Float32Array> {
  const model = await modelOf(name);
  const { sigmaMin, sigmaMax } = model.manifest;
  const levels = levelsOf('cosine', steps, { sigmaMin, sigmaMax });
  const size = model.item.reduce((product, side) => product * side, 1);
  const noisy = normals(seed, 0, count * size).map((value) => value * levels[0]!);
  const denoise = model.denoise({ prompt, guidance });
  const run = ddim({ denoise, noisy, levels, eta, fresh: (index) => normals(seed, index + 1, count * size) });
  for (let step = await run.next(); ; step = await run.next()) if (step.done) return step.value;
}

async function read({ images }: ReadTask): Promise<ReadResult> {
  const { verdicts, features } = await (await modelOf('judge')).read(images);
  return { labels: verdicts.map(({ label }) => label), features };
}

export const compute = (task: Task): Promise<Float32Array | ReadResult> => (task.kind === 'sample' ? sample(task) : read(task));
