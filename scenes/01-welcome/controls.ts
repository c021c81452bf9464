// All that a visitor can set, press and read in the lobby, as data.
import { choice, controls, picture, press, readout, toggle } from '../../src/controls';
import { levels, spoken } from '../../src/visit';

export const welcome = controls('welcome', {
  expect: choice({ stop: 'dream', options: ['copy', 'new', 'noise'], start: '' }),
  dream: press({ stop: 'dream' }),
  noisy: picture({ stop: 'dream' }),
  clean: picture({ stop: 'dream' }),
  dreamSays: readout({ stop: 'dream' }),
  foretold: readout({ stop: 'dream' }),

  language: choice({ stop: 'settings', options: spoken, start: '' }),
  level: choice({ stop: 'settings', options: levels, start: '' }),
  sound: toggle({ stop: 'settings', start: false }),
  captions: toggle({ stop: 'settings', start: true }),
  stillness: toggle({ stop: 'settings', start: false }),

  minutes: choice({ stop: 'route', options: ['5', '20', '60'], start: '' }),
  routeSays: readout({ stop: 'route' }),

  computes: readout({ stop: 'device' }),
  because: readout({ stop: 'device' }),
  measured: readout({ stop: 'device' }),
});
