// A tiny U-Net trained through the engine's door from first weights, and how often the judge reads in its digits what was asked for.
import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Engine, TrainRequest, TrainStep } from '../../src/engine';
import { local } from '../../tests/engine/link';
import { mnist } from '../evaluate/mnist';

export interface Given {
  readonly backend: 'wasm' | 'webgpu';
  readonly data: string;
  readonly keep: string;
  readonly steps: number;
  readonly minutes: number;
  readonly seed: number;
}

/** Digits that are learned from, and digits that are drawn and judged. */
const [learned, judged] = [2048, 500];
const classes = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const config = { size: 32, channels: 1, patch: 2, widths: [16, 32, 64], depths: [1, 1, 1], groups: 8, embedding: 64, frequencies: 16 };

const cpuMinutes = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 6e7;
};
const rounded = (value: number, digits = 4) => Number(value.toFixed(digits));

/** Draws `judged` digits, every class equally often, by 50 steps of DDIM; the share that the judge reads as asked. */
async function agreement(engine: Engine, model: string, guidance: number, seed: number): Promise<number> {
  let agreed = 0;
  for (let part = 0; part < judged / 100; part++) {
    const prompt = Array.from({ length: 100 }, (_, at) => classes[at % classes.length]!);
    const request = { model, sampler: 'ddim', schedule: 'cosine', steps: 50, count: 100, prompt, guidance, room: 'bench' } as const;
    const pictures = await engine.sample({ ...request, seed: 1000 * seed + part }).result;
    const verdicts = await engine.classify(pictures);
    agreed += verdicts.filter(({ label }, at) => label === prompt[at]).length;
  }
  return agreed / judged;
}

export async function learn({ data, keep, steps, minutes, seed }: Given, say: (line: string) => void): Promise<Record<string, unknown>> {
  const train = mnist(data, 'train');
  if (!train) throw new Error(`${data} holds no MNIST: --data FOLDER with mnist.npz or the IDX files`);
  const images = { values: train.images.slice(0, learned * 1024), shape: [learned, 32, 32, 1] };
  const before = cpuMinutes();
  const heard: TrainStep[] = [];
  const { engine } = local({ heard: (message) => message.kind === 'trained' && heard.push(message.step) });
  engine.attend('bench');
  const request: TrainRequest = {
    ...{ network: { kind: 'unet', config }, classes, data: { images, labels: train.labels.slice(0, learned) } },
    ...{ schedule: 'cosine', rate: 3e-3, decay: 'cosine', seed, batch: 32, steps, average: 0.999, every: 500, room: 'bench' },
  };
  const training = engine.train(request);
  let isOver = false;
  const over = training.result.finally(() => (isOver = true));
  over.catch(() => undefined);
  let told = 0;
  let recent = { losses: [] as number[], bands: [] as (readonly (number | undefined)[])[] };
  while (!isOver) {
    await setTimeout(200);
    for (const { loss, bands, step, examples, rate } of heard.splice(0)) {
      recent.losses.push(loss);
      recent.bands.push(bands);
      if (step % 100 !== 0) continue;
      const mean = (values: readonly (number | undefined)[]) => {
        const known = values.filter((value) => value !== undefined);
        return known.reduce((sum, value) => sum + value, 0) / known.length;
      };
      const byBand = [0, 1, 2, 3, 4].map((band) => mean(recent.bands.map((one) => one[band])).toFixed(3)).join(' ');
      told = mean(recent.losses);
      say(`step ${step}, digits seen ${examples}, loss ${told.toFixed(4)}, by noise ${byBand}, rate ${rate.toExponential(2)}, CPU-minutes ${(cpuMinutes() - before).toFixed(2)}`); // prettier-ignore
      recent = { losses: [], bands: [] };
    }
    if (cpuMinutes() - before > minutes) training.finish();
  }
  const model = await over;
  const trained = cpuMinutes() - before;
  writeFileSync(keep, await engine.exportModel(model));
  const { step = 0, examples = 0 } = training.latest ?? {};
  const plain = await agreement(engine, model, 1, seed);
  say(`guidance 1: the judge agrees with ${plain} of ${judged}`);
  const guided = await agreement(engine, model, 2, seed);
  say(`guidance 2: the judge agrees with ${guided} of ${judged}`);
  const all = cpuMinutes() - before;
  engine.close();
  return {
    ...{ backend: engine.report().backend, network: config, digits: learned, steps: step, examples, loss: rounded(told) },
    ...{ examples_per_cpu_second: rounded(examples / trained / 60, 1), training_cpu_minutes: rounded(trained, 2), cpu_minutes: rounded(all, 2) },
    ...{ samples: judged, agreement: plain, agreement_guided: guided },
  };
}
