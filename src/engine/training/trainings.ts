// All trainings of the worker: each runs in turns until its steps are done, can be steered, and leaves checkpoints that are models.
import type { ModelName } from '..';
import type { Backends } from '../backends';
import type { Post } from '../core';
import { EngineError } from '../errors';
import type { Library, Volume } from '../library';
import { networks, type Denoiser, type Reader } from '../networks';
import { wrongIn } from '../networks/config';
import { heaviest } from '../networks/cost';
import { sha256 } from '../sha256';
import { readModel, writeModel } from './files';
import { Running } from './running';
import { importsMost, type Change, type TrainAsk } from './types';

export class Trainings {
  private readonly running = new Map<string, Running>();
  private readonly imports = new Map<ModelName, Volume>();
  private readonly coming = new Set<Promise<ModelName>>();
  /** Trainings whose first weights are on their way, by name. */
  private readonly beginning = new Map<string, Promise<Running>>();
  /** Files whose models are being tried, by name. */
  private readonly tried = new Map<ModelName, Promise<ModelName>>();

  constructor(
    private readonly library: Library,
    private readonly backends: Backends,
    private readonly post: Post,
  ) {
    library.lend((model) => this.imports.get(model) ?? this.of(model)?.volumes.find(model));
    library.onClose(() => this.running.forEach((one) => one.drop()));
  }

  /** The training that a model's name names. */
  private of(model: string): Running | undefined {
    return this.running.get(/^training:([^@]+)@/.exec(model)?.[1] ?? '');
  }

  /** Trains until the end, or until `stop`; one that ended stays for its checkpoints until it is forgotten. */
  async run(id: number, ask: TrainAsk, stop: AbortSignal): Promise<ModelName> {
    const { name } = ask;
    if (this.running.get(name)?.isOpen) throw new EngineError('bad-request', `a training called ${name} runs already`);
    const beginning = this.begin(id, ask).then((made) => {
      // Not before: one that is refused takes nobody's place.
      this.forget(name);
      this.running.set(name, made);
      return made;
    });
    this.beginning.set(name, beginning);
    const mine = await beginning.finally(() => this.beginning.delete(name));
    try {
      return await mine.run(stop);
    } finally {
      // Another may have been started under this name meanwhile.
      if (stop.aborted) {
        if (this.running.get(name) === mine) this.running.delete(name);
        mine.close();
      }
    }
  }

  private async begin(id: number, ask: TrainAsk): Promise<Running> {
    const { startFrom } = ask.request;
    if (startFrom?.includes(':')) await this.arrived();
    const start = startFrom === undefined || ask.from ? undefined : await this.library.load(startFrom);
    return new Running(ask, this.library, this.backends, (message, transfer) => this.post({ ...message, id }, transfer), start);
  }

  /** Changes a training that is there; of others nothing is known any more. */
  async steer(name: string, change: Change): Promise<void> {
    await this.beginning.get(name)?.catch(() => undefined);
    const one = this.running.get(name);
    if (change.kind === 'forget') this.forget(name);
    else if (one) one.steer(change);
    else if (change.kind === 'add') throw new EngineError('bad-request', `no training is called ${name}`);
  }

  /** Resolves when all that was to be imported by now has been, or has been refused. */
  async arrived(): Promise<void> {
    await Promise.allSettled(this.coming);
  }

  /** The file of a model that is held: shipped, trained or imported. */
  async exportModel(volume: Volume): Promise<Uint8Array> {
    const { prediction, model } = volume.manifest;
    if (prediction !== 'v') throw new EngineError('bad-request', `${model} does not denoise`);
    // Opened: it is whole, and has its self-test.
    await this.backends.compute('', () => this.library.open(volume));
    return writeModel(volume);
  }

  /** A model from a file, under a name that is made of its contents. It stands beside all others; one that is refused changes nothing. */
  async importModel(file: Uint8Array): Promise<ModelName> {
    const work = this.imported(file);
    this.coming.add(work);
    return work.finally(() => this.coming.delete(work));
  }

  private async imported(given: Uint8Array): Promise<ModelName> {
    if (!(given instanceof Uint8Array)) throw new EngineError('bad-request', 'a model is imported from bytes');
    const file = new Uint8Array(given);
    const read = await readModel(file);
    const name = `import:${(await sha256(file)).slice(0, 16)}`;
    // The same file again, while it is tried: it is no better the second time.
    const trial = this.tried.get(name) ?? this.tryOut({ ...read, manifest: { ...read.manifest, model: name } });
    this.tried.set(name, trial);
    return trial.finally(() => this.tried.delete(name));
  }

  /** Whatever it calls itself in its file, the model's name is another: one that says it is the testing model, and is not, must blame no device. */
  private async tryOut(volume: Volume): Promise<ModelName> {
    const { model: name } = volume.manifest;
    const known = this.imports.get(name);
    if (known) {
      this.imports.delete(name);
      this.imports.set(name, known);
      return name;
    }
    modest(volume);
    this.imports.set(name, volume);
    const held = await this.library.hold(name);
    try {
      await this.backends.compute('', () => this.library.open(volume));
      for (const [old, first] of [...this.imports].slice(0, -importsMost)) {
        this.imports.delete(old);
        this.library.drop(first);
      }
      return name;
    } catch (why) {
      this.imports.delete(name);
      this.library.drop(volume);
      throw why;
    } finally {
      held.release();
    }
  }

  private forget(name: string): void {
    this.running.get(name)?.close();
    this.running.delete(name);
  }

  /** For tests and the fault buttons: the next piece of every training finds no memory, or its numbers lost. */
  fault(what: 'memory' | 'numbers'): void {
    for (const one of this.running.values()) one.spoil(what);
  }
}

/** Refuses what would keep a device busy for minutes with its self-test alone: sizes are not bounded by the bytes of a file. */
function modest({ manifest, selftest }: Volume): void {
  const { model, network: name, config, classes } = manifest;
  const network: Denoiser | Reader | undefined = Object.hasOwn(networks, name) ? networks[name as keyof typeof networks] : undefined;
  // What is wrong otherwise is told by those who open it.
  if (network?.kind !== 'denoiser' || wrongIn(config, network.rules(classes.length))) return;
  const size = network.item(config).reduce((product, side) => product * side, 1);
  const items = Math.max(1, (selftest?.x?.values.length ?? 0) / size);
  const operations = items * network.operations(config, classes.length);
  if (operations > heaviest)
    throw new EngineError('weights-shape', `${model}: ${operations} operations for its self-test are too much for a visitor's device`);
}
