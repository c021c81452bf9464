// What the engine tells of its networks: their plans, what a run listens to and leaves out, and live activations on request.
import type { NetworkPlan, Pixels, SampleRequest } from '.';
import { ablating } from './ablation';
import { Collected, hearing } from './activations';
import { EngineError } from './errors';
import { together, type Probe } from './forward';
import type { Library } from './library';
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
  private readonly runs = new Map<string, number>();
  private readonly wishes = new Map<string, Wish[]>();

  constructor(private readonly library: Library) {}

  async plan(name: string, guard: Guard): Promise<NetworkPlan> {
    const { manifest } = await this.library.load(name);
    let plan = this.plans.get(manifest);
    if (!plan) this.plans.set(manifest, (plan = planOf(name, ...(await guard(async () => (await this.library.open(name)).record())))));
    return plan;
  }

  /** The activation of `layer` in the next forward of a run of this model; where none runs, on what the model was last asked. */
  async peek(name: string, layer: string, guard: Guard): Promise<Pixels> {
    refuseUnknown(await this.plan(name, guard), [layer]);
    const next = await this.next(name, layer);
    return next ?? guard(async () => (await this.library.open(name)).peek((take) => hearing(layer, take)));
  }

  private next(name: string, layer: string): Promise<Pixels | undefined> {
    if (!this.runs.get(name)) return Promise.resolve(undefined);
    return new Promise((grant) => this.wishes.set(name, [...(this.wishes.get(name) ?? []), { layer, grant }]));
  }

  /** Listens in on the run of a request until `end`. Rejects with `bad-request` where it names parts that the network does not have. */
  async listen({ model, ablate = [], watch = [], count = 1, guidance, guidanceWeight }: SampleRequest, guard: Guard): Promise<Listening> {
    if (ablate.length + watch.length > 0) {
      const plan = await this.plan(model, guard);
      refuseUnknown(plan, [...ablate.map(({ layer }) => layer), ...watch]);
      const sizes = new Map(plan.layers.map(({ name, shape }) => [name, shape.reduce((product, side) => product * side, 1)]));
      const held = ablate.filter(({ how }) => how === 'freeze').reduce((sum, { layer }) => sum + (sizes.get(layer) ?? 0), 0);
      const branches = (guidance ?? guidanceWeight) === undefined ? 1 : 2;
      if (held * count * branches > largestFrozen)
        throw new EngineError('bad-request', `${count} items are too many to freeze these layers`);
    }
    const collected = new Collected(watch);
    const ablated = ablate.length > 0 ? ablating(ablate) : undefined;
    this.runs.set(model, (this.runs.get(model) ?? 0) + 1);
    return {
      probe: (branch) => together(ablated?.(branch), watch.length > 0 ? collected.probe(branch) : undefined, this.granting(model)),
      activations: () => collected.take(),
      end: () => this.end(model),
    };
  }

  /** Grants what is wished for when a forward begins. */
  private granting(model: string): Probe {
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

  private end(model: string): void {
    const left = (this.runs.get(model) ?? 1) - 1;
    this.runs.set(model, left);
    if (left > 0) return;
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
