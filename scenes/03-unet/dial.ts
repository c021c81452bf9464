// The time dial: one digit with one noise, mixed as the dial stands, and what the network, which isn't told the digit, makes of them.
import { abarOf, scheduleOf, type Engine, type Pixels } from '../../src/engine';
import { codeOf, watch } from '../../src/kit/watch';
import type { Said } from '../../src/controls';
import { isDigit } from '../../src/kit/verdict';
import { percentOf } from '../../src/text/amounts';
import { unet } from './controls';
import { ablationsNow, levers } from './ablate';
import { live, show } from './live';
import { useNetwork } from './network';
import { judged } from './paired';
import { shown } from './picture';

const { useValues, set } = unet;
type Fill = Said['with'] & object;
/** One noise for the whole dial: what changes is the time alone. */
const seed = 77;

interface Hall {
  /** Makes room in the hall, and gives it back. */
  halt(): void;
  again(): void;
  result(): Pixels | undefined;
}

/** Ink is 1 and paper -1: a guess that is nowhere brighter than this is a blur. */
const palest = 0.25;

/** What is said of the whole network's guess without asking the judge; undefined where it takes one. */
function plainly(noise: number, { values }: Pixels): string | undefined {
  if (noise < 0.35) return 'dialClean';
  return values.every((value) => value < palest) ? 'dialNoise' : undefined;
}

/**
 * The hall shows the dial's forward for `rest` ms after the last turn; then the next digit goes through it. Until somebody turns it,
 * the dial shows each finished digit on its own board alone.
 */
export function openDial(engine: Engine, hall: Hall, rest = 9000): () => void {
  let turn = 0;
  let stop = () => {};
  let digit: Pixels | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The hall is the dial's. */
  let isTurned = false;

  /** Whether the judge sees another digit in the guess than in the one that went in. */
  async function compared(guess: Pixels, fill: Fill): Promise<Said> {
    const [[first], [second]] = await Promise.all([judged(engine, digit!), judged(engine, guess)]);
    const isOther = first && second && isDigit(second) && first.label !== second.label;
    return isOther ? { key: 'dialOther', with: { ...fill, first: first.label, label: second.label } } : { key: 'dialHalf', with: fill };
  }

  async function look(t: number, takesHall: boolean) {
    const mine = ++turn;
    stop();
    clearTimeout(timer);
    const { layout } = useNetwork.getState();
    const level = scheduleOf('cosine')(t);
    digit = hall.result() ?? digit;
    if (!layout || !digit) return set('dialSays', { key: 'dialWait' });
    isTurned = takesHall;
    if (takesHall) hall.halt();
    try {
      const input = await engine.noise({ image: digit, level, seed });
      if (mine !== turn) return;
      // What is frozen is what a part put out at a run's first step, and the dial's only step is its first.
      const pulled = ablationsNow(layout);
      const ablate = pulled.filter(({ how }) => how !== 'freeze');
      const job = engine.sample({
        ...{ model: layout.model, sampler: 'ddim', schedule: 'cosine', steps: 1, seed: 1, room: unet.room },
        start: { image: input, level, noisy: true },
        watch: layout.stations.slice(1, -1).map(({ name }) => name),
        ...(ablate.length > 0 ? { ablate } : {}),
      });
      stop = watch(job, {
        step({ clean, activations }) {
          const noise = 1 - abarOf(level);
          const fill = { t: Number(t.toFixed(2)), percent: Math.round(t * 100), noise: percentOf(noise), signal: percentOf(1 - noise) };
          set('dialNoisy', shown(input, { key: 'dialPicture', with: fill }));
          set('dialGuess', shown(clean, { key: 'dialGuessed', with: fill }));
          const plain = ablate.length > 0 ? 'dialCut' : pulled.length > 0 ? 'dialFrozen' : plainly(noise, clean);
          if (plain) set('dialSays', { key: plain, with: fill });
          else void compared(clean, fill).then((said) => mine === turn && set('dialSays', said));
          if (!takesHall) return;
          const flat = ({ values, shape }: Pixels): Pixels => ({ values, shape: shape.slice(1) });
          live.cut = new Set(ablate.map(({ layer }) => layer));
          show({ index: 0, steps: 1, noise, maps: { ...activations, input: flat(input), output: flat(clean) } });
        },
        fail: (code) => set('dialSays', { key: `engine.error.${code}` }),
      });
    } catch (why) {
      if (mine === turn) set('dialSays', { key: `engine.error.${codeOf(why)}` });
    }
    if (mine === turn && takesHall) timer = setTimeout(giveBack, rest);
  }

  function giveBack() {
    if (!useValues.getState().going) return;
    isTurned = false;
    hall.again();
  }

  function end() {
    turn++;
    isTurned = false;
    clearTimeout(timer);
    stop();
  }

  /** The hall is another's; what the dial showed was of the network as it stood. */
  function leave() {
    end();
    for (const name of ['dialNoisy', 'dialGuess', 'dialSays'] as const) set(name, null);
  }

  function clear() {
    leave();
    digit = undefined;
  }

  const stopListening = useValues.subscribe((now, old) => {
    if (now.digit !== old.digit || now.another > old.another) clear();
    if (now.how !== old.how || levers.some((lever) => now[lever] !== old[lever])) leave();
    if (now.clock !== old.clock) void look(now.clock, true);
    else if (now.whole !== old.whole && now.whole?.said.key === 'finishedPicture' && !isTurned) void look(now.clock, false);
  });
  // Another network made no such digit, and would guess otherwise.
  const stopNetwork = useNetwork.subscribe(clear);
  return () => {
    end();
    stopListening();
    stopNetwork();
  };
}
