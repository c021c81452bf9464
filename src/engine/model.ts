// A loaded model: weights as tensors of the present backend, asked and answering in plain numbers.
import { getBackend, keep, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Verdict } from '.';
import { EngineError } from './errors';
import { guide } from './guidance';
import type { Manifest } from './manifest';
import { networks, type Denoiser, type Reader, type Watch, type Weights } from './networks';
import { wrongIn } from './networks/config';
import type { Denoise } from './samplers';
import type { Values } from './weights';

export interface DenoiseOptions {
  /** A class for all items, one for each, or nothing: unconditioned. */
  readonly prompt?: string | readonly string[] | undefined;
  /** Guidance scale s; 1 is none and costs one evaluation. */
  readonly guidance?: number | undefined;
}

export interface Reading {
  readonly verdicts: Verdict[];
  /** Penultimate features, one row after the other. */
  readonly features: Float32Array;
  readonly logits: Float32Array;
}

export interface Model {
  readonly manifest: Manifest;
  /** Shape of one picture or point. */
  readonly item: readonly number[];
  /** Raw output v of a denoiser: x at unit variance, one log-SNR, one class for all or one for each. */
  predict(x: Float32Array, logSnr: number, labels: readonly number[], watch?: Watch): Promise<Float32Array>;
  denoise(options: DenoiseOptions): Denoise;
  /** What a judge sees in pictures, clipped to -1 to 1 as they are shown. */
  read(images: Float32Array): Promise<Reading>;
  dispose(): void;
}

const refuse = (why: string): never => {
  throw new EngineError('bad-request', why);
};

export interface ModelOptions {
  /** Awaited between the parts of a large batch, so that others get their turn. */
  readonly breathe?: (() => Promise<void>) | undefined;
}

