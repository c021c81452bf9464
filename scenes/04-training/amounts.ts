// Times and small amounts for sentences.

/** In one line: a number keeps its unit beside it. */
const of = (value: number, unit: string) => `${value}\u00a0${unit}`;
const joined = (large: string, rest: number, small: string) => (rest > 0 ? `${large}\u00a0${of(rest, small)}` : large);

/** Seconds as people tell them: 45 s, 3 min 7 s, 12 min, 1 h 3 min; these units are written alike in all languages. */
export function spanOf(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return of(whole, 's');
  if (whole < 600) return joined(of(Math.floor(whole / 60), 'min'), whole % 60, 's');
  const minutes = Math.round(whole / 60);
  return minutes < 60 ? of(minutes, 'min') : joined(of(Math.floor(minutes / 60), 'h'), minutes % 60, 'min');
}

/** To so many significant figures. */
export const about = (value: number, figures = 2) => Number(value.toPrecision(figures));

/** Epochs: whole ones where they are nearly so. */
export const epochsOf = (epoch: number) => Number(epoch.toFixed(epoch < 10 ? 1 : 0));
