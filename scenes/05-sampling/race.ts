// The race: a run of the engine for every lane at once, which take turns a step each; what is shown follows each lane's own computing time.
import type { Engine, EngineErrorCode, Pixels } from '../../src/engine';
import { forwardTime } from '../../src/kit/pace';
import { watch } from '../../src/kit/watch';
import { award, clearPodium } from './award';
import { advanced, isOver, progress, reached, slowness, type Frame } from './clock';
import { sampling } from './controls';
import { lanes, type Lane } from './lanes';
import { lineUp, live } from './live';
import { imagesOf, shown } from './picture';
import { evaluationsOf, modelPicked, requestOf, stepsOf } from './samplers';

const { useValues, set } = sampling;
/** Milliseconds between two looks at the clock, and between two pictures of one lane in words and plain controls. */
const [tick, rest] = [40, 400];
/** Evaluations before the clock counts: the first is computed plainly and the second recorded where that helps, which no lane should pay. */
const warming = 2;
/** Times that a race begins again by itself: one that breaks what it computes on does not do so for ever. */
const most = 2;
/** Milliseconds for which the board says why a race began again. */
const telling = 6000;

interface Running {
  readonly lane: Lane;
  readonly steps: number;
  frames: Frame[];
  evaluations: number;
  isDone: boolean;
  /** When its picture was last told to the controls. */
  told: number;
  shown: Float32Array | undefined;
}

type Values = ReturnType<typeof useValues.getState>;

/** `watched`: milliseconds in which the longest lane of a quick device is shown. */
export function openRace(engine: Engine, { watched = 14_000 } = {}): () => void {
  let [turn, drawing] = [0, 0];
  /** Begins the race that is under way again. */
  let again = () => {};
  const closers: (() => void)[] = [];
  function stop() {
    closers.splice(0).forEach((close) => close());
    again = () => {};
  }

  function clear() {
    for (const lane of lanes) set(lane, null);
    clearPodium();
    lineUp();
  }

  /** Everybody at the start, with the noise of this seed. */
  async function gather() {
    stop();
    const mine = ++turn;
    // The noise has a turn of its own: a race that begins meanwhile starts from it.
    const drawn = ++drawing;
    clear();
    set('raceSays', { key: modelPicked() === '' ? 'noOwn' : 'atStart' });
    const image: Pixels = { values: new Float32Array(32 * 32), shape: [1, 32, 32, 1] };
    // So loud that of an empty picture nothing is left: the noise alone.
    const noise = await engine.noise({ image, level: 1e5, seed: seed() }).catch(() => undefined);
    if (drawn !== drawing) return;
    live.noise = noise && imagesOf(noise)[0];
    if (mine !== turn) return;
    lineUp();
    for (const lane of lanes) if (live.noise) set(lane, shown(live.noise, { key: 'startPicture' }));
  }

  const seed = () => 500 + useValues.getState().another;

  function tell(running: Running, clock: number, now: number) {
    const runner = live.runners[running.lane];
    const frame = reached(running, clock);
    runner.progress = progress(running, clock);
    runner.image = frame?.image ?? live.noise;
    if (!frame || running.shown === frame.image || (runner.progress < 1 && now - running.told < rest)) return;
    running.told = now;
    running.shown = frame.image;
    set(
      running.lane,
      shown(frame.image, { key: 'lanePicture', with: { step: Math.round(runner.progress * running.steps), steps: running.steps } }),
    );
  }

  function fail(code: EngineErrorCode) {
    stop();
    turn++;
    set('podiumSays', { key: 'podiumNone' });
    set('raceSays', { key: code === 'bad-request' ? 'ownRefused' : `engine.error.${code}` });
  }

  /** `losses`: how often what computed this race was lost on its way. */
  function start(values = useValues.getState(), losses = 0) {
    stop();
    const mine = ++turn;
    clear();
    const model = modelPicked(values);
    if (model === '') return set('raceSays', { key: 'noOwn' });
    // Times can be compared only where all lanes ran on the same device from their start.
    if (losses < most) again = () => start(values, losses + 1);
    set('raceSays', { key: losses ? 'again' : 'warming' });
    const warmUp = { ...requestOf('ddim', model, seed(), values), steps: warming };
    closers.push(watch(engine.sample(warmUp), { done: () => run(model, values, mine, losses > 0), fail }));
  }

  function run(model: string, values: Values, mine: number, isAgain: boolean) {
    const runs = lanes.map((lane): Running => ({
      lane,
      steps: stepsOf(lane, values),
      frames: [],
      evaluations: 0,
      isDone: false,
      told: 0,
      shown: undefined,
    }));
    const longest = Math.max(...runs.map(({ lane, steps }) => evaluationsOf(lane, steps)));
    const slow = slowness(longest * (forwardTime(engine.report()) ?? 10), watched);
    if (!isAgain) set('raceSays', { key: 'starting' });
    set('podiumSays', { key: isAgain ? 'podiumAgain' : 'podiumRacing' });
    let [clock, before] = [0, performance.now()];
    const quiet = isAgain ? before + telling : 0;
    for (const running of runs)
      closers.push(
        watch(engine.sample(requestOf(running.lane, model, seed(), values)), {
          step({ noisy, index, computing, evaluations }) {
            // Asked anew, after its worker was lost: this lane runs from its start again.
            if (index < (running.frames.at(-1)?.done ?? 0)) {
              running.frames = [];
              clock = 0;
            }
            running.frames.push({ at: computing, done: index + 1, image: imagesOf(noisy)[0]! });
            running.evaluations = evaluations;
          },
          done: () => (running.isDone = true),
          fail,
        }),
      );
    let isJudged = false;
    const timer = setInterval(() => {
      const now = performance.now();
      clock = advanced(clock, now - before, slow, runs);
      before = now;
      for (const running of runs) tell(running, clock, now);
      if (isJudged) return;
      if (isOver(clock, runs)) {
        isJudged = true;
        clearInterval(timer);
        again = () => {};
        set('raceSays', { key: 'judging' });
        void award(engine, runs.map(finisher), values, () => mine === turn);
      } else if (clock > 0 && now > quiet) set('raceSays', slow > 1 ? { key: 'racingSlow', with: { slow } } : { key: 'racing' });
    }, tick);
    closers.push(() => clearInterval(timer));
  }

  void gather();
  const stopListening = useValues.subscribe((now, then) => {
    // With another digit or network, or from other noise, it is another race.
    if (now.another > then.another || now.digit !== then.digit || now.network !== then.network) void gather();
    if (now.start > then.start) start();
  });
  const stopHearing = engine.onLost(() => again());
  return () => {
    turn++;
    drawing++;
    stopListening();
    stopHearing();
    stop();
  };
}

/** What the podium needs of a lane that is in. */
function finisher({ lane, steps, frames, evaluations }: Running) {
  const { at, image } = frames.at(-1)!;
  return { lane, steps, evaluations, milliseconds: at, image };
}
