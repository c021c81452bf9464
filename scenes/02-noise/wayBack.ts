// One run of the model from the furthest point of the lever to the clean picture, recorded so that it can be scrubbed.
import { type Engine, type EngineErrorCode, scheduleOf, timeAt } from '../../src/engine';
import { watch } from '../../src/kit/watch';
import { noise } from './controls';
import { frameAt, type Recorded } from './journey';
import { stepsFor } from '../../src/kit/pace';
import { pixels } from './picture';
import { schedulePicked } from './schedule';

interface Tell {
  frame(): void;
  arrived(clean: Float32Array): void;
  failed(code: EngineErrorCode): void;
}

export interface WayBack {
  readonly first: Recorded;
  /** The frame for a place of the lever; where the run has not come that far, its last. */
  at(t: number): Recorded;
  /** All that is recorded, from the furthest place on. */
  frames(): readonly Recorded[];
  /** t that the run has reached; 0 once it is over. */
  frontier(): number;
  /** The clean picture at the end, once it is there. */
  result(): Float32Array | undefined;
  close(): void;
}

export function openWayBack(engine: Engine, first: Recorded, tell: Tell): WayBack {
  const schedule = schedulePicked();
  const frames: Recorded[] = [first];
  let result: Float32Array | undefined;
  const close = watch(
    engine.sample({
      model: 'digits',
      sampler: 'ddim',
      schedule,
      steps: stepsFor(engine.report(), { least: 16, most: 40, within: 6000 }),
      seed: 1,
      start: { image: pixels(first.noisy), level: first.level, noisy: true },
      room: noise.room,
    }),
    {
      step({ next, noisy, clean }) {
        const t = timeAt(scheduleOf(schedule), next);
        frames.push({ t: Math.min(first.t, t), level: next, noisy: noisy.values, clean: clean.values });
        tell.frame();
      },
      done({ values }) {
        result = values;
        frames.push({ t: 0, level: 0, noisy: values, clean: values });
        tell.frame();
        tell.arrived(values);
      },
      fail: (code) => tell.failed(code),
    },
  );
  return {
    first,
    frames: () => frames,
    at: (t) => frameAt(frames, t) ?? first,
    frontier: () => frames.at(-1)?.t ?? first.t,
    result: () => result,
    close,
  };
}
