// Figures of the digit model: does the judge read what was asked for, and how far are the samples from real digits?
import { readSafetensors } from '../../src/engine/weights';
import { bytesOf, manifestOf } from '../../tests/engine/models';
import { frechet, moments } from './frechet';
import { mnist } from './mnist';
import type { Pool } from './pool';
import type { ReadResult } from './tasks';

export interface Options {
  readonly count: number | undefined;
  readonly seed: number;
  readonly data: string;
  /** Which runs of `runs` to make; all of them when left out. */
  readonly only?: readonly string[] | undefined;
}

const PICTURE = 1024;
const PART = 40;
const HELD = 10_000;

/** The runs that the figures are taken from, all on the cosine schedule: DDIM, and with eta = 1 the ancestral sampler on as few steps. */
export const runs = {
  plain: { steps: 50, guidance: 1, eta: 0 },
  guided: { steps: 50, guidance: 2, eta: 0 },
  short: { steps: 10, guidance: 1, eta: 0 },
  ancestral: { steps: 50, guidance: 1, eta: 1 },
} as const;
type RunName = keyof typeof runs;

const rounded = (value: number, digits = 4) => Number(value.toFixed(digits));
const parts = (count: number, size: number) =>
  Array.from({ length: Math.ceil(count / size) }, (_, at) => [at * size, Math.min(count, (at + 1) * size)] as const);

async function readAll(pool: Pool, what: string, images: Float32Array): Promise<ReadResult> {
  const tasks = parts(images.length / PICTURE, 500).map(
    ([from, to]) => ({ kind: 'read', images: images.slice(from * PICTURE, to * PICTURE) }) as const,
  );
  const found = await pool.run(what, tasks);
  const width = found[0]!.features.length / found[0]!.labels.length;
  const features = new Float32Array((images.length / PICTURE) * width);
  found.reduce((at, part) => (features.set(part.features, at), at + part.features.length), 0);
  return { labels: found.flatMap(({ labels }) => labels), features };
}

const agreement = (read: readonly string[], asked: readonly string[]) =>
  read.filter((label, at) => label === asked[at]).length / asked.length;

export async function evaluateDigits(pool: Pool, { count = 2000, seed, data, only }: Options): Promise<Record<string, unknown>> {
  const [manifest, judge] = [manifestOf('digits'), manifestOf('judge')];
  // Every class equally often, whatever the count.
  const asked = Array.from({ length: count }, (_, at) => manifest.classes[at % manifest.classes.length]!);

  async function draw(name: RunName): Promise<ReadResult> {
    const { steps, guidance, eta } = runs[name];
    const what = `${steps} steps, guidance ${guidance}, eta ${eta}`;
    const tasks = parts(count, PART).map(
      ([from, to], part) =>
        ({
          kind: 'sample',
          model: 'digits',
          steps,
          guidance,
          eta,
          seed: (seed << 16) + part,
          count: to - from,
          prompt: asked.slice(from, to),
        }) as const,
    );
    const images = new Float32Array(count * PICTURE);
    (await pool.run(what, tasks)).forEach((part, at) => images.set(part, at * PART * PICTURE));
    const read = await readAll(pool, `${what}, judged`, images);
    console.error(`${what}: the judge agrees with ${agreement(read.labels, asked)}`);
    return read;
  }

  const drawn: Partial<Record<RunName, ReadResult>> = {};
  for (const name of Object.keys(runs) as RunName[]) if (!only || only.includes(name)) drawn[name] = await draw(name);

  const statistics = readSafetensors(bytesOf(`assets/weights/judge/${judge.statistics!.file}`));
  const [mean, root, classCounts] = ['mean', 'root', 'classCounts'].map((name) => statistics[name]!.values) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const far = (features: Float32Array, weights?: number[]) => frechet(moments(features, mean.length, weights), mean, root);
  // The real statistics hold the classes as the test set does; the samples, asked for equally often, are weighted to match.
  const shares = asked.map((label) => classCounts[manifest.classes.indexOf(label)]!);

  const told = judge.figures as { accuracy?: number; realFd?: Record<string, number> };
  const [test, train] = [mnist(data, 'test'), mnist(data, 'train')];
  const judgeAccuracy = test ? agreement((await readAll(pool, 'judge on the test set', test.images)).labels, test.labels) : told.accuracy;
  let fdReal = told.realFd?.[String(count)];
  if (train) {
    const held = await readAll(pool, 'real digits that the judge never saw', train.images.slice(-HELD * PICTURE));
    const draws = parts(HELD, count).filter(([from, to]) => to - from === count);
    const distances = draws.map(([from, to]) => far(held.features.subarray(from * mean.length, to * mean.length)));
    if (distances.length) fdReal = distances.reduce((sum, value) => sum + value, 0) / distances.length;
  }

  const agreed = (name: RunName) => drawn[name] && rounded(agreement(drawn[name].labels, asked));
  const distance = (name: RunName) => drawn[name] && far(drawn[name].features, shares);
  const ratio = (name: RunName) => {
    const fd = distance(name);
    return fd !== undefined && fdReal !== undefined ? rounded(fd / fdReal) : undefined;
  };
  const plain = drawn.plain;
  const perClass =
    plain &&
    Object.fromEntries(
      manifest.classes.map((label) => {
        const rows = asked.flatMap((wanted, at) => (wanted === label ? [plain.labels[at]!] : []));
        return [label, rounded(rows.filter((found) => found === label).length / rows.length)];
      }),
    );
  const all = {
    model: 'digits',
    weights: manifest.weights.sha256,
    count,
    agreement: agreed('plain'),
    agreement_guided: agreed('guided'),
    agreement_10: agreed('short'),
    agreement_eta1: agreed('ancestral'),
    fd_ratio: ratio('plain'),
    fd_ratio_eta1: ratio('ancestral'),
    fd_ratio_guided: ratio('guided'),
    fd_real: fdReal === undefined ? undefined : rounded(fdReal),
    fd_real_source: train ? 'measured' : 'manifest',
    judge_accuracy: judgeAccuracy,
    judge_accuracy_source: test ? 'measured' : 'manifest',
    per_class: perClass,
  };
  const found = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  console.table(Object.fromEntries(Object.entries(found).filter(([, value]) => typeof value !== 'object')));
  if (perClass) console.table(perClass);
  return found;
}
