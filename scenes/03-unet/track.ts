// One run that is asked of the engine, with all of its steps: of the whole network, or of one with parts ablated.
import type { Ablation, Engine, EngineErrorCode, Pixels, SampleRequest, SamplerStep } from '../../src/engine';
import { stepsFor } from '../../src/kit/pace';
import { watch } from '../../src/kit/watch';
import { unet } from './controls';
import type { Layout } from './layout';

/** Milliseconds between two looks at a running job: it may be quicker than a frame. */
const poll = 4;

export interface Track {
  /** The steps that have come so far. */
  readonly frames: SamplerStep[];
  result?: Pixels;
  stop(): void;
}

interface Asked {
  readonly layout: Layout;
  readonly ablate: readonly Ablation[];
  readonly seed: number;
  /** The class; undefined where the network knows none. */
  readonly prompt: string | undefined;
}

export function trackOf(engine: Engine, { layout, ablate, seed, prompt }: Asked, fail: (code: EngineErrorCode) => void): Track {
  const track: Track = { frames: [], stop: () => undefined };
  const request: SampleRequest = {
    model: layout.model,
    sampler: 'ddim',
    schedule: 'cosine',
    steps: stepsFor(engine.report(), { least: 10, most: 16, within: 8000 }),
    seed,
    ...(prompt === undefined ? {} : { prompt }),
    watch: layout.stations.slice(1, -1).map(({ name }) => name),
    room: unet.room,
    ...(ablate.length > 0 ? { ablate } : {}),
  };
  track.stop = watch(
    engine.sample(request),
    { step: (step) => void track.frames.push(step), done: (result) => (track.result = result), fail },
    poll,
  );
  return track;
}
