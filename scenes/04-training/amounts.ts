// Times and small amounts for sentences.

const two = (value: number) => String(value).padStart(2, '0');

/** Seconds as 3:07, or 1:03:07 from an hour on. */
export function spanOf(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** To so many significant figures. */
export const about = (value: number, figures = 2) => Number(value.toPrecision(figures));

/** Epochs: whole ones where they are nearly so. */
export const epochsOf = (epoch: number) => Number(epoch.toFixed(epoch < 10 ? 1 : 0));
