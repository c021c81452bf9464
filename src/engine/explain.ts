// What the engine tells of its networks: their plans, what a run listens to and leaves out, and live activations on request.
import type { NetworkPlan, Pixels, SampleRequest } from '.';
import { ablating } from './ablation';
import { Collected, hearing } from './activations';
import { EngineError } from './errors';
import { together, type Probe } from './forward';
import type { Held, Library, Volume } from './library';
import type { Manifest } from './manifest';
import type { Branch } from './model';
import { partsOf, planOf } from './plan';
import type { Guard } from './sample';

/** An activation that is waited for. */
interface Wish {
  readonly layer: string;
  /** With nothing where no run will bring it any more. */
  grant(pixels?: Pixels): void;
}

/** Those who listen in on one run. */
export interface Listening {
  readonly probe: (branch: Branch) => Probe;
  /** What the step just made has brought of the parts that are watched. */
  activations(): Readonly<Record<string, Pixels>>;
  end(): void;
}

/** Numbers that a run may hold in frozen parts: 128 MiB. */
const largestFrozen = 1 << 25;

export class Explain {
  private readonly plans = new WeakMap<Manifest, NetworkPlan>();
  private readonly runs = new Map<Volume, number>();
  private readonly wishes = new Map<Volume, Wish[]>();

  constructor(private readonly library: Library) {}

  async plan({ name, volume }: Held, guard: Guard): Promise<NetworkPlan> {
    const { manifest } = volume;
    let plan = this.plans.get(manifest);
    if (!plan) this.plans.set(manifest, (plan = planOf(name, ...(await guard(async () => (await this.library.open(volume)).trace())))));
    return plan;
  }

  /** The activation of `layer` in the next forward of a run of this model; where none runs, on what the model was last asked. */
  async peek(held: Held, layer: string, guard: Guard): Promise<Pixels> {
    refuseUnknown(await this.plan(held, guard), [layer]);
    const next = await this.next(held.volume, layer);
    return next ?? guard(async () => (await this.library.open(held.volume)).peek((take) => hearing(layer, take)));
  }

  private next(model: Volume, layer: string): Promise<Pixels | undefined> {
    if (!this.runs.get(model)) return Promise.resolve(undefined);
    return new Promise((grant) => this.wishes.set(model, [...(this.wishes.get(model) ?? []), { layer, grant }]));
  }

  /** Listens in on the run of a request until `end`. Rejects with `bad-request` where it names parts that the network does not have. */
  async listen(
    held: Held,
    { ablate = [], watch = [], count = 1, guidance, guidanceWeight }: SampleRequest,
    guard: Guard,
  ): Promise<Listening> {
    if (ablate.length + watch.length > 0) {
      const plan = await this.plan(held, guard);
      refuseUnknown(plan, [...ablate.map(({ layer }) => layer), ...watch]);
      const sizes = new Map(plan.layers.map(({ name, shape }) => [name, shape.reduce((product, side) => product * side, 1)]));
      const frozen = ablate.filter(({ how }) => how === 'freeze').reduce((sum, { layer }) => sum + (sizes.get(layer) ?? 0), 0);
      const branches = (guidance ?? guidanceWeight) === undefined ? 1 : 2;
      if (frozen * count * branches > largestFrozen)
        throw new EngineError('bad-request', `${count} items are too many to freeze these layers`);
    }
    const collected = new Collected(watch);
    const ablated = ablate.length > 0 ? ablating(ablate) : undefined;
    const model = held.volume;
    this.runs.set(model, (this.runs.get(model) ?? 0) + 1);
    return {
      probe: (branch) => together(ablated?.(branch), watch.length > 0 ? collected.probe(branch) : undefined, this.granting(model)),
      activations: () => collected.take(),
      end: () => this.end(model),
    };
  }

  /** Grants what is wished for when a forward begins. */
  private granting(model: Volume): Probe {
    return (from, keep, count) => {
      const wished = this.wishes.get(model) ?? [];
      if (from > 0 || wished.length === 0) return undefined;
      const grant = (wish: Wish, pixels: Pixels) => {
        this.wishes.set(
          model,
          (this.wishes.get(model) ?? []).filter((other) => other !== wish),
        );
        wish.grant(pixels);
      };
      return together(...wished.map((wish) => hearing(wish.layer, (pixels) => grant(wish, pixels))))(from, keep, count);
    };
  }

  private end(model: Volume): void {
    const left = (this.runs.get(model) ?? 1) - 1;
    if (left > 0) return void this.runs.set(model, left);
    this.runs.delete(model);
    for (const wish of this.wishes.get(model) ?? []) wish.grant();
    this.wishes.delete(model);
  }
}

function refuseUnknown(plan: NetworkPlan, layers: readonly string[]): void {
  const known = partsOf(plan);
  const stranger = layers.find((layer) => !known.includes(layer));
  if (stranger !== undefined)
    throw new EngineError('bad-request', `${plan.model} has no layer called ${stranger}; it has ${known.join(', ')}`);
}
