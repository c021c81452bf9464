// All that a visitor can set, press and read in the racing hall, as data.
import { choice, controls, picture, press, readout, slider, toggle, type Readout } from '../../src/controls';
import { byLane, lanes, racers, ranks, type Lane, type Rank } from './lanes';
import { counts } from './points';

export const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

const race = { stop: 'race' };
const podium = { stop: 'podium' };
const repeat = { stop: 'repeat' };
const equal = { stop: 'equal' };
const quality = { stop: 'quality' };
const samplers = { stop: 'samplers' };
/** Steps of a lane, shown while its sampler is the chosen one. */
const steps = (lane: Lane) =>
  slider({ ...samplers, start: racers[lane].steps, from: 1, to: racers[lane].most ?? 100, step: 1, when: (v) => v['sampler'] === lane });

export const sampling = controls('sampling', {
  digit: choice({ ...race, options: digits, start: '3' }),
  network: choice({ ...race, options: ['museum', 'own'], start: 'museum' }),
  another: press(race),
  first: choice({ ...race, options: lanes, start: '' }),
  best: choice({ ...race, options: lanes, start: '' }),
  start: press(race),
  raceSays: readout(race),
  ...byLane(
    (lane) => lane,
    () => picture(race),
  ),

  sampler: choice({ ...samplers, options: lanes, start: 'ddim' }),
  ...byLane((lane) => `${lane}Steps` as const, steps),
  eta: slider({ ...samplers, start: 0, from: 0, to: 1, step: 0.05, when: (v) => v['sampler'] === 'ddim' }),
  levels: choice({ ...samplers, options: ['karras', 'cosine'], start: 'karras', when: (v) => v['sampler'] === 'euler' }),
  about: readout(samplers),
  cost: readout(samplers),

  podiumSays: readout(podium),
  ...(Object.fromEntries(ranks.map((rank) => [rank, readout(podium)])) as Record<Rank, Readout>),
  foretoldFirst: readout(podium),
  foretoldBest: readout(podium),

  again: choice({ ...repeat, options: ['ddim', 'ddimEta', ...lanes.filter((lane) => lane !== 'ddim')], start: 'ddim' }),
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

  expectQuality: choice({ ...quality, options: counts.slice(0, -1).map(String), start: '' }),
  measure: toggle({ ...quality, start: false }),
  plan: readout(quality),
  ddpmQuality: readout(quality),
  ddimQuality: readout(quality),
  qualitySays: readout(quality),
  foretoldQuality: readout(quality),
});
