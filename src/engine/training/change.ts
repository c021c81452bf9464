// What may change of a running training, checked on the page and in the worker alike.
import { EngineError } from '../errors';
import type { Change } from './types';

const within = (value: unknown, from: number, to: number) => typeof value === 'number' && value >= from && value <= to;

export const isRate = (rate: unknown): rate is number => within(rate, 1e-9, 1);
export const isBudget = (budget: unknown): budget is number => within(budget, 1, 10_000);

/** Throws EngineError `bad-request` that says what is wrong. */
export function checkChange(change: Change): void {
  if (change.kind !== 'set') return;
  const { rate, budget } = change;
  if (rate !== undefined && !isRate(rate)) throw new EngineError('bad-request', `a rate lies between 1e-9 and 1, not ${String(rate)}`);
  if (budget !== undefined && !isBudget(budget))
    throw new EngineError('bad-request', `a budget lies within 1 and 10000 ms, not ${String(budget)}`);
}
