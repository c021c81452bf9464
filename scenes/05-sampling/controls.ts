// All that a visitor can set, press and read in the racing hall, as data.
import { choice, controls, picture, press, readout, slider, toggle } from '../../src/controls';
import { lanes, ranks, stepsFor, type Lane, type Rank } from './lanes';

export const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
/** Steps at which quality is measured. */
export const counts = [1, 2, 3, 5, 10, 20, 50, 100] as const;

const race = { stop: 'race' };
const podium = { stop: 'podium' };
const repeat = { stop: 'repeat' };
const equal = { stop: 'equal' };
const quality = { stop: 'quality' };
const samplers = { stop: 'samplers' };
/** Steps of a lane, shown while its sampler is the chosen one. */
const steps = (lane: Lane, [start, to] = stepsFor[lane]) =>
  slider({ ...samplers, start, from: 1, to, step: 1, when: (v) => v['sampler'] === lane });
/** Something of each of a list, under a name made from its own. */
const each = <Of extends string, Name extends string, What>(of: readonly Of[], name: (one: Of) => Name, what: (one: Of) => What) =>
  Object.fromEntries(of.map((one) => [name(one), what(one)])) as Record<Name, What>;
const same = <Name extends string>(name: Name) => name;

export const sampling = controls('sampling', {
  digit: choice({ ...race, options: digits, start: '3' }),
  network: choice({ ...race, options: ['museum', 'own'], start: 'museum' }),
  another: press(race),
  first: choice({ ...race, options: lanes, start: '' }),
  best: choice({ ...race, options: lanes, start: '' }),
  start: press(race),
  raceSays: readout(race),
  ...each(lanes, same, () => picture(race)),

  sampler: choice({ ...samplers, options: lanes, start: 'ddim' }),
  ...each(
    lanes,
    (lane) => `${lane}Steps` as const,
    (lane) => steps(lane),
  ),
  eta: slider({ ...samplers, start: 0, from: 0, to: 1, step: 0.05, when: (v) => v['sampler'] === 'ddim' }),
  levels: choice({ ...samplers, options: ['karras', 'cosine'], start: 'karras', when: (v) => v['sampler'] === 'euler' }),
  about: readout(samplers),
  cost: readout(samplers),

  podiumSays: readout(podium),
  ...each(ranks, same<Rank>, () => readout(podium)),
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
