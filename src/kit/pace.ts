// How many steps a run takes here: many where the device is quick, fewer where each takes long.
import type { DeviceReport } from '../engine';

/** Milliseconds of one forward as measured at start-up on the backend in use; undefined before that. */
export const forwardTime = (report: DeviceReport): number | undefined =>
  report.trials.find(({ backend, passed }) => backend === report.backend && passed)?.milliseconds;

interface Wish {
  readonly least: number;
  readonly most: number;
  /** Milliseconds that the whole run may take. */
  readonly within: number;
  /** Evaluations of the network a step: 2 with guidance. */
  readonly evaluations?: number;
}

/** Steps that fit the wish; where nothing is measured yet, the fewest. */
export function stepsFor(report: DeviceReport, { least, most, within, evaluations = 1 }: Wish): number {
  const one = forwardTime(report);
  return one === undefined ? least : Math.round(Math.min(most, Math.max(least, within / (one * evaluations))));
}
