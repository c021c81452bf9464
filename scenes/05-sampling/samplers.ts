// The samplers as the lanes run them: their settings at the levers, and what they ask of the engine.
import type { SampleRequest, ScheduleName } from '../../src/engine';
import { useVisit } from '../../src/visit';
import { sampling } from './controls';
import type { Lane } from './lanes';
import { racers } from './racers';

/** Side of a picture of the museum's network and of the judge. */
export const side = 32;

type Values = ReturnType<typeof sampling.useValues.getState>;

export const stepsOf = (lane: Lane, values: Values = sampling.useValues.getState()): number => values[`${lane}Steps`];
export const scheduleFor = (lane: Lane, values: Values = sampling.useValues.getState()): ScheduleName =>
  lane === 'euler' && values.levels !== 'cosine' ? 'karras' : 'cosine';

/** Whether fresh noise is drawn on the way: into the last step, which ends at the picture, none goes. */
export const drawsFresh = (lane: Lane, steps: number, eta: number): boolean => steps > 1 && (racers[lane].isFresh ?? eta > 0);

export const evaluationsOf = (lane: Lane, steps: number): number => racers[lane].evaluations?.(steps) ?? steps;

/** The museum's network, or the one that the visitor made in the training lab; '' where there is none such. */
export const modelPicked = (values: Values = sampling.useValues.getState()): string =>
  values.network === 'own' ? useVisit.getState().model : 'digits';

/** What a lane asks of the engine: the digit of the desk, from the starting noise of `seed`. */
export function requestOf(lane: Lane, model: string, seed: number, values: Values = sampling.useValues.getState()): SampleRequest {
  return {
    model,
    sampler: lane,
    schedule: scheduleFor(lane, values),
    steps: stepsOf(lane, values),
    seed,
    ...(lane === 'ddim' ? { eta: values.eta } : {}),
    prompt: values.digit,
    room: sampling.room,
  };
}
