// How loud tone and hiss are for a share of signal, so that their power ratio is the true signal-to-noise ratio.

/** Root mean square of a sine of height 1, and of evenly spread white noise between -1 and 1. */
const [sineLoudness, whiteLoudness] = [Math.SQRT1_2, 1 / Math.sqrt(3)];
/** Height of the louder one at its loudest. */
const most = 0.5;

/** Heights (gains) of the tone and of the hiss at share of signal abar. */
export function heights(abar: number): { tone: number; hiss: number } {
  const share = Math.min(1, Math.max(0, abar));
  return { tone: (most * Math.sqrt(share) * whiteLoudness) / sineLoudness, hiss: most * Math.sqrt(1 - share) };
}
