// The cosine schedule (Nichol and Dhariwal 2021): abar = f(t) / f(0), f = cos^2((t + 0.008) / 1.008 * pi / 2).
import { levelOf, type Schedule } from './abar';

const signal = (t: number) => Math.cos(((t + 0.008) / 1.008) * (Math.PI / 2)) ** 2;

// Beta is clipped at 0.999, which in T = 1000 steps touches the last one alone: abar never falls below a thousandth of the one before.
const least = 0.001 * signal(0.999);

export const cosine: Schedule = (t) => levelOf(Math.max(least, signal(Math.min(1, Math.max(0, t)))) / signal(0));
