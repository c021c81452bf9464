// The parts of the bench that run where the engine runs: each takes options and gives what it measured.
import { forwards } from './forwards';
import { kernelError } from './exactness';
import { points } from './points';
import { training } from './training';

export const parts = { forwards, kernelError, points, training };
export type PartName = keyof typeof parts;
export type Options<Part extends PartName> = Parameters<(typeof parts)[Part]>[1];
export type Found<Part extends PartName> = Awaited<ReturnType<(typeof parts)[Part]>>;
