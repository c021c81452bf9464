// The check of this device in plain words, from what the engine measured.
import type { DeviceReport, Engine } from '../../src/engine';
import type { Said } from '../../src/controls';
import { welcome } from './controls';

const { set } = welcome;

/** Where it computes, why there, and what was measured; the words of the first two are the museum's. */
export function wordsOf(report: DeviceReport): { computes: Said | null; because: Said; measured: Said } {
  const trial = report.trials.find(({ backend, passed }) => backend === report.backend && passed);
  const refused = report.trials.find(({ passed }) => !passed);
  const milliseconds = Math.max(1, Math.round(trial?.milliseconds ?? 0));
  return {
    computes: report.backend ? { key: `engine.on.${report.backend}` } : null,
    because: { key: `engine.reason.${report.reason}` },
    measured: trial
      ? {
          key: refused ? 'measured.refused' : 'measured.fine',
          with: { milliseconds, perSecond: Math.max(1, Math.round(1000 / milliseconds)) },
        }
      : { key: 'measured.not' },
  };
}

export function openDevice(engine: Engine): () => void {
  return engine.onReport((report) => {
    const words = wordsOf(report);
    set('computes', words.computes);
    set('because', words.because);
    set('measured', words.measured);
  });
}
