// The room's emblem as a cloud of points that dances with the digit: made once by the cloud model, noised and denoised at the same level.
import { type Engine, abarOf, scheduleOf, timeAt } from '../../src/engine';
import { watch } from '../../src/kit/watch';
import { mixed } from './closed';
import { cloudAt, cloudSaid } from './cloudAt';
import { noise } from './controls';
import { type Recorded } from './journey';
import { live } from './live';
import { pureNoise } from './picture';
import { schedulePicked } from './schedule';

const points = 3000;
const shape = [points, 3];

export interface Cloud {
  /** The way back starts at this level; undefined: the closed form holds again. */
  trip(from: Recorded | undefined): void;
  close(): void;
}

export function openCloud(engine: Engine): Cloud {
  let isClosed = false;
  let stop = () => {};
  const ask = {
    model: 'cloud',
    sampler: 'ddim',
    schedule: 'cosine',
    seed: 5,
    count: points,
    prompt: noise.room,
    room: noise.room,
  } as const;

  // Told a few times a second at most, for those who hear the room instead of seeing it.
  let told = -1;
  const teller = setInterval(() => {
    const points = told === live.version ? undefined : cloudAt();
    if (!points) return;
    told = live.version;
    noise.set('cloudSays', cloudSaid(points, live.cloud.clean));
  }, 500);

  const stopMaking = watch(engine.sample({ ...ask, steps: 14 }), {
    done({ values }) {
      void pureNoise(engine, shape, 6).then((thrown) => {
        if (isClosed) return;
        live.cloud = { clean: values, noise: thrown };
        live.version++;
      }, console.error);
    },
    // Without its model the cloud stays away; the digit dances alone.
    fail: (code) => console.warn('no cloud:', code),
  });

  function trip(from: Recorded | undefined) {
    stop();
    live.cloudBack = [];
    const { clean, noise: thrown } = live.cloud;
    if (!from || clean.length === 0) return;
    const noisy = mixed(clean, thrown, abarOf(from.level));
    const frames: Recorded[] = [{ t: from.t, level: from.level, noisy, clean: noisy }];
    live.cloudBack = frames;
    const schedule = schedulePicked();
    const start = { image: { values: noisy, shape }, level: from.level, noisy: true };
    stop = watch(engine.sample({ ...ask, steps: 12, start }), {
      step({ next, noisy: now, clean: guess }) {
        const t = Math.min(from.t, timeAt(scheduleOf(schedule), next));
        frames.push({ t, level: next, noisy: now.values, clean: guess.values });
        live.version++;
      },
    });
  }

  return {
    trip,
    close() {
      isClosed = true;
      clearInterval(teller);
      stopMaking();
      stop();
      live.cloudBack = [];
    },
  };
}
