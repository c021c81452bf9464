// The models that have been fetched: host copies that outlive a device, and their tensors on the present backend.
import type { Progress } from '.';
import { EngineError } from './errors';
import { createModel, type Memo, type Model, type Scarcity } from './model';
import { makeCase, selfTest } from './selftest';
import { checkFile, checkManifest, checkWeights, type Manifest, type Values } from './weights';

/** Fetches a file; `tell` hears the share that has arrived. Rejects with EngineError `weights-missing`. */
export type Fetch = (path: string, tell?: (share: number) => void) => Promise<ArrayBuffer>;

export interface Volume extends Memo {
  readonly manifest: Manifest;
  readonly values: Readonly<Record<string, Values>>;
  /** Input and output to test a device with; a model that was made here gets them when it is first opened. */
  selftest?: Readonly<Record<string, Values>>;
}

/** A model that a job works on: it stays what it is until `release`, even where it is dropped or its name goes to another. */
export interface Held {
  readonly name: string;
  readonly volume: Volume;
  release(): void;
}

/** Models made here that no job uses, and that stay on the device for the next; further ones come back from their host copies. */
const idleMost = 4;

export class Library {
  private readonly volumes = new Map<string, Promise<Volume>>();
  /** Who hears how much of a model has arrived, while it comes. */
  private readonly hearers = new Map<string, Set<(progress: Progress) => void>>();
  /** By what they are made of: a name may go to another while they are in use. */
  private readonly models = new Map<Volume, { readonly model: Model; readonly tested: Promise<unknown> }>();

  /** Where models that were made here are found. */
  private readonly lenders: ((name: string) => Volume | undefined)[] = [];
  private readonly closers: (() => void)[] = [];
  /** How many jobs use a model; one that was dropped meanwhile stays for them. */
  private readonly holds = new Map<Volume, number>();
  private readonly dropped = new WeakSet<Volume>();
  /** Made here and used by no job, the one that was used last at the end. */
  private idle: Volume[] = [];

  /** Of the device that models are opened on. */
  memory: Scarcity | undefined;

  constructor(
    private readonly fetchFile: Fetch,
    /** No other worker was here before, whose models may have been asked something. */
    private readonly isFirst = true,
  ) {}

  /** Asked for models whose names are no files' names: those that were made here. */
  lend(find: (name: string) => Volume | undefined): void {
    this.lenders.push(find);
  }

  /** Called when all tensors are freed for another backend. */
  onClose(close: () => void): void {
    this.closers.push(close);
  }

  private made(name: string): Volume | undefined {
    for (const find of this.lenders) {
      const volume = find(name);
      if (volume) return volume;
    }
    return undefined;
  }

  /** Loads a model and keeps it until it is released. */
  async hold(name: string): Promise<Held> {
    const volume = await this.load(name);
    this.holds.set(volume, (this.holds.get(volume) ?? 0) + 1);
    this.idle = this.idle.filter((one) => one !== volume);
    return { name, volume, release: () => this.release(volume, !this.volumes.has(name)) };
  }

  private release(volume: Volume, isMade: boolean): void {
    const left = this.holds.get(volume)! - 1;
    if (left > 0) return void this.holds.set(volume, left);
    this.holds.delete(volume);
    if (this.dropped.has(volume)) return this.free(volume);
    // Those that were fetched are few, and stay.
    if (isMade) this.idle.push(volume);
    while (this.idle.length > idleMost) this.free(this.idle.shift()!);
  }

  /** Frees a model that was made here, as soon as no job uses it. */
  drop(volume: Volume): void {
    this.dropped.add(volume);
    this.idle = this.idle.filter((one) => one !== volume);
    if (!this.holds.has(volume)) this.free(volume);
  }

  private free(volume: Volume): void {
    this.models.get(volume)?.model.dispose();
    this.models.delete(volume);
  }

