// All that a visitor can set, press and read in the training lab, as data.
import { choice, controls, drawing, file, picture, press, readout, slider, toggle } from '../../src/controls';
import { classes, shapes } from './names';

export const pins = ['pin1', 'pin25', 'pin50', 'pin100'] as const;

export const training = controls('training', {
  live: picture({ stop: 'wall' }),
  pin1: picture({ stop: 'wall' }),
  pin25: picture({ stop: 'wall' }),
  pin50: picture({ stop: 'wall' }),
  pin100: picture({ stop: 'wall' }),
  wallSays: readout({ stop: 'wall' }),

  expect: choice({ stop: 'run', options: ['better', 'same', 'worse'], start: '' }),
  foretold: readout({ stop: 'run' }),
  size: slider({ stop: 'run', start: 512, from: 64, to: 2048, step: 64 }),
  start: press({ stop: 'run' }),
  pause: press({ stop: 'run' }),
  step: press({ stop: 'run' }),
  slow: toggle({ stop: 'run', start: false }),
  progress: readout({ stop: 'run' }),
  power: readout({ stop: 'run' }),
  advice: readout({ stop: 'run' }),
  recorded: toggle({ stop: 'run', start: false }),
  again: press({ stop: 'run' }),
  waiting: readout({ stop: 'run' }),
  takeUp: press({ stop: 'run', when: (v) => v['waiting'] !== null }),

  lossSays: readout({ stop: 'loss' }),
  bandSays: readout({ stop: 'loss' }),
  plot: picture({ stop: 'loss' }),
  finding: readout({ stop: 'loss' }),

  schedule: choice({ stop: 'rate', options: ['constant', 'cosine', 'warmup'], start: 'cosine' }),
  /** Its logarithm to base 10. */
  rate: slider({ stop: 'rate', start: -2.5, from: -4.5, to: -1.5, step: 0.1 }),
  rateSays: readout({ stop: 'rate' }),

  checkpoint: slider({ stop: 'checkpoints', start: 1, from: 0, to: 1, step: 0.01 }),
  average: picture({ stop: 'checkpoints' }),
  raw: picture({ stop: 'checkpoints' }),
  checkpointSays: readout({ stop: 'checkpoints' }),

  label: choice({ stop: 'draw', options: classes, start: '3' }),
  pad: drawing({ stop: 'draw', size: 28 }),
  add: press({ stop: 'draw' }),
  drawSays: readout({ stop: 'draw' }),

  save: press({ stop: 'file' }),
  file: file({ stop: 'file', accept: '.safetensors', largest: 1 << 26 }),
  loaded: picture({ stop: 'file' }),
  fileSays: readout({ stop: 'file' }),
  take: press({ stop: 'file' }),
  taken: readout({ stop: 'file' }),

  shape: choice({ stop: 'cloud', options: shapes, start: 'heart' }),
  learn: press({ stop: 'cloud' }),
  cloudSays: readout({ stop: 'cloud' }),
});
