// The time dial: one digit with one noise, and what the network makes of them when they are mixed as at another time.
import { abarOf, scheduleOf, type Engine, type Pixels } from '../../src/engine';
import { codeOf, watch } from '../../src/kit/watch';
import { percentOf } from '../../src/text/amounts';
import { unet } from './controls';
import { cutNow, levers } from './cut';
import { live, show } from './live';
import { useNetwork } from './network';
import { isClean } from './paired';
import { shown } from './picture';

const { useValues, set } = unet;
/** One noise for the whole dial: what changes is the time alone. */
const seed = 77;

interface Hall {
  /** Makes room in the hall, and gives it back. */
  halt(): void;
  again(): void;
  result(): Pixels | undefined;
}

/** What is said of the whole network's guess; that it is a blur, of one that is. */
function saidOf(noise: number, guess: Pixels, instead: string): string {
  if (instead !== '') return instead;
  if (noise < 0.35) return 'dialClean';
  return noise >= 0.9 && !isClean(guess.values) ? 'dialNoise' : 'dialHalf';
}

/** The hall shows the dial's forward for `rest` ms after the last turn; then the next digit goes through it. */
export function openDial(engine: Engine, hall: Hall, rest = 9000): () => void {
  let turn = 0;
  let stop = () => {};
  let digit: Pixels | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function look(t: number) {
    const mine = ++turn;
    stop();
    clearTimeout(timer);
    const { layout } = useNetwork.getState();
    const level = scheduleOf('cosine')(t);
    digit = hall.result() ?? digit;
    if (!layout || !digit) return set('dialSays', { key: 'dialWait' });
    hall.halt();
    try {
      const input = await engine.noise({ image: digit, level, seed });
      if (mine !== turn) return;
      // What is frozen is what a part put out at a run's first step, and the dial's only step is its first.
      const pulled = cutNow(layout);
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
          set('dialSays', { key: saidOf(noise, clean, ablate.length > 0 ? 'dialCut' : pulled.length > 0 ? 'dialFrozen' : ''), with: fill });
          const flat = ({ values, shape }: Pixels): Pixels => ({ values, shape: shape.slice(1) });
          live.cut = new Set(ablate.map(({ layer }) => layer));
          show({ index: 0, steps: 1, noise, maps: { ...activations, input: flat(input), output: flat(clean) } });
        },
        fail: (code) => set('dialSays', { key: `engine.error.${code}` }),
      });
    } catch (why) {
      if (mine === turn) set('dialSays', { key: `engine.error.${codeOf(why)}` });
    }
    if (mine === turn) timer = setTimeout(() => useValues.getState().going && hall.again(), rest);
  }

  function end() {
    turn++;
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
    if (now.clock !== old.clock) void look(now.clock);
  });
  // Another network made no such digit, and would guess otherwise.
  const stopNetwork = useNetwork.subscribe(clear);
  return () => {
    end();
    stopListening();
    stopNetwork();
  };
}
