// The time dial: one digit with one noise, and what the network makes of them when they are mixed as at another time.
import { abarOf, scheduleOf, type Engine, type Pixels } from '../../src/engine';
import { codeOf, watch } from '../../src/kit/watch';
import { percentOf } from '../../src/text/amounts';
import { unet } from './controls';
import { cutNow } from './cut';
import { live, show } from './live';
import { useNetwork } from './network';
import { isClean } from './paired';
import { shown } from './picture';

const { useValues, set } = unet;
/** One noise for the whole dial: what changes is the time alone. */
const seed = 77;
/** The hall shows the dial's forward for so long after the last turn, ms; then the next digit goes through it. */
const rest = 9000;

interface Hall {
  /** Makes room in the hall, and gives it back. */
  halt(): void;
  again(): void;
  result(): Pixels | undefined;
}

export function openDial(engine: Engine, hall: Hall): () => void {
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
      const ablate = cutNow(layout);
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
          // That the guess is a blur is said of one that is.
          const isBlur = noise >= 0.9 && !isClean(clean.values);
          set('dialSays', { key: noise < 0.35 ? 'dialClean' : isBlur ? 'dialNoise' : 'dialHalf', with: fill });
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

  function clear() {
    end();
    digit = undefined;
    for (const name of ['dialNoisy', 'dialGuess', 'dialSays'] as const) set(name, null);
  }

  const stopListening = useValues.subscribe((now, old) => {
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
