// The atrium's dream: the cloud model makes the emblem of the nearest room, again and again, while nobody needs the engine more.
import type { Engine, EngineErrorCode, Job, Pixels, SamplerStep } from '../engine';
import { watch } from '../kit/watch';

export const points = 12_000;
const steps = 28;
/** Milliseconds for which a finished emblem stands before it is dreamed anew, and after which one that failed is tried again. */
const rest = 24_000;
const again = 30_000;
/** Bounds of a glide, s: quicker would twitch, slower would stand still while other jobs have their turns. */
const [shortest, longest] = [0.12, 4];
/** The emblem of a museum, where a room has none. */
const museum = 'welcome';

export interface Dream {
  /** Where the points belong now: x_t of the last step, then the finished emblem. */
  goal: Float32Array | undefined;
  error: EngineErrorCode | undefined;
  /** Seconds that a step takes here, as measured: the points glide from step to step in this time. */
  pace: number;
}

/** Dreams the emblem of `room` into `dream`; returns the function that ends it. */
export function openCloudDream(engine: Engine, room: string, seed: number, dream: Dream): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop = () => {};
  let turn = 0;
  let emblem = room;
  const begin = () => {
    const job: Job<SamplerStep, Pixels> = engine.sample({
      model: 'cloud',
      sampler: 'ddim',
      schedule: 'cosine',
      steps,
      seed: seed + turn++,
      count: points,
      prompt: emblem,
      room: 'atrium',
    });
    stop = watch(job, {
      step: ({ noisy, milliseconds }) => {
        dream.goal = noisy.values;
        dream.error = undefined;
        dream.pace += (Math.min(longest, Math.max(shortest, milliseconds / 1000)) - dream.pace) * 0.4;
      },
      done: ({ values }) => {
        dream.goal = values;
        dream.error = undefined;
        timer = setTimeout(begin, rest);
      },
      fail: (code) => {
        // A room that the cloud has learned no emblem for has the museum's own.
        if (code === 'bad-request' && emblem !== museum) {
          emblem = museum;
          return begin();
        }
        dream.error = code;
        dream.goal = undefined;
        timer = setTimeout(begin, again);
      },
    });
  };
  begin();
  return () => {
    clearTimeout(timer);
    stop();
  };
}
