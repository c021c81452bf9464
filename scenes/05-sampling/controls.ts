// All that a visitor can set, press and read in the racing hall, as data.
import { choice, controls, picture, press, readout, slider, toggle } from '../../src/controls';

export const lanes = ['ddpm', 'ddim', 'euler', 'heun', 'dpmpp2m'] as const;
export type Lane = (typeof lanes)[number];
export const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

const race = { stop: 'race' };
const podium = { stop: 'podium' };
const repeat = { stop: 'repeat' };
const equal = { stop: 'equal' };
const quality = { stop: 'quality' };
const samplers = { stop: 'samplers' };
/** Steps of a lane, shown while its sampler is the chosen one. */
const steps = (lane: Lane, start: number, to = 100) =>
  slider({ ...samplers, start, from: 1, to, step: 1, when: (v) => v['sampler'] === lane });

export const sampling = controls('sampling', {
  digit: choice({ ...race, options: digits, start: '3' }),
  network: choice({ ...race, options: ['museum', 'own'], start: 'museum' }),
  another: press(race),
  first: choice({ ...race, options: lanes, start: '' }),
  best: choice({ ...race, options: lanes, start: '' }),
  start: press(race),
  raceSays: readout(race),
  ddpm: picture(race),
  ddim: picture(race),
  euler: picture(race),
  heun: picture(race),
  dpmpp2m: picture(race),

  sampler: choice({ ...samplers, options: lanes, start: 'ddim' }),
  ddpmSteps: steps('ddpm', 50),
  ddimSteps: steps('ddim', 20),
  eta: slider({ ...samplers, start: 0, from: 0, to: 1, step: 0.05, when: (v) => v['sampler'] === 'ddim' }),
  eulerSteps: steps('euler', 16),
  levels: choice({ ...samplers, options: ['karras', 'cosine'], start: 'karras', when: (v) => v['sampler'] === 'euler' }),
  heunSteps: steps('heun', 8, 50),
  dpmpp2mSteps: steps('dpmpp2m', 12),
  about: readout(samplers),
  cost: readout(samplers),

  podiumSays: readout(podium),
  rank1: readout(podium),
  rank2: readout(podium),
  rank3: readout(podium),
  rank4: readout(podium),
  rank5: readout(podium),
  foretoldFirst: readout(podium),
  foretoldBest: readout(podium),

  again: choice({ ...repeat, options: ['ddim', 'ddimEta', 'ddpm', 'euler', 'heun', 'dpmpp2m'], start: 'ddim' }),
  expectNine: choice({ ...repeat, options: ['same', 'different'], start: '' }),
  repeat: press(repeat),
  nine: picture(repeat),
  difference: picture(repeat),
  hashes: readout(repeat),
  proof: readout(repeat),
  foretoldNine: readout(repeat),

  expectEqual: choice({ ...equal, options: ['same', 'relative', 'other'], start: '' }),
  compare: press(equal),
  byDdim: picture(equal),
  byEuler: picture(equal),
  equalSays: readout(equal),
  foretoldEqual: readout(equal),

  expectQuality: choice({ ...quality, options: ['5', '10', '20', '50'], start: '' }),
  measure: toggle({ ...quality, start: false }),
  plan: readout(quality),
  ddpmQuality: readout(quality),
  ddimQuality: readout(quality),
  qualitySays: readout(quality),
  foretoldQuality: readout(quality),
});
