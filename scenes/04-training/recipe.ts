// What the lab trains and how: the network, its set, the milestones, and the learning rate over the epochs. An epoch is a pass over the set.
import type { TrainingData, TrainRequest } from '../../src/engine';
import { classes } from './names';

/** Epochs after which pictures are pinned up. */
export const milestones = [1, 25, 50, 100] as const;

export interface Recipe {
  readonly name: string;
  readonly network: TrainRequest['network'];
  readonly classes: readonly string[];
  /** Examples of a step. */
  readonly batch: number;
  /** Epochs to be done, and those after which pictures are taken. */
  readonly goal: number;
  readonly milestones: readonly number[];
  /** What is asked for when pictures are drawn; the first four are shown, all are judged. */
  readonly prompts: readonly string[];
  readonly side: number;
  /** Sampling steps of a picture. */
  readonly steps: number;
  readonly seed: number;
  /** The room that asks. */
  readonly room: string;
}

/** A U-Net of 156,388 weights, small enough to learn digits on a processor in some minutes. */
export const digitsRecipe: Recipe = {
  name: 'lab',
  network: {
    kind: 'unet',
    config: { size: 32, channels: 1, patch: 2, widths: [16, 32, 64], depths: [1, 1, 1], groups: 8, embedding: 64, frequencies: 16 },
  },
  classes,
  batch: 32,
  goal: 100,
  milestones,
  prompts: ['3', '0', '6', '8', '1', '2', '4', '5', '7', '9', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  side: 32,
  steps: 16,
  seed: 4,
  room: 'training',
};

export type RateSchedule = 'constant' | 'cosine' | 'warmup';
/** Epochs over which the rate rises with 'warmup'. */
const rise = 5;

/** The learning rate at an epoch: as it is; falling by half a cosine to a hundredth at the goal; or rising at first. */
export function rateAt(schedule: RateSchedule, rate: number, epoch: number, goal: number): number {
  if (schedule === 'cosine') return rate * Math.max(0.01, 0.5 * (1 + Math.cos(Math.PI * Math.min(1, epoch / goal))));
  if (schedule === 'warmup') return rate * Math.min(1, Math.max(0.01, epoch / rise));
  return rate;
}

/** Steps of one epoch over so many pictures. */
export const stepsAnEpoch = (size: number, batch: number) => Math.max(1, Math.round(size / batch));

/** The request to the engine; with `budget`, ms, its pieces are cut so that a graphics card is free for frames in between. */
export function requestOf(recipe: Recipe, data: TrainingData, rate: number, budget?: number): TrainRequest {
  const { name, network, batch, seed, room } = recipe;
  return {
    ...{ name, network, classes: recipe.classes, data, batch, seed, rate, room },
    schedule: 'cosine',
    // The room sets the rate itself, so that every schedule can be seen at work.
    warmup: 0,
    average: 0.995,
    every: stepsAnEpoch(data.labels.length, batch),
    ...(budget === undefined ? { piece: 8 } : { budget }),
  };
}
