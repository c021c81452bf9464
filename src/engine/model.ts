// A loaded model: weights as tensors of the present backend, asked and answering in plain numbers.
import { getBackend, tensor, tidy } from '@tensorflow/tfjs-core';
import type { Pixels, Verdict } from '.';
import { EngineError } from './errors';
import { forward, type Items, type Probe, type Work } from './forward';
import { guide } from './guidance';
import { playerHere } from './kernels';
import type { Manifest } from './manifest';
import { networks, type Denoiser, type Reader, type Shapes } from './networks';
import { isMemory } from './memory';
import { wrongIn } from './networks/config';
import { heaviest, powerOf } from './networks/cost';
import { givenBy, placed, questionOf } from './networks/question';
import { trace, type Traced } from './networks/trace';
import { checkShapes, discard, placeWeights } from './placing';
import type { Denoise } from './samplers';
import type { Values } from './weights';

export interface DenoiseOptions {
  /** A class for all items, one for each, or nothing: unconditioned. */
  readonly prompt?: string | readonly string[] | undefined;
  /** A class, or one for each item, to steer away from in the place of the null class. */
  readonly negative?: string | readonly string[] | undefined;
  /** Guidance scale s; 1 is none and costs one evaluation. */
  readonly guidance?: number | undefined;
  readonly breathe?: Breathe | undefined;
  /** Listens in on the forwards of each branch of guidance. */
  readonly probe?: ((branch: Branch) => Probe) | undefined;
}

/** What a model was last asked, of its first item alone: it is kept beside the model, whose tensors come and go. */
export interface Memo {
  asked?: { readonly x: Float32Array; readonly logSnr: number; readonly labels: readonly number[] };
}

/** Guidance asks twice: towards the prompt, and away from the null class or the negative. Without guidance there is one branch. */
export type Branch = 'toward' | 'away';

/** Awaited between the parts of a large batch and between two evaluations, so that others get their turn. */
export type Breathe = () => Promise<void>;

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
  predict(x: Float32Array, logSnr: number, labels: readonly number[], probe?: Probe, breathe?: Breathe): Promise<Float32Array>;
  denoise(options: DenoiseOptions): Denoise;
  /** What a judge sees in pictures, clipped to -1 to 1 as they are shown. */
  read(images: Float32Array, breathe?: Breathe): Promise<Reading>;
  /** The shape of an item, what one forward tells of the network's parts, and the shapes of the weights as they are shipped. */
  trace(): [item: readonly number[], traced: Traced[], shapes: Shapes];
  /** What a probe takes of one more forward of the first item that the model was last asked. */
  peek(probe: (take: (pixels: Pixels) => void) => Probe): Promise<Pixels>;
  /** Notes from now on in `memo` what it is asked. What it was asked until then, its self-test, is noted where nothing is and `isFirst`. */
  noteIn(memo: Memo, isFirst: boolean): void;
  dispose(): void;
}

const refuse = (why: string): never => {
  throw new EngineError('bad-request', why);
};

/** What befalls the present device and its memory. */
export interface Scarcity {
  /** To be asked when something begins; what this gives says afterwards whether the device of then stands: else nothing that came is an answer. */
  stands(): () => boolean;
  /** Whether it ran out since this was last asked: graphics devices say so afterwards, and throw nothing. */
  ranShort(): boolean;
  /** Hears that no more than `count` items are computed at once from now on. */
  reduced(count: number): void;
}
const plenty: Scarcity = { stands: () => () => true, ranShort: () => false, reduced: () => undefined };

