// The levels of Karras et al. 2022 (eq. 5): sigma to the power 1 / rho falls evenly, so that steps are short where little noise is left.
import type { Schedule } from './abar';

/** Least and greatest sigma, and rho, as published. */
const [least, most, rho] = [0.002, 80, 7];
const [from, to] = [least ** (1 / rho), most ** (1 / rho)];

export const karras: Schedule = (t) => (from + (to - from) * Math.min(1, Math.max(0, t))) ** rho;
