// The race: five runs of the engine at once, which take turns a step each; what is shown follows each lane's own computing time.
import type { Engine, EngineErrorCode, Pixels, Verdict } from '../../src/engine';
import { forwardTime } from '../../src/kit/pace';
import { watch } from '../../src/kit/watch';
import { advanced, isOver, progress, reached, slowness, type Frame } from './clock';
import { lanes, sampling, type Lane } from './controls';
import { lineUp, live } from './live';
import { imagesOf, pixels, shown } from './picture';
import { foretoldBest, foretoldFirst, ranked, rankSaid, type Result } from './podium';
import { evaluationsOf, modelPicked, nameOf, requestOf, stepsOf } from './samplers';

const { useValues, set } = sampling;
/** Milliseconds between two looks at the clock, and between two pictures of one lane in words and plain controls. */
const [tick, rest] = [40, 400];
/** Evaluations before the clock counts: the first is computed plainly and the second recorded where that helps, which no lane should pay. */
const warming = 2;
const ranks = ['rank1', 'rank2', 'rank3', 'rank4', 'rank5'] as const;

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

/** The digit that was asked for and the visitor's guesses, as they stood at the start. */
type Asked = Pick<ReturnType<typeof useValues.getState>, 'digit' | 'first' | 'best'>;

/** `watched`: milliseconds in which the longest lane of a quick device is shown. */
export function openRace(engine: Engine, { watched = 14_000 } = {}): () => void {
  let [turn, drawing] = [0, 0];
  const closers: (() => void)[] = [];
  const stop = () => closers.splice(0).forEach((close) => close());

  function clear() {
    for (const name of [...ranks, ...lanes, 'foretoldFirst', 'foretoldBest'] as const) set(name, null);
    set('podiumSays', { key: 'podiumNone' });
  }

  /** Everybody at the start, with the noise of this seed. */
  async function gather() {
    stop();
    const mine = ++turn;
    // The noise has a turn of its own: a race that begins meanwhile starts from it.
    const drawn = ++drawing;
    clear();
    set('raceSays', { key: 'atStart' });
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

  async function judge(course: readonly Running[], { digit, first, best }: Asked, mine: number) {
    const images = course.map(({ frames }) => frames.at(-1)!.image);
    const verdicts = await engine.classify(pixels(images)).catch((): Verdict[] => []);
    if (mine !== turn) return;
    const results = course.map(({ lane, steps, frames, evaluations }, i): Result => ({
      lane,
      steps,
      evaluations,
      milliseconds: frames.at(-1)!.at,
      image: images[i]!,
      verdict: verdicts[i],
    }));
    const order = ranked(results);
    live.placed = order.map(({ image }) => image);
    order.forEach((result, i) => set(ranks[i]!, rankSaid(result, i + 1, digit)));
    set('podiumSays', { key: verdicts.length ? 'podium' : 'podiumUnjudged', with: { digit } });
    set('foretoldFirst', foretoldFirst(first, results));
    set('foretoldBest', verdicts.length ? foretoldBest(best, results, digit) : null);
    set('raceSays', { key: 'finished', with: { winner: nameOf[order[0]!.lane] } });
  }

  function fail(code: EngineErrorCode) {
    stop();
    turn++;
    set('podiumSays', { key: 'podiumNone' });
    set('raceSays', { key: code === 'bad-request' ? 'ownRefused' : `engine.error.${code}` });
  }

  function start() {
    stop();
    const mine = ++turn;
    clear();
    lineUp();
    const model = modelPicked();
    if (model === '') return set('raceSays', { key: 'noOwn' });
    const values = useValues.getState();
    set('raceSays', { key: 'warming' });
    const warmUp = { ...requestOf('ddim', model, seed(), values), steps: warming };
    closers.push(watch(engine.sample(warmUp), { done: () => run(model, values, mine), fail }));
  }

  function run(model: string, values: ReturnType<typeof useValues.getState>, mine: number) {
    const course = lanes.map((lane): Running => ({
      lane,
      steps: stepsOf(lane, values),
      frames: [],
      evaluations: 0,
      isDone: false,
      told: 0,
      shown: undefined,
    }));
    const longest = Math.max(...course.map(({ lane, steps }) => evaluationsOf(lane, steps)));
    const slow = slowness(longest * (forwardTime(engine.report()) ?? 10), watched);
    set('raceSays', { key: 'starting' });
    set('podiumSays', { key: 'podiumRacing' });
    let [clock, before] = [0, performance.now()];
    for (const running of course)
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
      clock = advanced(clock, now - before, slow, course);
      before = now;
      for (const running of course) tell(running, clock, now);
      if (isJudged) return;
      if (isOver(clock, course)) {
        isJudged = true;
        clearInterval(timer);
        set('raceSays', { key: 'judging' });
        void judge(course, values, mine);
      } else if (clock > 0) set('raceSays', slow > 1 ? { key: 'racingSlow', with: { slow } } : { key: 'racing' });
    }, tick);
    closers.push(() => clearInterval(timer));
  }

  void gather();
  const stopListening = useValues.subscribe((now, then) => {
    if (now.another > then.another) void gather();
    if (now.start > then.start) start();
  });
  return () => {
    turn++;
    drawing++;
    stopListening();
    stop();
  };
}
