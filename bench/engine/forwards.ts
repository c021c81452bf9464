// pilot
import { apart, known, type Competitor } from './competitor';
import { openOurs } from './ours';
import { nameOf, openPeer, type Choice } from './peer';
import { model, runtimes, start } from './place';
import { median, takeTurns } from './rounds';
import { openRuntime, type Build } from './runtime';
import type { PartOptions, Say } from './parts';

export async function forwards({ backend, counts, rounds }: PartOptions, say: Say): Promise<unknown> {
  const place = await start(backend);
  say(place.adapter);
  const digits = await model('digits');
  const choices: Choice[] = [];
  if (backend === 'wasm') for (const norm of ['instance', 'layer', 'group'] as const) for (const condition of ['graph', 'inputs'] as const) choices.push({ build: 'wasm', norm, silu: 'sigmoid', condition });
  else {
    const base = { build: 'asyncify', norm: 'layer', silu: 'quick', condition: 'inputs', layout: 'NHWC', capture: false } as const;
    choices.push({ ...base, layout: 'NCHW' }, base, { ...base, layout: 'NCHW', capture: true }, { ...base, build: 'jsep', layout: 'NCHW', silu: 'sigmoid' });
  }
  const found: Record<string, unknown> = {};
  const opened: Partial<Record<Build, ReturnType<typeof openRuntime>>> = {};
  for (const count of counts) {
    const { question, answer } = known(digits, count);
    const all: Competitor[] = [openOurs(digits, 'stock')];
    for (const choice of choices) {
      const begin = performance.now();
      try {
        const ort = await (opened[choice.build] ??= openRuntime(choice.build, runtimes()));
        const peer = await openPeer(ort, digits, choice, count);
        const error = apart(await peer.forward(question), answer);
        const a = performance.now();
        await peer.forward(question);
        say(`${count} ${peer.name}: error ${error.toExponential(1)}, open ${((a - begin) / 1000).toFixed(1)} s, then ${(performance.now() - a).toFixed(0)} ms`);
        all.push(peer);
      } catch (why) {
        say(`${count} ${nameOf(choice)}: ${String(why).slice(0, 300)}`);
      }
    }
    say(`stock error ${apart(await all[0]!.forward(question), answer).toExponential(1)}`);
    const times = await takeTurns(all, { count, size: 1024, rounds });
    all.forEach(({ name }, at) => say(`b${count} ${name}: ${median(times[at]!).toFixed(1)} ms, ${(median(times[at]!.map((t, r) => times[0]![r]! / t))).toFixed(2)} x stock; ${times[at]!.map((t) => t.toFixed(0)).join(' ')}`));
    found[count] = Object.fromEntries(all.map(({ name }, at) => [name, median(times[at]!)]));
    for (const one of all) await one.close();
  }
  say(`errors ${place.errors().length} ${place.errors()[0]}`);
  return found;
}
