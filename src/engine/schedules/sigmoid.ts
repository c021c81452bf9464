// The sigmoid schedule (Jabri et al. 2022; Chen 2023): abar falls along a logistic curve from -3 to 3, tau = 1.
import { levelOf, type Schedule } from './abar';

const logistic = (x: number) => 1 / (1 + Math.exp(-x));
const [from, to] = [logistic(-3), logistic(3)];

/** As published, abar is not allowed below 1e-9. */
export const sigmoid: Schedule = (t) => {
  const time = Math.min(1, Math.max(0, t));
  return levelOf(Math.max(1e-9, (to - logistic(6 * time - 3)) / (to - from)));
};
