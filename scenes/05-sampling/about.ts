// The chosen sampler in words: what it does, what it costs at its present lever, and what its own setting means.
import { sampling, type Lane } from './controls';
import { evaluationsOf, nameOf, stepsOf } from './samplers';

const { useValues, set } = sampling;

function say(): void {
  const values = useValues.getState();
  const lane = (values.sampler || 'ddim') as Lane;
  const steps = stepsOf(lane, values);
  set('about', { key: `about.${lane}` });
  set('cost', { key: 'cost', with: { sampler: nameOf[lane], steps, evaluations: evaluationsOf(lane, steps) } });
}

/** Keeps the description up to date until the returned function is called. */
export function openAbout(): () => void {
  say();
  return useValues.subscribe((now, before) => {
    const isOther = ['sampler', 'ddpmSteps', 'ddimSteps', 'eulerSteps', 'heunSteps', 'dpmpp2mSteps'].some(
      (name) => now[name as 'sampler'] !== before[name as 'sampler'],
    );
    if (isOther) say();
  });
}
