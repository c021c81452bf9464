// When a judge's reading counts as a digit at all.
import type { Verdict } from '../engine';

/** A judge less sure than this has seen no digit. */
const sure = 0.5;

export const isDigit = ({ confidence }: Verdict) => confidence >= sure;
