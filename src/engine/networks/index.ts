// The catalogue of networks: each a forward in tensors that computes what its PyTorch original in training/ computes.
import type { Tensor } from '@tensorflow/tfjs-core';
import { cloud } from './cloud';
import type { Config, ConfigRules } from './config';
import { judge } from './judge';
import type { Question } from './question';
import { unet } from './unet';
import type { Watch } from './watch';

/** Tensors by the names of the weights file. */
export type Weights = Readonly<Record<string, Tensor>>;
/** Shapes of all weights by their names. */
export type Shapes = Readonly<Record<string, readonly number[]>>;
export type { Config };

export type { Question, Watch };

/** A network that predicts v (Salimans and Ho 2022). `prepare` runs once and may fold weights; it owns what it returns. */
export interface Denoiser {
  readonly kind: 'denoiser';
  /** What its config must be, for a model of this many classes; nothing else in it is read. */
  rules(classes: number): ConfigRules;
  /** What its weights must be, no more and no less; to be asked when the config keeps the rules. */
  shapes(config: Config, classes: number): Shapes;
  /** What one forward of one item costs: two for every multiply-add. */
  operations(config: Config, classes: number): number;
  /** Shape of one item: a picture or a point. */
  item(config: Config): readonly number[];
  /** The class that stands for no class, where the network knows one. */
  nothing(config: Config): number | undefined;
  /** Waves of the log-SNR that tell it the level. */
  frequencies(config: Config): number;
  /** Items in one forward at most: more are computed in parts. */
  readonly batch: number;
  prepare(weights: Weights, config: Config): Weights;
  forward(weights: Weights, config: Config, question: Question, watch?: Watch): Tensor;
}

/** A network that reads pictures: logits, and the features before them. */
export interface Reader {
  readonly kind: 'reader';
  rules(classes: number): ConfigRules;
  shapes(config: Config, classes: number): Shapes;
  item(config: Config): readonly number[];
  readonly batch: number;
  prepare(weights: Weights, config: Config): Weights;
  forward(weights: Weights, config: Config, x: Tensor, watch?: Watch): { logits: Tensor; features: Tensor };
}

export const networks = { unet, cloud, judge } satisfies Record<string, Denoiser | Reader>;
