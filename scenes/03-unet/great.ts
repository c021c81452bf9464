// Published sizes of networks that made pictures: what denoises, without text encoder and decoder; and the hall's own beside them.
import type { Layout } from './layout';

export const great = [
  // Ho et al. 2020, CIFAR-10.
  { name: 'ddpm', parameters: 35.7e6 },
  // Rombach et al. 2022; beside it stands a text encoder of 123 million.
  { name: 'sd', parameters: 860e6 },
  // Podell et al. 2023.
  { name: 'sdxl', parameters: 2.6e9 },
  // Black Forest Labs 2024: a transformer, no U-Net.
  { name: 'flux', parameters: 12e9 },
] as const;

/** The hall's network, as its plan counts it, and the great ones. */
export const besideGreat = (layout: Layout | undefined): readonly { name: string; parameters: number }[] => [
  { name: 'own', parameters: layout?.parameters ?? 0 },
  ...great,
];
