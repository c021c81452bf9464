// Everything a visitor can set or read in the template room, as data.
import { controls, picture, press, readout } from '../../src/controls';

export const empty = controls('empty', {
  make: press({ stop: 'picture' }),
  shown: picture({ stop: 'picture' }),
  says: readout({ stop: 'picture' }),
});
