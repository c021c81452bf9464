// The dance at the lever: forward by the closed form with one fixed noise, back by the model from wherever the visitor turned.
import type { Engine } from '../../src/engine';
import { codeOf } from '../../src/kit/watch';
import { percentOf } from '../../src/text/amounts';
import { mixed } from './closed';
import { compare, forget } from './compare';
import { noise } from './controls';
import { side } from './drawn';
import { openGuess } from './guess';
import { atRest, cameBack, leastNoise, moved, turned, type Journey, type Recorded } from './journey';
import { pureNoise } from './picture';
import { abarAt, levelAt, schedulePicked } from './schedule';
import { settled } from './settled';
import { placeLever, showBack, showForward } from './show';
import { openWayBack, type WayBack } from './wayBack';

const { useValues, set } = noise;
/** Milliseconds between two moves of a lever that comes back by itself. */
const tick = 33;

export interface Dance {
  /** Sets out anew with this clean picture, from where the lever stands; undefined: there is none yet. */
  take(image: Float32Array | undefined): void;
  close(): void;
}

/** `onTrip`: a way back starts here, or is over (undefined). */
export function openDance(engine: Engine, onTrip: (from: Recorded | undefined) => void): Dance {
  const guess = openGuess(engine);
  let journey: Journey = atRest;
  let original: Float32Array | undefined;
  let eps: Float32Array | undefined;
  let wayBack: WayBack | undefined;
  let told: WayBack | undefined;
  let playing: ReturnType<typeof setInterval> | undefined;
  let isOwnMove = false;
  let isClosed = false;

  function show() {
    placeLever(journey);
    if (!original || !eps) return;
    if (wayBack) showBack(journey, wayBack);
    else guess.of(showForward(journey, original, eps), levelAt(schedulePicked(), journey.t));
  }

  function leaveWayBack() {
    wayBack?.close();
    wayBack = undefined;
    onTrip(undefined);
    forget();
  }

  function turnBack(next: Journey) {
    if (!original || !eps) return;
    leaveWayBack();
    guess.rest();
    journey = next;
    const t = next.furthest;
    const noisy = mixed(original, eps, abarAt(schedulePicked(), t));
    const first = { t, level: levelAt(schedulePicked(), t), noisy, clean: useValues.getState().guess?.values ?? noisy };
    wayBack = openWayBack(engine, first, {
      frame: show,
      arrived: hold,
      failed(code) {
        begin(t);
        set('leverSays', { key: `engine.error.${code}` });
      },
    });
    onTrip(first);
  }

  /** Once the lever is home and the run is over, the two pictures are held against each other. */
  function hold() {
    const result = wayBack?.result();
    if (!original || !result || journey.t > 0) return;
    void compare(engine, original, result, percentOf(journey.furthest));
    void tellSettled(journey.furthest, wayBack);
  }

  /** Adds to the sentence at the lever when the guess was settled; once a way back, and only while it still stands there. */
  async function tellSettled(from: number, way: WayBack | undefined) {
    if (!way || told === way) return;
    told = way;
    // The first frame holds what was guessed on the way out, before the run.
    const found = await settled(engine, way.frames().slice(1));
    if (!found || isClosed || way !== wayBack || journey.t > 0) return;
    set('leverSays', { key: 'returnedSettled', with: { from: percentOf(from), settled: percentOf(found.t), label: found.label } });
  }

  function follow(t: number) {
    const next = moved(journey, t);
    if (next.trip !== journey.trip) turnBack(next);
    else if (next.way === 'forward' && wayBack) leaveWayBack();
    journey = next;
    show();
    hold();
  }

  function put(t: number) {
    isOwnMove = true;
    set('lever', t);
    isOwnMove = false;
  }

  function stopPlaying() {
    clearInterval(playing);
    playing = undefined;
  }

  function play() {
    if (!original || journey.furthest < leastNoise || (wayBack && journey.t === 0))
      return set('leverSays', { key: original ? 'pullFirst' : 'pickFirst' });
    if (!wayBack) turnBack(turned(journey));
    stopPlaying();
    // The lever moves in steps coarser than a tick's way: the exact place is kept here.
    let t = journey.t;
    playing = setInterval(() => {
      t = cameBack(t, tick / 1000, wayBack?.frontier() ?? 0);
      put(t);
      follow(useValues.getState().lever);
      if (t === 0) stopPlaying();
    }, tick);
  }

  function begin(furthest: number) {
    stopPlaying();
    leaveWayBack();
    journey = { ...atRest, t: furthest, furthest, trip: journey.trip };
    put(furthest);
    show();
  }

  async function throwNoise(seed: number) {
    try {
      const thrown = await pureNoise(engine, [1, side, side, 1], seed);
      if (isClosed) return;
      eps = thrown;
      begin(journey.furthest);
    } catch (why) {
      if (!isClosed) set('leverSays', { key: `engine.error.${codeOf(why)}` });
    }
  }

  const stopListening = useValues.subscribe((now, before) => {
    if (now.lever !== before.lever && !isOwnMove) {
      stopPlaying();
      follow(now.lever);
    }
    if (now.denoise > before.denoise) play();
    if (now.reshuffle > before.reshuffle) void throwNoise(1000 + now.reshuffle);
    if (now.schedule !== before.schedule || now.curve !== before.curve) begin(now.lever);
  });
  void throwNoise(1000);

  return {
    take(image) {
      original = image;
      set('before', null);
      // A lever that was pulled while the picture was on its way stays where the visitor put it.
      begin(useValues.getState().lever);
      // While one is being made there is nothing to ask of the visitor.
      if (!image) set('leverSays', useValues.getState().source === 'drawn' ? { key: 'pickFirst' } : null);
    },
    close() {
      isClosed = true;
      stopListening();
      stopPlaying();
      guess.close();
      leaveWayBack();
    },
  };
}
