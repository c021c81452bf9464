// A network of some thousand weights and data that it learns in seconds, for tests of training.
import type { TrainingData, TrainRequest } from '../../src/engine';
import { normals } from '../../src/engine/noise';

/** Bars at the left or at the right of 8 x 8 pixels, with a little noise. */
export function bars(count: number, seed = 9): TrainingData {
  const values = normals(seed, 0, count * 64).map((eps, at) => {
    const ink = at % 8 < 4 === (Math.floor(at / 64) % 2 === 0) ? 0.8 : -0.8;
    return Math.min(1, Math.max(-1, ink + 0.05 * eps));
  });
  return { images: { shape: [count, 8, 8, 1], values }, labels: Array.from({ length: count }, (_, at) => (at % 2 ? 'right' : 'left')) };
}

/** 24 bars, 20 steps of 8, a checkpoint at every tenth. */
export const toy: TrainRequest = {
  name: 'toy',
  network: {
    kind: 'unet',
    config: { size: 8, channels: 1, patch: 2, widths: [8, 8, 8], depths: [1, 1, 1], groups: 2, embedding: 8, frequencies: 4 },
  },
  classes: ['left', 'right'],
  data: bars(24),
  schedule: 'cosine',
  rate: 5e-3,
  seed: 3,
  batch: 8,
  steps: 20,
  warmup: 5,
  every: 10,
  room: 'here',
};

/** Points on two lines, for the network of clouds. */
export const lines: TrainRequest = {
  ...toy,
  name: 'lines',
  network: { kind: 'cloud', config: { points: 3, waves: 4, width: 16, layers: 1, embedding: 8, frequencies: 4 } },
  data: {
    images: { shape: [64, 3], values: normals(4, 0, 192).map((eps, at) => (at % 3 === Math.floor(at / 3) % 2 ? eps : 0.05 * eps)) },
    labels: Array.from({ length: 64 }, (_, at) => (at % 2 ? 'right' : 'left')),
  },
  batch: 64,
};
