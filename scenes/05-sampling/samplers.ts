// The five samplers as the lanes run them: their names, their settings at the levers, and what they ask of the engine.
import type { SampleRequest, ScheduleName } from '../../src/engine';
import { useVisit } from '../../src/visit';
import { sampling, type Lane } from './controls';

/** Names as their papers write them; the same in every language. */
export const nameOf: Record<Lane, string> = {
  ddpm: 'DDPM',
  ddim: 'DDIM',
  euler: 'Euler',
  heun: 'Heun',
  dpmpp2m: 'DPM-Solver++(2M)',
};

/** Side of a picture of the museum's network and of the judge. */
export const side = 32;

type Values = ReturnType<typeof sampling.useValues.getState>;

export const stepsOf = (lane: Lane, values: Values = sampling.useValues.getState()): number => values[`${lane}Steps`];
export const scheduleFor = (lane: Lane, values: Values = sampling.useValues.getState()): ScheduleName =>
  lane === 'euler' && values.levels !== 'cosine' ? 'karras' : 'cosine';

/** Evaluations of the network: one a step, for Heun two but in the last, which ends where there is nothing to correct. */
export const evaluationsOf = (lane: Lane, steps: number): number => (lane === 'heun' ? 2 * steps - 1 : steps);

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
