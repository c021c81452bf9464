// All that only trainings need, with tfjs's gradients: a part of the worker's script that comes when it is first asked for.
export { Trainings } from './trainings';
