// All that a visitor can set, press and read in the hall of the U-Net, as data.
import { choice, controls, picture, press, readout, slider, toggle } from '../../src/controls';

export const digits = [...'0123456789'];
export const blocks = ['input', 'encoder1', 'encoder2', 'bottleneck', 'decoder2', 'decoder1', 'output'] as const;
export const beliefs = ['zip', 'seat', 'spare'] as const;
export type Belief = (typeof beliefs)[number];

export const unet = controls('unet', {
  digit: choice({ stop: 'blocks', options: digits, start: '3' }),
  another: press({ stop: 'blocks' }),
  going: toggle({ stop: 'blocks', start: true }),
  noisy: picture({ stop: 'blocks' }),
  guess: picture({ stop: 'blocks' }),
  stepSays: readout({ stop: 'blocks' }),
  bridge1Off: readout({ stop: 'blocks' }),
  bridge2Off: readout({ stop: 'blocks' }),
  middleOff: readout({ stop: 'blocks' }),
  timeOff: readout({ stop: 'blocks' }),
  mend: press({ stop: 'blocks', when: ({ bridge1, bridge2, middle, time }) => Boolean(bridge1 || bridge2 || middle || time) }),
  block: choice({ stop: 'blocks', options: blocks, start: 'input' }),
  blockSays: readout({ stop: 'blocks' }),
  blockShape: readout({ stop: 'blocks' }),
  blockSaw: readout({ stop: 'blocks' }),

  expect: choice({ stop: 'levers', options: ['same', 'other', 'nothing'], start: '' }),
  bridge1: toggle({ stop: 'levers', start: false }),
  bridge2: toggle({ stop: 'levers', start: false }),
  middle: toggle({ stop: 'levers', start: false }),
  time: toggle({ stop: 'levers', start: false }),
  how: choice({ stop: 'levers', options: ['zero', 'freeze'], start: 'zero' }),
  whole: picture({ stop: 'levers' }),
  changed: picture({ stop: 'levers' }),
  pairSays: readout({ stop: 'levers' }),
  foretold: readout({ stop: 'levers' }),
  count: press({ stop: 'levers' }),
  sheet: picture({ stop: 'levers' }),
  verdict: readout({ stop: 'levers' }),

  clock: slider({ stop: 'dial', start: 0.5, from: 0.02, to: 1, step: 0.02 }),
  dialNoisy: picture({ stop: 'dial' }),
  dialGuess: picture({ stop: 'dial' }),
  dialSays: readout({ stop: 'dial' }),

  belief: choice({ stop: 'misconceptions', options: beliefs, start: 'zip' }),
  agree: choice({ stop: 'misconceptions', options: ['yes', 'no'], start: '' }),
  test: press({ stop: 'misconceptions' }),
  result: picture({ stop: 'misconceptions' }),
  finding: readout({ stop: 'misconceptions' }),
  cured: readout({ stop: 'misconceptions' }),

  network: choice({ stop: 'sizes', options: ['shipped', 'own'], start: 'shipped' }),
  networkSays: readout({ stop: 'sizes' }),
  ours: readout({ stop: 'sizes' }),
});