/** Puts checked weights on the present backend. */
export function createModel(manifest: Manifest, values: Readonly<Record<string, Values>>, { breathe }: ModelOptions = {}): Model {
  const { network: name, config, classes, sigmaMin = 0, sigmaMax = Infinity } = manifest;
  if (!Object.hasOwn(networks, name)) throw new EngineError('weights-header', `no network is called ${name}`);
  const network: Denoiser | Reader = networks[name as keyof typeof networks];
  const wrong = wrongIn(config, network.rules(classes.length));
  if (wrong) throw new EngineError('weights-header', `the manifest of ${manifest.model} ${wrong}`);
  const item = network.item(config);
  const size = item.reduce((product, side) => product * side, 1);
  const weights = placed(network, manifest, values);
  // On a GPU a large batch costs hardly more than a small one; on a processor it should stay in the cache.
  const batch = network.batch * (getBackend() === 'webgpu' ? 16 : 1);

  /** Calls `part` for every run of at most `batch` items. */
  async function inParts(values: Float32Array, part: (x: Tensor, from: number, to: number) => Promise<void>): Promise<void> {
    if (values.length === 0 || values.length % size) refuse(`${values.length} numbers are no whole items of [${item.join(', ')}]`);
    const count = values.length / size;
    for (let from = 0; from < count; from += batch) {
      if (from > 0) await breathe?.();
      const to = Math.min(count, from + batch);
      const x = tensor(values.subarray(from * size, to * size), [to - from, ...item]);
      await part(x, from, to).finally(() => x.dispose());
    }
  }

  async function predict(x: Float32Array, logSnr: number, labels: readonly number[], watch?: Watch): Promise<Float32Array> {
    if (network.kind !== 'denoiser') return refuse(`${manifest.model} does not denoise`);
    const found = new Float32Array(x.length);
    const alike = labels.every((label) => label === labels[0]);
    await inParts(x, async (part, from, to) => {
      const question = { x: part, logSnr, labels: alike ? labels.slice(0, 1) : labels.slice(from, to) };
      const output = tidy(() => network.forward(weights, config, question, watch));
      const values = await output.data().finally(() => output.dispose());
      found.set(values as Float32Array, from * size);
    });
    return found;
  }

  const classOf = (word: string) => {
    const at = classes.indexOf(word);
    return at < 0 ? refuse(`${manifest.model} knows no class ${word}; it knows ${classes.join(', ')}`) : at;
  };

  function conditioned(labels: readonly number[]): Denoise {
    return async (noisy, level) => {
      const count = noisy.length / size;
      if (labels.length !== 1 && labels.length !== count) refuse(`${labels.length} classes for ${count} items`);
      const alpha = 1 / Math.sqrt(1 + level * level);
      const within = Math.min(sigmaMax, Math.max(sigmaMin, level));
      const v = await predict(
        noisy.map((value) => value * alpha),
        -2 * Math.log(within),
        labels,
      );
      // x = alpha * noisy at unit variance; the clean guess is alpha * x - (level * alpha) * v.
      const clean = noisy.map((value, at) => alpha * (alpha * value - level * v[at]!));
      if (!clean.every(Number.isFinite)) throw new EngineError('numbers', `${manifest.model} gave no numbers at level ${level}`);
      return clean;
    };
  }

  function denoise({ prompt, guidance = 1 }: DenoiseOptions): Denoise {
    if (network.kind !== 'denoiser') return refuse(`${manifest.model} does not denoise`);
    if (!Number.isFinite(guidance)) return refuse(`${guidance} is no guidance scale`);
    const none = network.nothing(config);
    const nothing = () => (none === undefined ? refuse(`${manifest.model} cannot do without a class`) : conditioned([none]));
    if (prompt === undefined) return nothing();
    const toward = conditioned(typeof prompt === 'string' ? [classOf(prompt)] : prompt.map(classOf));
    return guidance === 1 ? toward : guide(toward, nothing(), guidance);
  }

  async function read(images: Float32Array): Promise<Reading> {
    if (network.kind !== 'reader') return refuse(`${manifest.model} does not read pictures`);
    const verdicts: Verdict[] = [];
    const rows: { features: Float32Array[]; logits: Float32Array[] } = { features: [], logits: [] };
    await inParts(
      images.map((value) => Math.min(1, Math.max(-1, value))),
      async (x) => {
        const found = tidy(() => network.forward(weights, config, x));
        const [features, logits] = (await Promise.all([found.features.data(), found.logits.data()])) as [Float32Array, Float32Array];
        rows.features.push(features.slice());
        rows.logits.push(logits.slice());
        for (let at = 0; at < logits.length; at += classes.length)
          verdicts.push(verdictOf(logits.subarray(at, at + classes.length), classes));
        found.features.dispose();
        found.logits.dispose();
      },
    );
    return { verdicts, features: joined(rows.features), logits: joined(rows.logits) };
  }

  return {
    manifest,
    item,
    predict,
    denoise,
    read,
    dispose: () => Object.values(weights).forEach((value) => value.dispose()),
  };
}

/** Weights as kept tensors, folded as the network wants them. A manifest may be sound and yet not be that of its network. */
function placed(network: Denoiser | Reader, { model, config }: Manifest, values: Readonly<Record<string, Values>>): Weights {
  try {
    return tidy(() => {
      const raw = Object.fromEntries(
        Object.entries(values).map(([name, { values: numbers, shape }]) => [name, tensor(numbers, [...shape])]),
      );
      const ready = network.prepare(raw, config);
      Object.values(ready).forEach(keep);
      return ready;
    });
  } catch (why) {
    throw new EngineError('weights-shape', `the weights of ${model} do not fit its network: ${String(why)}`);
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const found = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (found.set(part, at), at + part.length), 0);
  return found;
}

function verdictOf(logits: Float32Array, classes: readonly string[]): Verdict {
  const highest = Math.max(...logits);
  const shares = Array.from(logits, (logit) => Math.exp(logit - highest));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const probabilities = shares.map((share) => share / total);
  const best = logits.indexOf(highest);
  return { label: classes[best]!, confidence: probabilities[best]!, probabilities };
}
