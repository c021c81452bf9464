// How a level (sigma, noise over signal) and abar (share of signal, DDPM) turn into each other.

/** A noise schedule: time t in [0, 1] to level. Level is sigma of Karras et al. 2022: x = clean + sigma * noise. */
export type Schedule = (t: number) => number;

export const abarOf = (level: number): number => 1 / (1 + level * level);

export const levelOf = (abar: number): number => Math.sqrt(Math.max(0, (1 - abar) / abar));