  /** Fetches and checks a model once; after a failure the next call tries again. */
  load(model: string, tell?: (progress: Progress) => void): Promise<Volume> {
    const made = this.made(model);
    if (made) return Promise.resolve(made);
    if (!/^[a-z][a-z0-9-]{0,40}$/.test(model)) return Promise.reject(new EngineError('unknown-model', `${model} is no model's name`));
    const known = this.volumes.get(model);
    if (known) {
      if (tell) this.hearers.get(model)?.add(tell);
      return known;
    }
    const hearers = new Set(tell ? [tell] : []);
    const coming = this.fetchVolume(model, (progress) => hearers.forEach((hear) => hear(progress)));
    this.volumes.set(model, coming);
    this.hearers.set(model, hearers);
    coming.catch(() => this.volumes.delete(model)).finally(() => this.hearers.delete(model));
    return coming;
  }

  private async fetchVolume(model: string, tell: (progress: Progress) => void): Promise<Volume> {
    const manifest = checkManifest(parsed(await this.fetchFile(`${model}/manifest.json`)));
    const weights = await this.fetchFile(`${model}/${manifest.weights.file}`, (loaded) => tell({ loaded }));
    const values = await checkWeights(weights, manifest);
    const selftest = await checkFile(await this.fetchFile(`${model}/${manifest.selftest.file}`), manifest.selftest);
    return { manifest, values, selftest };
  }

  /** The model on the present backend, where it passes the self-test that it brings. To be called within a turn. */
  async open(what: string | Volume): Promise<Model> {
    const volume = typeof what === 'string' ? await this.load(what) : what;
    let open = this.models.get(volume);
    if (!open) {
      const model = createModel(volume.manifest, volume.values, this.memory);
      const test = volume.selftest ? selfTest(model, volume.selftest) : makeCase(model).then((made) => (volume.selftest = made));
      const tested = test.then(() => model.noteIn(volume, this.isFirst));
      this.models.set(volume, (open = { model, tested }));
      const mine = open;
      // One that is wrong stays so until the backend changes; what failed otherwise is tried anew.
      mine.tested.catch((why: unknown) => {
        model.dispose();
        const isWrong = why instanceof EngineError && why.code !== 'out-of-memory';
        if (!isWrong && this.models.get(volume) === mine) this.models.delete(volume);
      });
    }
    await open.tested;
    return open.model;
  }

  /** Frees all tensors; models come back from the host copies when they are next opened. */
  close(): void {
    for (const { model } of this.models.values()) model.dispose();
    this.models.clear();
    this.idle = [];
    for (const close of this.closers) close();
  }
}

function parsed(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new EngineError('weights-header', 'manifest.json is not JSON');
  }
}

/** A download of which nothing has come for so long, ms, has stalled. */
const stalled = 30_000;

/** Fetches below `base`, streaming. */
export function fetchBelow(base: string): Fetch {
  return async (path, tell) => {
    const give = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    /** `part`, unless nothing comes of it for too long. */
    const soon = <T>(part: Promise<T>): Promise<T> => {
      clearTimeout(timer);
      timer = setTimeout(() => give.abort(`nothing came for ${stalled / 1000} s`), stalled);
      return part.catch((why: unknown) => Promise.reject(new EngineError('weights-missing', `${path}: ${String(why)}`)));
    };
    try {
      const answer = await soon(fetch(base + path, { signal: give.signal }));
      // Servers of single-page sites answer unknown paths with a page.
      if (!answer.ok || answer.headers.get('content-type')?.includes('text/html'))
        throw new EngineError('weights-missing', `${path}: answered ${answer.status}`);
      const total = Number(answer.headers.get('content-length'));
      const reader = answer.body!.getReader();
      const parts: Uint8Array[] = [];
      let arrived = 0;
      for (;;) {
        const { done, value } = await soon(reader.read());
        if (done) break;
        parts.push(value);
        arrived += value.length;
        if (total > 0) tell?.(Math.min(1, arrived / total));
      }
      tell?.(1);
      const bytes = new Uint8Array(arrived);
      parts.reduce((at, part) => (bytes.set(part, at), at + part.length), 0);
      return bytes.buffer;
    } finally {
      clearTimeout(timer);
    }
  };
}
