// The digit network twice on this browser's WebGPU: one that plays its forwards again, and one that computes each anew.
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { backend, memory } from '@tensorflow/tfjs-core';
import { openGraphics, present, registerGraphics } from '../../../src/engine/device';
import { playerHere, registerPlayer, useKernels, type Player } from '../../../src/engine/kernels';
import { createPlayer } from '../../../src/engine/kernels/webgpu/replay';
import { setVariants, variants, type Variants } from '../../../src/engine/kernels/webgpu/variants';
import { createModel, type Model } from '../../../src/engine/model';
import { normals } from '../../../src/engine/noise';
import { checkManifest, checkWeights } from '../../../src/engine/weights';
import { tryUnfit, type Unfit } from './unfit';

export interface Asking {
  readonly logSnr: number;
  /** One for each picture, or one for all of `count`. */
  readonly labels: readonly number[];
  readonly count?: number;
  readonly seed: number;
}

export interface Answer {
  /** Numbers in which the two models differ, of how many. */
  readonly different: number;
  readonly size: number;
  /** Dispatches that tfjs issued for the model that plays. */
  readonly issued: number;
}

export interface Replays {
  open(): Promise<void>;
  ask(asking: Asking): Promise<Answer>;
  /** Asked all before the first has answered. */
  askAtOnce(askings: readonly Asking[]): Promise<Answer[]>;
  /** Parts that a listener heard in a forward, and the dispatches of one that nobody cares to hear. */
  heard(asking: Asking): Promise<{ parts: number; issued: number }>;
  /** How often each of three such forwards was computed by the player, and the bytes that it still held then. */
  unfit(what: Unfit): Promise<{ answers: number; bytes: number }>;
  use(change: { kernels?: 'own' | 'stock'; variants?: Partial<Variants> }): void;
  /** The device says once that memory ran out. */
  runShort(): void;
  used(): { tensors: number; bytes: number; allocated: number };
  dispose(): void;
  reopen(): Promise<void>;
  errors(): readonly string[];
}

const errors: string[] = [];
let models: { playing: Model; plain: Model };
/** For forwards of the tests' own. */
let player: Player;
let issued = 0;
let isShort = false;
const gpu = () => backend() as unknown as WebGPUBackend;

async function openModel(): Promise<Model> {
  const file = async (name: string) => (await fetch(`./${name}`)).arrayBuffer();
  const manifest = checkManifest(JSON.parse(new TextDecoder().decode(await file('manifest.json'))));
  const scarcity = { stands: () => () => true, ranShort: () => isShort && !(isShort = false), reduced: () => undefined };
  return createModel(manifest, await checkWeights(await file(manifest.weights.file), manifest), scarcity);
}

const inputOf = ({ count, labels, seed }: Asking) => normals(seed, 0, 1024 * (count ?? labels.length));
const predict = (model: Model, asking: Asking) => model.predict(inputOf(asking), asking.logSnr, asking.labels);
const differing = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, at) => sum + (Object.is(value, b[at]) ? 0 : 1), 0);

async function answersTo(askings: readonly Asking[]): Promise<Answer[]> {
  const before = issued;
  const played = await Promise.all(askings.map((asking) => predict(models.playing, asking)));
  const count = issued - before;
  const found: Answer[] = [];
  for (const [at, asking] of askings.entries()) {
    const plain = await predict(models.plain, asking);
    found.push({ different: differing(played[at]!, plain), size: plain.length, issued: count });
  }
  return found;
}

const replays: Replays = {
  async open() {
    const graphics = await openGraphics();
    if (!graphics) throw new Error('no WebGPU here');
    graphics.device.addEventListener('uncapturederror', ({ error }) => errors.push(error.message));
    await registerGraphics(graphics);
    await present('webgpu');
    const run = gpu().runWebGPUProgram.bind(gpu());
    gpu().runWebGPUProgram = (...given) => {
      issued++;
      return run(...given);
    };
    const playing = await openModel();
    player = playerHere()!;
    registerPlayer('webgpu', () => undefined);
    models = { playing, plain: await openModel() };
  },
  ask: async (asking) => (await answersTo([asking]))[0]!,
  askAtOnce: answersTo,
  async heard(asking) {
    const parts = new Set<string>();
    await models.playing.predict(inputOf(asking), asking.logSnr, asking.labels, () => (part) => void parts.add(part));
    const before = issued;
    await models.playing.predict(inputOf(asking), asking.logSnr, asking.labels, () => undefined);
    return { parts: parts.size, issued: issued - before };
  },
  unfit: (what) => tryUnfit(player, what),
  use({ kernels, variants: changed }) {
    if (kernels) useKernels(kernels);
    setVariants({ ...variants(), ...changed });
  },
  runShort: () => void (isShort = true),
  used: () => ({ tensors: memory().numTensors, bytes: gpu().bufferManager.numBytesUsed, allocated: gpu().bufferManager.numBytesAllocated }),
  dispose: () => models.playing.dispose(),
  async reopen() {
    registerPlayer('webgpu', createPlayer);
    models = { ...models, playing: await openModel() };
  },
  errors: () => errors,
};

(window as unknown as { replays: Replays }).replays = replays;
