// The count at the levers: up to fifty digits with the network as it is cut, and as many with the whole one, from the same noises.
import type { Engine } from '../../src/engine';
import { codeOf } from '../../src/kit/watch';
import { percentOf } from '../../src/text/amounts';
import { unet } from './controls';
import { ablationsNow } from './ablate';
import { isWeak, measure, roundsFor, type Measured, type Way } from './measure';
import { useNetwork } from './network';
import { sheet, shown } from './picture';

const { useValues, set } = unet;

/** What a finished count says of the cut, if the whole network draws well enough to tell. */
function verdictOf(found: Measured): string {
  const [whole, cut] = found.ways.map(({ agree }) => agree) as [number, number];
  if (isWeak(found)) return 'verdict.weak';
  if (whole - cut <= found.count * 0.1) return 'verdict.little';
  return cut <= found.count * 0.3 ? 'verdict.lost' : 'verdict.some';
}

export function openContest(engine: Engine): () => void {
  let turn = 0;
  let stop = () => {};

  function tell(key: string, { count, ways: [whole, cut] }: Measured, of: number) {
    const fill = { count, of, whole: whole!.agree, cut: cut!.agree, apart: percentOf(cut!.apart) };
    set('verdict', { key, with: fill });
    const row = ({ pictures }: Way) =>
      Array.from({ length: pictures.shape[0]! }, (_, at) => shown(pictures, { key: 'sheet', with: fill }, at));
    set('sheet', sheet([row(whole!), row(cut!)], { key: 'sheet', with: fill }));
  }

  async function count(seed: number) {
    clear();
    const mine = turn;
    const { layout } = useNetwork.getState();
    if (!layout) return;
    const cut = ablationsNow(layout);
    if (cut.length === 0) return set('verdict', { key: 'verdict.pull' });
    const rounds = roundsFor(engine, 2);
    set('verdict', { key: 'verdict.begun', with: { of: rounds * 10 } });
    const asked = { model: layout.model, ways: [[], cut], rounds, seed, isOver: () => mine !== turn };
    try {
      const found = await measure(engine, {
        ...asked,
        running: (end) => (stop = end),
        progress: (so) => tell('verdict.running', so, rounds * 10),
      });
      tell(verdictOf(found), found, rounds * 10);
    } catch (why) {
      const code = codeOf(why);
      if (mine === turn && code !== 'cancelled') set('verdict', { key: `engine.error.${code}` });
    }
  }

  function clear() {
    turn++;
    stop();
    set('sheet', null);
    set('verdict', null);
  }

  const stopListening = useValues.subscribe((now, old) => {
    const isOther = (['bridge1', 'bridge2', 'middle', 'time', 'how'] as const).some((name) => now[name] !== old[name]);
    if (isOther) clear();
    if (now.count > old.count) void count(300 + now.count * 10);
  });
  // What was counted is true of the network that stood here.
  const stopNetwork = useNetwork.subscribe(clear);
  return () => {
    turn++;
    stop();
    stopListening();
    stopNetwork();
  };
}
