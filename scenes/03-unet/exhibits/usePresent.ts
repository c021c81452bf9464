// Which of a panel's controls have something to show.
import { useMemo } from 'react';
import { unet } from '../controls';

/** A picture that is not there yet takes no place. */
export function usePresent<N extends keyof typeof unet.list>(of: readonly N[]): readonly N[] {
  const key = unet.useValues((values) => of.filter((name) => unet.list[name].kind !== 'picture' || values[name] !== null).join());
  return useMemo(() => key.split(',') as N[], [key]);
}
