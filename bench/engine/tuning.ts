// Looks for ONNX Runtime's fastest form of the digit network: one choice after the other, then the three best in turns.
import { checked } from './checking';
import type { Competitor, Shipped } from './competitor';
import { nameOf, openPeer, type Choice } from './peer';
import { questionOf } from './question';
import { median, takeTurns } from './rounds';
import type { Site } from './site';

export interface Tuned {
  readonly best: Competitor;
  readonly name: string;
  readonly error: number;
  readonly variants: Readonly<Record<string, number | string>>;
}

type Axis = readonly Partial<Choice>[];

/** Where the search begins, and what is tried in place of it, the most telling first. */
const searches: Record<'webgpu' | 'wasm', { start: Choice; axes: readonly Axis[] }> = {
  webgpu: {
    start: { build: 'asyncify', norm: 'layer', silu: 'quick', condition: 'inputs', layout: 'NHWC', capture: false },
    axes: [
      [{ layout: 'NCHW' }],
      [{ capture: true }],
      [{ build: 'jsep' }, { build: 'jspi' }],
      [{ norm: 'instance' }, { norm: 'group' }, { norm: 'contrib' }],
      [{ silu: 'sigmoid' }],
      [{ condition: 'graph' }],
    ],
  },
  wasm: {
    start: { build: 'wasm', norm: 'instance', silu: 'sigmoid', condition: 'inputs' },
    axes: [[{ norm: 'layer' }, { norm: 'group' }, { norm: 'contrib' }], [{ silu: 'quick' }], [{ condition: 'graph' }]],
  },
};
const finalists = 3;

interface Tried {
  readonly choice: Choice;
  readonly peer: Competitor;
  readonly error: number;
  readonly milliseconds: number;
}

/** The fastest form of those that compute the network here, open, with the times of all that were tried; the best go on for `seconds`. */
export async function tune(
  site: Site,
  model: Shipped,
  options: { backend: 'webgpu' | 'wasm'; count: number; seconds: number },
): Promise<Tuned> {
  const { backend, count, seconds } = options;
  const { start, axes } = searches[backend];
  const variants: Record<string, number | string> = {};
  let best: Tried[] = [];

  async function attempt(choice: Choice): Promise<void> {
    const name = nameOf(choice);
    if (name in variants) return;
    try {
      const peer = await openPeer(await site.runtime(choice.build), model, choice, count);
      const { error, milliseconds: first } = await checked(peer, model, count, backend);
      let milliseconds = first;
      // What is over soon is asked more often: one forward alone says little on a busy machine.
      for (let turn = 0; turn < 12 && milliseconds < 100; turn++) {
        const begin = performance.now();
        await peer.forward(questionOf(count, 1024, turn));
        milliseconds = Math.min(milliseconds, performance.now() - begin);
      }
      variants[name] = milliseconds;
      best = [...best, { choice, peer, error, milliseconds }].sort((one, two) => one.milliseconds - two.milliseconds);
      for (const { peer: slower } of best.splice(finalists)) await slower.close();
      site.say(`ort, ${count}: ${name} ${milliseconds.toFixed(1)} ms`);
    } catch (why) {
      variants[name] = String(why).slice(0, 160);
      site.say(`ort, ${count}: ${name} does not take part: ${String(why).slice(0, 160)}`);
    }
  }

  await attempt(start);
  for (const axis of axes) {
    const { choice = start } = best[0] ?? {};
    for (const change of axis) await attempt({ ...choice, ...change });
  }
  if (best.length === 0) throw new Error(`ONNX Runtime computes the network in no form: ${JSON.stringify(variants)}`);
  const times = await takeTurns(best.map(({ peer }) => peer), { count, size: 1024, rounds: 7, seconds }); // prettier-ignore
  const order = best.map((tried, at) => ({ ...tried, milliseconds: median(times[at]!) }));
  order.forEach(({ choice, milliseconds }) => (variants[nameOf(choice)] = milliseconds));
  const [first, ...others] = order.sort((one, two) => one.milliseconds - two.milliseconds);
  for (const { peer } of others) await peer.close();
  return { best: first!.peer, name: nameOf(first!.choice), error: first!.error, variants };
}
