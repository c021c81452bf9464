// What is compared: something that answers the same question, from numbers on the host to numbers on the host.
import { readSafetensors, checkManifest, checkWeights, type Manifest, type Values } from '../../src/engine/weights';
import type { Question } from './question';

export interface Competitor {
  readonly name: string;
  /** v for every picture, as the network lays it out; the promise ends when the numbers are on the host. */
  forward(question: Question): Promise<Float32Array>;
  close(): Promise<void> | void;
}

export interface Shipped {
  readonly manifest: Manifest;
  readonly values: Readonly<Record<string, Values>>;
  readonly selftest: Readonly<Record<string, Values>>;
}

/** A shipped model, read by `read` from its folder and checked as the engine checks it. */
export async function shipped(model: string, read: (path: string) => Promise<ArrayBuffer>): Promise<Shipped> {
  const manifest = checkManifest(JSON.parse(new TextDecoder().decode(await read(`${model}/manifest.json`))));
  const values = await checkWeights(await read(`${model}/${manifest.weights.file}`), manifest);
  return { manifest, values, selftest: readSafetensors(await read(`${model}/${manifest.selftest.file}`)) };
}

/** The question of the model's self-test, repeated for a batch of `count`, and its answer as PyTorch computed it. */
export function known({ selftest: { x, logSnr, class: label, v } }: Shipped, count: number): { question: Question; answer: Float32Array } {
  const repeated = (values: Float32Array) => {
    const found = new Float32Array(values.length * count);
    for (let at = 0; at < count; at++) found.set(values, at * values.length);
    return found;
  };
  return {
    question: { x: repeated(x!.values), logSnr: logSnr!.values[0]!, label: label!.values[0]! },
    answer: repeated(v!.values),
  };
}
