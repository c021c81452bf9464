// All that a visitor can set, press and read in the hall of noise, as data.
import { choice, controls, curve, drawing, picture, press, readout, slider, toggle } from '../../src/controls';

export const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
export const beliefs = ['filter', 'lookup', 'stepwise', 'pure'] as const;
export type Belief = (typeof beliefs)[number];

/** Shares of signal that the hand-drawn schedule starts from: a straight line, 15 points from t = 0 to 1. */
const straight = Array.from({ length: 15 }, (_, i) => Number((0.999 - (0.998 * i) / 14).toFixed(4)));

export const noise = controls('noise', {
  source: choice({ stop: 'digit', options: ['made', 'drawn'], start: 'made' }),
  digit: choice({ stop: 'digit', options: digits, start: '3', when: (v) => v['source'] === 'made' }),
  another: press({ stop: 'digit', when: (v) => v['source'] === 'made' }),
  pad: drawing({ stop: 'digit', size: 28, when: (v) => v['source'] === 'drawn' }),
  chosen: picture({ stop: 'digit' }),
  digitSays: readout({ stop: 'digit' }),

  lever: slider({ stop: 'lever', start: 0, from: 0, to: 1, step: 0.005 }),
  expect: choice({ stop: 'lever', options: ['same', 'other', 'noise'], start: '' }),
  denoise: press({ stop: 'lever' }),
  noisy: picture({ stop: 'lever' }),
  guess: picture({ stop: 'lever' }),
  leverSays: readout({ stop: 'lever' }),
  cloudSays: readout({ stop: 'lever' }),

  before: picture({ stop: 'clean' }),
  after: picture({ stop: 'clean' }),
  compare: readout({ stop: 'clean' }),
  foretold: readout({ stop: 'clean' }),
  reshuffle: press({ stop: 'clean' }),

  schedule: choice({ stop: 'schedule', options: ['linear', 'cosine', 'sigmoid', 'drawn'], start: 'cosine' }),
  curve: curve({ stop: 'schedule', start: straight, when: (v) => v['schedule'] === 'drawn' }),
  graph: readout({ stop: 'schedule' }),
  half: readout({ stop: 'schedule' }),
  end: readout({ stop: 'schedule' }),
  listen: toggle({ stop: 'schedule', start: false }),
  heard: readout({ stop: 'schedule' }),

  belief: choice({ stop: 'misconceptions', options: beliefs, start: 'filter' }),
  agree: choice({ stop: 'misconceptions', options: ['yes', 'no'], start: '' }),
  test: press({ stop: 'misconceptions' }),
  result: picture({ stop: 'misconceptions' }),
  finding: readout({ stop: 'misconceptions' }),
  cured: readout({ stop: 'misconceptions' }),
});
