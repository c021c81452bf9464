// The digit that denoises through the hall: one run of the whole network, one of the cut one from the same noise, shown in step.
import type { Ablation, Engine, SamplerStep } from '../../src/engine';
import { codeOf } from '../../src/kit/watch';
import { percentOf } from '../../src/text/amounts';
import { unet } from './controls';
import { ablationsNow, levers } from './ablate';
import type { Layout } from './layout';
import { frameOf } from './frame';
import { live, show } from './live';
import { paired } from './paired';
import { shown } from './picture';
import { trackOf, type Track } from './track';

const { useValues, set } = unet;
/** Milliseconds that the finished digit stays before the next run; a pair of them, with what it says of itself, longer. */
const [rest, restOfPair] = [5000, 12_000];
/** Milliseconds between two looks whether the next step is there. */
const look = 40;

export function openRun(engine: Engine) {
  let layout: Layout | undefined;
  let tracks: Track[] = [];
  let at = -1;
  let timer: ReturnType<typeof setInterval> | undefined;
  let seed = 20;
  /** Models that the visitor made may know other classes, or none. */
  let isPrompted = true;
  /** What the visitor foretold before this run. */
  let expected = '';

  function ask(ablate: readonly Ablation[], digit: string): Track {
    return trackOf(engine, { layout: layout!, ablate, seed, prompt: isPrompted ? digit : undefined }, (code) => {
      halt();
      if (code === 'bad-request' && isPrompted) {
        isPrompted = false;
        return again();
      }
      set('stepSays', { key: `engine.error.${code}` });
    });
  }

  function halt() {
    clearInterval(timer);
    tracks.forEach(({ stop }) => stop());
    tracks = [];
    at = -1;
  }

  /** Runs anew. `more`: of the same, so that what was found of the last stands until the next is found. */
  function again(more = false) {
    halt();
    if (!layout) return;
    const ablate = ablationsNow(layout);
    const { digit, expect } = useValues.getState();
    expected = expect;
    live.cut = new Set(ablate.map(({ layer }) => layer));
    tracks = [ask([], digit || '3'), ...(ablate.length > 0 ? [ask(ablate, digit || '3')] : [])];
    if (ablate.length === 0) set('changed', null);
    if (!more) {
      set('pairSays', { key: ablate.length > 0 ? 'pair.running' : 'pair.whole' });
      set('foretold', null);
    }
    timer = setInterval(step, look);
  }

  /** Shows the next step once every run has come so far and the last one has been seen. */
  function step() {
    if (at >= 0 && performance.now() - live.since < live.stay) return;
    const next = tracks.map(({ frames }) => frames.find(({ index }) => index > at));
    if (next.every((one) => one !== undefined)) {
      at = Math.max(...next.map(({ index }) => index));
      tracks.forEach(({ frames }, way) => present(frames, way));
      return;
    }
    if (tracks.every(({ result }) => result)) finish();
  }

  function present(frames: readonly SamplerStep[], way: number) {
    const now = frames.findLast(({ index }) => index <= at)!;
    const frame = frameOf(now, frames[frames.indexOf(now) - 1]);
    const fill = { step: now.index + 1, steps: now.steps, noise: percentOf(frame.noise) };
    set(way === 0 ? 'whole' : 'changed', shown(now.clean, { key: way === 0 ? 'wholePicture' : 'changedPicture', with: fill }));
    // The hall shows the network as its levers stand.
    if (way !== tracks.length - 1) return;
    show(frame);
    const { input } = frame.maps;
    set('noisy', input ? shown({ ...input, shape: [1, ...input.shape] }, { key: 'noisyPicture', with: fill }) : null);
    set('guess', shown(now.clean, { key: 'guessPicture', with: fill }));
    set('stepSays', { key: 'step', with: fill });
  }

  function finish() {
    clearInterval(timer);
    const results = tracks.map(({ result }) => result!);
    const { digit } = useValues.getState();
    set('guess', shown(results.at(-1)!, { key: 'finishedPicture' }));
    set('whole', shown(results[0]!, { key: 'finishedPicture' }));
    if (results[1]) set('changed', shown(results[1], { key: 'finishedPicture' }));
    const mine = tracks;
    paired(engine, results, { digit: isPrompted ? digit : '', expect: expected }).then(
      ({ done, pair, foretold }) => {
        if (mine !== tracks) return;
        set('stepSays', done);
        set('pairSays', pair);
        set('foretold', foretold);
      },
      (why: unknown) => mine === tracks && set('stepSays', { key: `engine.error.${codeOf(why)}` }),
    );
    timer = setInterval(
      () => {
        if (useValues.getState().going) {
          seed++;
          again(true);
        }
      },
      mine.length > 1 ? restOfPair : rest,
    );
  }

  const stopListening = useValues.subscribe((now, old) => {
    const isOther = now.digit !== old.digit || now.how !== old.how;
    const isCut = levers.some((lever) => now[lever] !== old[lever]);
    // What was said of one guess is not said of another.
    if (now.expect !== old.expect) set('foretold', null);
    if (now.another > old.another) seed++;
    if (isOther || isCut || now.another > old.another) again();
  });

  return {
    take(of: Layout) {
      layout = of;
      isPrompted = true;
      // What is still shown is of the network before, and of other shapes.
      show(undefined);
      for (const name of ['noisy', 'guess', 'whole', 'changed', 'stepSays'] as const) set(name, null);
      again();
    },
    /** Stops for someone else who shows something in the hall; `again` goes on. */
    halt,
    again: () => again(),
    /** The finished picture of the whole network, for other experiments. */
    result: () => tracks[0]?.result,
    close() {
      stopListening();
      halt();
      show(undefined);
      live.cut = new Set();
    },
  };
}
