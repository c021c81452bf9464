// The story of the U-Net's hall opened for a test, with the real engine; what it asks the engine to make is written down.
import { openMending } from '../../scenes/03-unet/ablate';
import { openBench } from '../../scenes/03-unet/bench';
import { openBlockSays } from '../../scenes/03-unet/blockSays';
import { openContest } from '../../scenes/03-unet/contest';
import { unet } from '../../scenes/03-unet/controls';
import { openDial } from '../../scenes/03-unet/dial';
import { live } from '../../scenes/03-unet/live';
import { openNetwork } from '../../scenes/03-unet/network';
import { openRun } from '../../scenes/03-unet/run';
import type { Engine, SampleRequest } from '../../src/engine';
import { firstVisit, useVisit } from '../../src/visit';
import { local } from '../engine/link';

export const { set } = unet;
export const values = () => unet.useValues.getState();

export const story = {
  engine: undefined as Engine | undefined,
  /** What the story asked the engine to make. */
  made: [] as SampleRequest[],
  closers: [] as (() => void)[],
};

/** Waits for something that the story says or shows. */
export async function until(holds: () => boolean, patience = 50_000): Promise<void> {
  const end = Date.now() + patience;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`it did not come about; said: ${JSON.stringify(values().stepSays)}`);
    await new Promise((next) => setTimeout(next, 20));
  }
}

export function open(spoil?: Parameters<typeof local>[0], restOfDial?: number): void {
  const inside = local(spoil).engine;
  story.made = [];
  const engine: Engine = { ...inside, sample: (request) => (story.made.push(request), inside.sample(request)) };
  story.engine = engine;
  const run = openRun(engine);
  story.closers = [
    openDial(engine, run, restOfDial),
    openContest(engine),
    openBench(engine),
    openBlockSays(),
    openMending(),
    openNetwork(engine, run.take),
    run.close,
  ];
}

export function leave(): void {
  story.closers.forEach((close) => close());
  story.closers = [];
}

export const isDone = () => /^done/.test(values().stepSays?.key ?? '');

/** Before each test: a new visit, one digit, and nobody who looks on, so that a step need not stay to be seen. */
export function begin(): void {
  unet.reset();
  useVisit.setState(firstVisit());
  set('going', false);
  live.stay = 20;
}

/** After each test. */
export function end(): void {
  leave();
  story.engine?.close();
  story.engine = undefined;
}
