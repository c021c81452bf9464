// The chosen sampler in words: what it does, what it costs at its present lever, and what its own setting means.
import { sampling } from './controls';
import { lanes, type Lane } from './lanes';
import { racers } from './racers';
import { drawsFresh, evaluationsOf, stepsOf } from './samplers';

const { useValues, set } = sampling;

function say(): void {
  const values = useValues.getState();
  const lane = (values.sampler || 'ddim') as Lane;
  const steps = stepsOf(lane, values);
  const { eta } = values;
  set('about', lane === 'ddim' && drawsFresh(lane, steps, eta) ? { key: 'about.ddimEta', with: { eta } } : { key: `about.${lane}` });
  set('cost', { key: 'cost', with: { sampler: racers[lane].name, steps, evaluations: evaluationsOf(lane, steps) } });
}

/** Keeps the description up to date until the returned function is called. */
export function openAbout(): () => void {
  say();
  return useValues.subscribe((now, before) => {
    const isOther =
      now.sampler !== before.sampler || now.eta !== before.eta || lanes.some((lane) => stepsOf(lane, now) !== stepsOf(lane, before));
    if (isOther) say();
  });
}
