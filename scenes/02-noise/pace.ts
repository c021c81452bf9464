// How many steps a way back takes here: forty where the device is quick, fewer where each takes long.
import type { DeviceReport } from '../../src/engine';

const patience = 6000;

/** Milliseconds of one forward as measured at start-up on the backend in use; undefined before that. */
export const forwardTime = (report: DeviceReport): number | undefined =>
  report.trials.find(({ backend, passed }) => backend === report.backend && passed)?.milliseconds;

export function stepsFor(report: DeviceReport, most = 40, least = 16): number {
  const one = forwardTime(report);
  return one === undefined ? least : Math.round(Math.min(most, Math.max(least, patience / one)));
}