/** Puts checked weights on the present backend. */
export function createModel(manifest: Manifest, values: Readonly<Record<string, Values>>, memory: Scarcity = plenty): Model {
  const { network: name, config, classes, sigmaMin = 0, sigmaMax = Infinity } = manifest;
  if (!Object.hasOwn(networks, name)) throw new EngineError('weights-header', `no network is called ${name}`);
  const network: Denoiser | Reader = networks[name as keyof typeof networks];
  const wrong = wrongIn(config, network.rules(classes.length));
  if (wrong) throw new EngineError('weights-header', `the manifest of ${manifest.model} ${wrong}`);
  checkShapes(network.shapes(config, classes.length), manifest, values);
  const item = network.item(config);
  const size = item.reduce((product, side) => product * side, 1);
  const weights = placeWeights(network, manifest, values);
  const player = network.kind === 'denoiser' ? playerHere() : undefined;
  // Of a heavy network fewer items: the page takes for dead what is silent for long.
  const most = network.kind === 'denoiser' ? heaviest / network.operations(config, classes.length) : Infinity;
  let batch = Math.max(1, Math.floor(Math.min(network.batch, most) * powerOf(getBackend())));

  let memo: Memo = {};
  const firstOf = (x: Float32Array, logSnr = 0, labels: readonly number[] = []) => ({
    x: x.slice(0, size),
    logSnr,
    labels: labels.slice(0, 1),
  });

  /** One forward, unless the device was lost or memory ran out over it: what it gave is no answer then, and nobody who listens hears of it. */
  function computed(work: Work, items: Items, probe?: Probe): Promise<Float32Array[]> {
    const stands = memory.stands();
    const check = () => {
      if (!stands()) throw new EngineError('device-lost', 'in the middle of a forward');
      if (!memory.ranShort()) return;
      player?.clear();
      throw new RangeError('out of memory, as the device says afterwards');
    };
    return forward(work, items, { probe, player, check }).catch((why: unknown) => {
      // What got no memory may not let itself be read, either.
      check();
      throw why;
    });
  }

  /** Calls `part` for every run of at most `batch` items; for fewer at once, from then on, where memory runs out over them. */
  async function inParts(
    values: Float32Array,
    breathe: Breathe | undefined,
    part: (values: Float32Array, from: number, to: number) => Promise<void>,
  ): Promise<void> {
    if (values.length === 0 || values.length % size) refuse(`${values.length} numbers are no whole items of [${item.join(', ')}]`);
    const count = values.length / size;
    for (let from = 0; from < count;) {
      if (from > 0) await breathe?.();
      const to = Math.min(count, from + batch);
      try {
        await part(values.subarray(from * size, to * size), from, to);
        from = to;
      } catch (why) {
        if (!isMemory(why)) throw why;
        if (to - from === 1) throw new EngineError('out-of-memory', `${manifest.model}, one item: ${String(why)}`);
        batch = Math.ceil((to - from) / 2);
        memory.reduced(batch);
      }
    }
  }

  async function predict(
    x: Float32Array,
    logSnr: number,
    labels: readonly number[],
    probe?: Probe,
    breathe?: Breathe,
  ): Promise<Float32Array> {
    if (network.kind !== 'denoiser') return refuse(`${manifest.model} does not denoise`);
    const found = new Float32Array(x.length);
    const alike = labels.every((label) => label === labels[0]);
    // The first is the self-test's.
    memo.asked ??= firstOf(x, logSnr, labels);
    await inParts(x, breathe, async (part, from, to) => {
      const given = givenBy(network, config, { x: part, logSnr, labels: alike ? labels.slice(0, 1) : labels.slice(from, to) });
      const run: Work['run'] = (inputs, watch) => [network.forward(weights, config, questionOf(inputs), watch)];
      const [values] = await computed({ given, run }, { from, count: to - from }, probe);
      fits(values!.length === part.length, `${values!.length} numbers came of ${part.length}`);
      found.set(values!, from * size);
    });
    return found;
  }

  const fits = (holds: boolean, why: string): void => {
    if (!holds) throw new EngineError('weights-shape', `${manifest.model}: ${why}`);
  };
  const numbers = (values: Float32Array, where: string): Float32Array => {
    if (!values.every(Number.isFinite)) throw new EngineError('numbers', `${manifest.model} gave no numbers ${where}`);
    return values;
  };

  const classOf = (word: string) => {
    const at = classes.indexOf(word);
    return at < 0 ? refuse(`${manifest.model} knows no class ${word}; it knows ${classes.join(', ')}`) : at;
  };

  function conditioned(labels: readonly number[], breathe: Breathe | undefined, probe: Probe | undefined): Denoise {
    return async (noisy, level) => {
      const count = noisy.length / size;
      if (labels.length !== 1 && labels.length !== count) refuse(`${labels.length} classes for ${count} items`);
      const alpha = 1 / Math.sqrt(1 + level * level);
      const within = Math.min(sigmaMax, Math.max(sigmaMin, level));
      const [x, logSnr] = [noisy.map((value) => value * alpha), -2 * Math.log(within)];
      memo.asked = firstOf(x, logSnr, labels);
      const v = await predict(x, logSnr, labels, probe, breathe);
      // x = alpha * noisy at unit variance; the clean guess is alpha * x - (level * alpha) * v.
      const clean = noisy.map((value, at) => alpha * (alpha * value - level * v[at]!));
      return numbers(clean, `at level ${level}`);
    };
  }

  const classesOf = (words: string | readonly string[]) => (typeof words === 'string' ? [classOf(words)] : words.map(classOf));

  function denoise({ prompt, negative, guidance = 1, breathe, probe }: DenoiseOptions): Denoise {
    if (network.kind !== 'denoiser') return refuse(`${manifest.model} does not denoise`);
    if (!Number.isFinite(guidance)) return refuse(`${guidance} is no guidance scale`);
    const none = network.nothing(config);
    const nothing = () => (none === undefined ? refuse(`${manifest.model} cannot do without a class`) : [none]);
    const asking = (labels: readonly number[], branch: Branch) => conditioned(labels, breathe, probe?.(branch));
    if (prompt === undefined) return asking(nothing(), 'toward');
    const toward = asking(classesOf(prompt), 'toward');
    const others = negative === undefined ? undefined : classesOf(negative);
    if (guidance === 1) return toward;
    const guided = guide(toward, asking(others ?? nothing(), 'away'), guidance, breathe);
    return async (noisy, level) => numbers(await guided(noisy, level), `at level ${level}, guided by ${guidance}`);
  }

  async function read(images: Float32Array, breathe?: Breathe, probe?: Probe): Promise<Reading> {
    if (network.kind !== 'reader') return refuse(`${manifest.model} does not read pictures`);
    memo.asked = firstOf(images);
    const verdicts: Verdict[] = [];
    const rows: { features: Float32Array[]; logits: Float32Array[] } = { features: [], logits: [] };
    await inParts(
      images.map((value) => Math.min(1, Math.max(-1, value))),
      breathe,
      async (values, from, to) => {
        const run: Work['run'] = ([x], watch) => {
          const found = network.forward(weights, config, x!, watch);
          return [found.features, found.logits];
        };
        const given = [{ values, shape: [to - from, ...item] }];
        const [features, logits] = (await computed({ given, run }, { from, count: to - from }, probe)) as [Float32Array, Float32Array];
        fits(logits.length === (to - from) * classes.length, `${logits.length} logits came for ${to - from} pictures`);
        numbers(logits, 'as logits');
        rows.features.push(features.slice());
        rows.logits.push(logits.slice());
        for (let at = 0; at < logits.length; at += classes.length)
          verdicts.push(verdictOf(logits.subarray(at, at + classes.length), classes));
      },
    );
    return { verdicts, features: joined(rows.features), logits: joined(rows.logits) };
  }

  function traced(): Traced[] {
    let parts: Traced[] = [];
    tidy(() => {
      const zeros = new Float32Array(size);
      if (network.kind === 'reader') {
        const x = tensor(zeros, [1, ...item]);
        parts = trace(x, weights, (watch) => network.forward(weights, config, x, watch).logits);
      } else {
        const question = questionOf(givenBy(network, config, { x: zeros, logSnr: 0, labels: [0] }).map(placed));
        parts = trace(question.x, weights, (watch) => network.forward(weights, config, question, watch));
      }
    });
    return parts;
  }

  return {
    manifest,
    item,
    predict,
    denoise,
    read: (images, breathe) => read(images, breathe),
    trace: () => [item, traced(), network.shapes(config, classes.length)],
    async peek(probe) {
      let found: Pixels | undefined;
      const listening = probe((pixels) => (found = pixels));
      const { asked } = memo;
      if (asked)
        await (network.kind === 'reader' ? read(asked.x, undefined, listening) : predict(asked.x, asked.logSnr, asked.labels, listening));
      return found ?? refuse(`${manifest.model} has not been asked anything yet`);
    },
    noteIn(other, isFirst) {
      if (isFirst) other.asked ??= memo.asked;
      memo = other;
    },
    dispose() {
      player?.clear();
      Object.values(weights).forEach(discard);
    },
  };
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
